import { html } from 'hono/html'

import type { Page } from '../layout/frame.ts'
import { nothing } from '../layout/markup.ts'

interface LoginOptions {
  /** Where to go then. */
  readonly next: string
  readonly problem?: string | undefined
}

/** The form for name and password. */
export const loginPage = ({ next, problem }: LoginOptions): Page => ({
  title: 'Log in',
  path: '/login',
  isBare: true,
  body: html`<form class="card login" method="post" action="/login">
    ${problem === undefined ? nothing : html`<p class="notice warning" role="alert">${problem}</p>`}
    <label>Name <input name="name" autocomplete="username" required maxlength="100" autofocus /></label>
    <label
      >Password
      <input name="password" type="password" autocomplete="current-password" required maxlength="1000"
    /></label>
    <input type="hidden" name="next" value="${next}" />
    <button>Log in</button>
    <p class="explained">With an access token only, the name is <code>token</code>.</p>
  </form>`,
})
