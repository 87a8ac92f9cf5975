import { html } from 'hono/html'

import type { PastScore } from '../store/reading/history.ts'
import type { PublishedRun } from '../store/reading/published-slots.ts'
import type { Markup } from './layout/markup.ts'
import { whole } from './layout/numbers.ts'
import type { PageRequest } from './page-request.ts'
import type { RankedAuthor } from './snapshots.ts'
import { slotsBefore, type View } from './view.ts'

/** What authors had in the slot before, by their ids; who was not there is missing. */
export type Earlier = ReadonlyMap<string, PastScore>

/** What authors had in earlier slots. */
export interface Trends {
  /** The influence in each slot, the oldest first; null where the author was not scored. */
  readonly of: (authorId: string) => readonly (number | null)[]
  /** Undefined where there is no slot before. */
  readonly earlier: Earlier | undefined
}

interface Wanted {
  /** Up to the one that is looked at, the oldest first. */
  readonly slots: readonly PublishedRun[]
  readonly authors: readonly { readonly author_id: string }[]
}

/** Reads the influence of authors over slots. */
export async function trendsOf(
  { reader }: Pick<PageRequest, 'reader'>,
  { key }: View,
  { slots, authors }: Wanted,
): Promise<Trends> {
  const places = new Map(slots.map(({ slot_end }, index) => [slot_end.getTime(), index]))
  const ids = authors.map(({ author_id }) => author_id)
  const query = { ...key, slotEnds: slots.map(({ slot_end }) => slot_end) }
  const scores = await reader.scoreHistory(query, ids)
  const byAuthor = Map.groupBy(scores, ({ author_id }) => author_id)
  const before = slots.at(-2)?.slot_end.getTime()
  const earlier = scores.filter(({ slot_end }) => slot_end.getTime() === before)
  return {
    of: (authorId) => {
      const values = slots.map((): number | null => null)
      for (const { slot_end, influence } of byAuthor.get(authorId) ?? []) {
        const index = places.get(slot_end.getTime())
        if (index !== undefined) values[index] = influence
      }
      return values
    },
    earlier: before === undefined ? undefined : new Map(earlier.map((score) => [score.author_id, score])),
  }
}

/** What authors had in the slot before; undefined where there is none. */
export async function earlierOf(
  request: Pick<PageRequest, 'reader'>,
  view: View,
  authors: Wanted['authors'],
): Promise<Earlier | undefined> {
  return (await trendsOf(request, view, { slots: slotsBefore(view, 2), authors })).earlier
}

/** How many places an author rose or fell since the slot before. */
export function movementOf({ author_id, rank }: RankedAuthor, earlier: Earlier | undefined): Markup | string {
  if (earlier === undefined) return ''
  const before = earlier.get(author_id)?.rank_in_term
  if (before === undefined)
    return html`<span class="movement new" title="Not there in the slot before">new</span>`
  if (before === rank) return ''
  const places = whole(Math.abs(before - rank))
  return before > rank
    ? html`<span class="movement up" title="Up ${places} since the slot before">▲ ${places}</span>`
    : html`<span class="movement down" title="Down ${places} since the slot before">▼ ${places}</span>`
}
