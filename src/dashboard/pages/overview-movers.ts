import { html } from 'hono/html'

import type { Markup } from '../layout/markup.ts'
import { signed, tenth, whole } from '../layout/numbers.ts'
import { authorCell } from '../layout/people.ts'
import { table } from '../layout/table.ts'
import type { RankedAuthor } from '../snapshots.ts'
import type { Earlier } from '../trends.ts'
import type { View } from '../view.ts'

const SHOWN = 6
/** How many leading authors may be movers. */
export const AMONG = 500 // far down the ranking, a single retweet moves an author by thousands of places
const LEAST_CHANGE = 0.05 // what is not seen in tenths of a point is no movement

interface Mover {
  readonly author: RankedAuthor
  readonly change: number
  /** Undefined where the author was not in the slot. */
  readonly rankBefore: number | undefined
}

/** Of the leading authors those whose influence changed most since the slot before. */
export function findMovers(authors: readonly RankedAuthor[], earlier: Earlier): readonly Mover[] {
  return authors
    .flatMap((author): readonly Mover[] => {
      const past = earlier.get(author.author_id)
      const change = (author.influence ?? 0) - (past?.influence ?? 0)
      return Math.abs(change) < LEAST_CHANGE ? [] : [{ author, change, rankBefore: past?.rank_in_term }]
    })
    .toSorted(
      (one, other) => Math.abs(other.change) - Math.abs(one.change) || one.author.rank - other.author.rank,
    )
    .slice(0, SHOWN)
}

/** The movers as a table. */
export function moversOf(
  view: View,
  { leading, earlier }: { readonly leading: readonly RankedAuthor[]; readonly earlier: Earlier | undefined },
): Markup {
  if (earlier === undefined)
    return html`<p class="empty">There is no slot before this one to compare with.</p>`
  return table<Mover>({
    caption: 'Authors whose influence changed most',
    rows: findMovers(leading, earlier),
    isCompact: true,
    empty: 'Nobody among the leading authors moved.',
    columns: [
      { title: 'Author', isHead: true, cell: ({ author }) => authorCell(view, author) },
      { title: 'Influence', side: 'right', cell: ({ author }) => tenth(author.influence ?? 0), yields: 1 },
      {
        title: 'Change',
        side: 'right',
        cell: ({ change }) =>
          html`<span class="${change > 0 ? 'up' : 'down'}">${signed(change, tenth)}</span>`,
      },
      {
        title: 'Place',
        side: 'right',
        cell: ({ author, rankBefore }) =>
          html`${rankBefore === undefined ? 'new' : whole(rankBefore)} → ${whole(author.rank)}`,
      },
    ],
  })
}
