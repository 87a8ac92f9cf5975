import { html } from 'hono/html'

import { unknown } from './estimate.ts'
import type { Markup } from './markup.ts'

const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' })

/** @example countryName('PL') // 'Poland' */
export const countryName = (code: string): string =>
  /^[A-Z]{2}$/.test(code) ? (names.of(code) ?? code) : code

const languages = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' })

/** A language by its code, which may be one that nobody knows. @example languageName('pt') // 'Portuguese' */
export const languageName = (code: string): string =>
  /^[a-z]{2,3}(-[A-Za-z]{2,4})?$/.test(code) ? (languages.of(code) ?? code) : code

/** A country by its code, with its name on hover. */
export const countryCell = (code: string | null): Markup =>
  code === null ? unknown : html`<abbr title="${countryName(code)}">${code}</abbr>`
