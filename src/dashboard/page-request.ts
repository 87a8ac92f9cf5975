import type { z } from 'zod'

import type { Reader } from '../store/reading/reader.ts'
import type { Markup } from './layout/markup.ts'
import { hiddenInputs } from './layout/place-form.ts'
import { placeOf } from './links.ts'
import { PageError } from './page-error.ts'
import type { Snapshots } from './snapshots.ts'
import { place, viewOf, type View } from './view.ts'

/** What a page is made of. */
export interface PageServices {
  readonly reader: Reader
  readonly snapshots: Snapshots
  readonly nowMs: () => number
  /** What an hour of computing costs; undefined where nobody said. */
  readonly pricePerHour: number | undefined
}

/** What a page is asked for, and what it is made of. */
export interface PageRequest extends PageServices {
  /** The part of the address that a route leaves open. */
  readonly id: string
  /**
   * The address's parameters by a schema.
   * @throws PageError `bad_request` with a sentence for each that cannot be used
   */
  readonly parsed: <Output>(schema: z.ZodType<Output>) => Output
  /** Where the reader is. @throws PageError as `viewOf` */
  readonly view: () => Promise<View>
  /** The place as hidden fields of a form. */
  readonly hiddenPlace: (view: View) => readonly Markup[]
}

interface RequestParts {
  readonly services: PageServices
  /** Each parameter with all values that it has in the address. */
  readonly queries: Readonly<Record<string, readonly string[]>>
  readonly id: string
}

/** Makes a page's request of an address. */
export function pageRequest({ services, queries, id }: RequestParts): PageRequest {
  // A form sends its empty fields as well. Several values stay a list, which a schema takes or refuses.
  const given = Object.fromEntries(
    Object.entries(queries).flatMap(([name, values]) => {
      const [first, ...others] = values.filter((value) => value !== '')
      if (first === undefined) return []
      return [[name, others.length > 0 ? [first, ...others] : first]]
    }),
  )
  const parsed = <Output>(schema: z.ZodType<Output>): Output => {
    const result = schema.safeParse(given)
    if (result.success) return result.data
    throw new PageError('bad_request', [
      ...new Set(result.error.issues.map((issue) => sentenceOf(issue.path[0], issue.message))),
    ])
  }
  return {
    ...services,
    id,
    parsed,
    view: () => viewOf(parsed(place), services),
    hiddenPlace: (view) => hiddenInputs(placeOf(view.asked)),
  }
}

/** A message of ours names its parameter; one of the library's does not. */
const sentenceOf = (name: PropertyKey | undefined, message: string): string =>
  name === undefined || message.startsWith(String(name)) ? message : `${String(name)}: ${message}`
