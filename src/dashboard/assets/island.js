import { sendChangedForms } from './forms.js'
import { listenToKeys } from './keys.js'
import { keepFresh } from './live.js'
import { keepAges, showTimes } from './times.js'

const toggle = document.querySelector('[data-theme-toggle]')
const isDark = () =>
  getComputedStyle(document.documentElement).colorScheme === 'dark' ||
  (!document.documentElement.dataset.theme && matchMedia('(prefers-color-scheme: dark)').matches)

function nameToggle() {
  toggle.textContent = isDark() ? 'Light' : 'Dark'
  toggle.setAttribute('aria-label', `Use the ${isDark() ? 'light' : 'dark'} theme`)
}

if (toggle) {
  toggle.hidden = false
  nameToggle()
  toggle.addEventListener('click', () => {
    const theme = isDark() ? 'light' : 'dark'
    document.documentElement.dataset.theme = theme
    localStorage.setItem('theme', theme)
    nameToggle()
  })
}

sendChangedForms()
listenToKeys()
keepFresh()
showTimes()
keepAges()
document.documentElement.dataset.ready = ''
