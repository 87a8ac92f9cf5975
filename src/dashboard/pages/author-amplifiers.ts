import { html } from 'hono/html'

import type { Amplifier } from '../../store/reading/author-details.ts'
import { countryCell, countryName } from '../layout/countries.ts'
import { orUnknown, unknown } from '../layout/estimate.ts'
import { nothing, type Markup } from '../layout/markup.ts'
import { compact, tenth, whole } from '../layout/numbers.ts'
import { authorCell } from '../layout/people.ts'
import { table } from '../layout/table.ts'
import type { View } from '../view.ts'

interface Amplifiers {
  readonly amplifiers: readonly Amplifier[]
  /** By location. */
  readonly countries: ReadonlyMap<string, string>
}

/** Who carried an author's tweets, and from where. */
export function amplifierTable(view: View, { amplifiers, countries }: Amplifiers): Markup {
  const countryOf = ({ location }: Amplifier): string | null => countries.get(location ?? '') ?? null
  return html`${table<Amplifier>({
    caption: 'Who amplifies',
    rows: amplifiers,
    isCompact: true,
    empty:
      'No amplifier is published: those are named who retweeted twice, or are expected to have drawn others.',
    columns: [
      { title: 'User', isHead: true, cell: (it) => authorCell(view, { ...it, author_id: it.amplifier_id }) },
      { title: 'Retweets', side: 'right', cell: ({ retweets }) => whole(retweets) },
      {
        title: 'Drew',
        explained: 'Retweets expected to have come through this user',
        side: 'right',
        cell: ({ expected_children }) =>
          expected_children === null
            ? unknown
            : html`<span class="estimate">≈ ${tenth(expected_children)}</span>`,
      },
      {
        title: 'Followers',
        side: 'right',
        cell: ({ amplifier_followers }) => orUnknown(amplifier_followers, compact),
        yields: 1,
      },
      { title: 'Country', cell: (it) => countryCell(countryOf(it)), yields: 2 },
    ],
  })}${fromWhere(amplifiers.map(countryOf))}`
}

/** The countries of those whose country is known, with the share of the others. */
function fromWhere(countries: readonly (string | null)[]): Markup {
  const known = countries.filter((country) => country !== null)
  if (countries.length === 0) return nothing
  const counts = [...Map.groupBy(known, (country) => country)].toSorted(
    (one, other) => other[1].length - one[1].length,
  )
  const named = counts.map(([country, all]) => `${countryName(country)} ${all.length}`).join(', ')
  return html`<p class="explained">
    Countries:
    ${named || 'none known'}${known.length < countries.length ? `; unknown for ${countries.length - known.length} of ${countries.length}` : ''}.
  </p>`
}
