import { showTimes } from './times.js'

/**
 * Listens for new slots. A page of the newest slot is replaced where it stands: the scroll position, the focus, what is
 * typed and what is ticked stay. A page of another slot stays as it is.
 */
export function keepFresh() {
  if (document.body.dataset.latest !== 'true') return
  const events = new EventSource('/events')
  events.addEventListener('published', ({ data }) => {
    if (data > document.body.dataset.version) void refresh().catch(sayOld)
  })
  addEventListener('pagehide', () => events.close())
}

async function refresh() {
  const response = await fetch(location.href, { headers: { accept: 'text/html' } })
  if (!response.ok || response.redirected) throw new Error(`status ${response.status}`)
  const next = new DOMParser().parseFromString(await response.text(), 'text/html')
  const [main, place] = [next.querySelector('main'), next.querySelector('form.place')]
  if (!main || !place) throw new Error('not a page of the dashboard')
  const back = rememberPlace()
  document.querySelector('main').replaceWith(main)
  document.querySelector('form.place').replaceWith(place)
  Object.assign(document.body.dataset, next.body.dataset)
  showTimes()
  back()
  say(`Updated to the slot of ${document.querySelector('main time')?.textContent ?? 'now'}`)
}

/** Where the reader is, and how to get back there in a new page of the same address; the window stays scrolled by itself. */
function rememberPlace() {
  const active = document.activeElement
  const focused = active?.closest('main, form.place') ? addressOf(active) : undefined
  const selection = active?.selectionStart
  const ticked = new Set([...document.querySelectorAll('main input:checked')].map((box) => box.value))
  const typed = [
    ...document.querySelectorAll('main input:not([type=checkbox], [type=hidden], [type=file])'),
  ].map((field) => [field.name, field.value])
  const scrolled = [...document.querySelectorAll('.table-scroll')].map((box) => box.scrollLeft)
  return () => {
    for (const box of document.querySelectorAll('main input[type=checkbox]'))
      box.checked = ticked.has(box.value)
    for (const [name, value] of typed) {
      const field = document.querySelector(`main input[name="${CSS.escape(name)}"]`)
      if (field) field.value = value
    }
    for (const [at, box] of document.querySelectorAll('.table-scroll').entries())
      box.scrollLeft = scrolled[at] ?? 0
    const target = focused && document.querySelector(focused)
    target?.focus({ preventScroll: true })
    if (target && selection !== undefined && selection !== null)
      target.setSelectionRange?.(selection, selection)
  }
}

/** A selector of an element that finds its like in another page. */
function addressOf(element) {
  if (element.name && element.value && element.type === 'checkbox') {
    return `main [name="${CSS.escape(element.name)}"][value="${CSS.escape(element.value)}"]`
  }
  if (element.name) return `[name="${CSS.escape(element.name)}"]`
  const href = element.getAttribute('href')
  return href ? `main a[href="${CSS.escape(href)}"]` : 'main'
}

function say(text) {
  const toast = document.querySelector('[data-toast]')
  toast.textContent = text
  setTimeout(() => (toast.textContent = ''), 5_000)
}

function sayOld() {
  const toast = document.querySelector('[data-toast]')
  const link = document.createElement('a')
  link.href = location.href
  link.textContent = 'Load it.'
  toast.replaceChildren('A new slot is published. ', link)
}
