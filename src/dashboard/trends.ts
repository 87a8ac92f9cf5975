import { html } from 'hono/html'

import type { PublishedRun } from '../store/reading/published-slots.ts'
import type { Markup } from './layout/markup.ts'
import { whole } from './layout/numbers.ts'
import type { PageRequest } from './page-request.ts'
import type { RankedAuthor, Ranking } from './snapshots.ts'
import type { View } from './view.ts'

/** What authors had in earlier slots. */
export interface Trends {
  /** The influence in each slot, the oldest first; null where the author was not scored. */
  readonly of: (authorId: string) => readonly (number | null)[]
}

interface Wanted {
  readonly slots: readonly PublishedRun[]
  readonly authors: readonly { readonly author_id: string }[]
}

/** Reads the influence of authors over slots. */
export async function trendsOf(
  { reader }: PageRequest,
  { key }: View,
  { slots, authors }: Wanted,
): Promise<Trends> {
  const places = new Map(slots.map(({ slot_end }, index) => [slot_end.getTime(), index]))
  const ids = authors.map(({ author_id }) => author_id)
  const query = { ...key, slotEnds: slots.map(({ slot_end }) => slot_end) }
  const byAuthor = Map.groupBy(await reader.scoreHistory(query, ids), ({ author_id }) => author_id)
  return {
    of: (authorId) => {
      const values = slots.map((): number | null => null)
      for (const { slot_end, influence } of byAuthor.get(authorId) ?? []) {
        const index = places.get(slot_end.getTime())
        if (index !== undefined) values[index] = influence
      }
      return values
    },
  }
}

/** How many places an author rose or fell since the slot before. */
export function movementOf({ author_id, rank }: RankedAuthor, before: Ranking | undefined): Markup | string {
  if (before === undefined) return ''
  const earlier = before.byId.get(author_id)?.rank
  if (earlier === undefined)
    return html`<span class="movement new" title="Not there in the slot before">new</span>`
  if (earlier === rank) return ''
  const places = whole(Math.abs(earlier - rank))
  return earlier > rank
    ? html`<span class="movement up" title="Up ${places} since the slot before">▲ ${places}</span>`
    : html`<span class="movement down" title="Down ${places} since the slot before">▼ ${places}</span>`
}
