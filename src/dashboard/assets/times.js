const local = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** Gives each time in UTC the reader's own on hover. */
export function showLocalTimes(root = document) {
  for (const time of root.querySelectorAll('time[datetime]')) {
    time.title = `${local.format(new Date(time.dateTime))} (${zone}, your time)`
  }
}
