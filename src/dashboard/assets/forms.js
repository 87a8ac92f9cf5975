/** Sends a form as soon as a choice in it changes; what is typed waits for Enter. Fields without a value are left out. */
export function sendChangedForms() {
  document.addEventListener('change', ({ target }) => {
    const form = target.closest('form[data-auto]')
    if (form && target.matches('select')) form.requestSubmit()
  })
  document.addEventListener('submit', ({ target: form }) => {
    if (form.method !== 'get') return
    const empty = [...form.elements].filter((field) => field.name && field.value === '' && !field.disabled)
    for (const field of empty) field.disabled = true
    // Going back shows the same form again.
    setTimeout(() => {
      for (const field of empty) field.disabled = false
    })
  })
}
