const local = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
const MINUTES = ['minute', 60_000]
const UNITS = [['day', 86_400_000], ['hour', 3_600_000], MINUTES]
const AGES_EVERY_MS = 20_000
const ago = new Intl.RelativeTimeFormat('en', { numeric: 'always' })

/** Gives each time in UTC the reader's own on hover, and says how long ago something was. */
export function showTimes() {
  for (const time of document.querySelectorAll('time[datetime]')) {
    time.title = `${local.format(new Date(time.dateTime))} (${zone}, your time)`
  }
  showAges()
}

function showAges() {
  for (const place of document.querySelectorAll('[data-age]')) {
    const ms = Math.max(0, Date.now() - Date.parse(place.dataset.age))
    const [unit, length] = UNITS.find(([, each]) => ms >= 2 * each) ?? MINUTES
    const count = Math.floor(ms / length)
    place.textContent = count === 0 ? ', just now' : `, ${ago.format(-count, unit)}`
  }
}

/** Keeps ages right while a page is open. */
export const keepAges = () => setInterval(showAges, AGES_EVERY_MS)
