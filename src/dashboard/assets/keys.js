const PAGES = {
  o: '/',
  i: '/influencers',
  c: '/compare',
  n: '/network',
  t: '/topics',
  m: '/map',
  b: '/budget',
  r: '/runs',
}
const KEYS = [
  ['/', 'search'],
  ['j, k', 'next and previous row'],
  ['Enter', 'open the row'],
  ['g then o, i, c, n, t, m, b, r', 'go to a page by its first letter'],
  ['?', 'this list'],
]

let isGoing = false

/** Moves through rows and pages by keys, while nothing is typed into a field. */
export function listenToKeys() {
  document.addEventListener('keydown', (event) => {
    const { key, target } = event
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (target.closest('input, select, textarea, dialog')) return
    if (isGoing) {
      isGoing = false
      const page = document.querySelector(`nav a[href="${PAGES[key]}"], nav a[href^="${PAGES[key]}?"]`)
      if (page) page.click()
      return
    }
    if (key === 'g') isGoing = true
    else if (key === 'j' || key === 'k') moveRow(key === 'j' ? 1 : -1)
    else if (key === '?') showKeys()
    else if (key === '/') {
      const search = document.querySelector('[data-search]')
      if (search) {
        event.preventDefault()
        search.focus()
        search.select()
      }
    }
  })
}

function moveRow(step) {
  const links = [...document.querySelectorAll('table[data-rows] tbody tr')].flatMap(
    (row) => row.querySelector('a') ?? [],
  )
  const here = links.findIndex((link) => link.closest('tr').contains(document.activeElement))
  links[here === -1 ? 0 : Math.min(links.length - 1, Math.max(0, here + step))]?.focus()
}

function showKeys() {
  const dialog = document.createElement('dialog')
  const list = document.createElement('dl')
  for (const [key, use] of KEYS) {
    const term = document.createElement('dt')
    const keys = document.createElement('kbd')
    keys.textContent = key
    term.append(keys)
    const description = document.createElement('dd')
    description.textContent = use
    list.append(term, description)
  }
  const title = document.createElement('h2')
  title.textContent = 'Keys'
  const close = document.createElement('button')
  close.textContent = 'Close'
  close.addEventListener('click', () => dialog.close())
  dialog.setAttribute('aria-label', 'Keys')
  dialog.append(title, list, close)
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
}
