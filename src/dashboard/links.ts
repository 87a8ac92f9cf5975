import { isoSeconds } from './layout/time.ts'
import type { Place, View } from './view.ts'

/** Parameters of an address; what is undefined or empty is left out, a list stands there several times. */
export type Parameters = Readonly<Record<string, string | number | readonly string[] | undefined>>

/** @example href('/map', { term: 'storm', page: undefined }) // '/map?term=storm' */
export function href(path: string, parameters: Parameters): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined || value === '') continue
    for (const each of typeof value === 'object' ? value : [value]) query.append(name, String(each))
  }
  return query.size > 0 ? `${path}?${query.toString()}` : path
}

/** What an address says of the place: only what it said before, so that the newest slot stays the newest. */
export const placeOf = ({ term, window, slot }: Place): Parameters => ({
  term,
  window,
  slot: slot && isoSeconds(slot),
})

/** An address of the same place. */
export const linkTo = (view: Pick<View, 'asked'>, path: string, parameters: Parameters = {}): string =>
  href(path, { ...placeOf(view.asked), ...parameters })

/** The page of one author. */
export const authorLink = (view: Pick<View, 'asked'>, authorId: string): string =>
  linkTo(view, `/authors/${encodeURIComponent(authorId)}`)
