import { z } from 'zod'

import type { PublishedRun } from '../store/reading/published-slots.ts'
import { isoSeconds } from './layout/time.ts'
import { PageError } from './page-error.ts'
import type { Snapshots, TermInSlot } from './snapshots.ts'

/** The windows by the names that addresses give them. */
const WINDOWS = { '24h': 24, '7d': 168, '30d': 720 } as const

/** @example windowName(168) // '7d' */
export const windowName = (hours: number): string =>
  hours === WINDOWS['24h'] ? '24h' : `${Math.round(hours / WINDOWS['24h'])}d`

const QUARTER_HOUR_MS = 15 * 60 * 1000

/** What every page's address may say. */
export const place = z.object({
  term: z.string().min(1).max(255).optional(),
  window: z.enum(['24h', '7d', '30d'], { error: 'window takes 24h, 7d or 30d' }).optional(),
  slot: z.iso
    .datetime({ error: 'slot takes a time such as 2026-01-02T03:15:00Z' })
    .transform((text) => new Date(text))
    .refine((time) => time.getTime() % QUARTER_HOUR_MS === 0, 'slot takes a full quarter of an hour, UTC')
    .optional(),
})

export type Place = z.infer<typeof place>

/** What is looked at: a term in a slot, and what else may be looked at instead. */
export interface View extends TermInSlot {
  readonly terms: readonly string[]
  /** Whether this is the newest slot, because the address names none. */
  readonly isLatest: boolean
  /** The newest published slots of all windows. */
  readonly runs: readonly PublishedRun[]
  readonly asked: Place
}

/**
 * Finds what an address names: without a slot the newest, without a window the shortest, without a term the first.
 * @throws PageError `empty` where nothing is published, `not_found` where the address names something that is not
 */
export async function viewOf(asked: Place, { snapshots }: { readonly snapshots: Snapshots }): Promise<View> {
  const { runs } = await snapshots.published()
  if (runs.length === 0) throw new PageError('empty', 'Nothing is published yet.')
  const windowHours = asked.window && WINDOWS[asked.window]
  const fits = (run: PublishedRun): boolean =>
    (windowHours === undefined || run.window_hours === windowHours) &&
    (asked.slot === undefined || run.slot_end.getTime() === asked.slot.getTime())
  const listed = runs.filter(fits)
  const older = listed.length === 0 && asked.slot ? await snapshots.slot(asked.slot) : []
  const run = newestRun([...listed, ...older.filter(fits)])
  if (run === undefined) throw new PageError('not_found', noSlot(asked))
  const terms = await snapshots.terms(run)
  const term = asked.term ?? terms[0]
  if (term === undefined)
    throw new PageError('empty', `The slot of ${isoSeconds(run.slot_end)} holds no author.`)
  if (!terms.includes(term)) throw new PageError('not_found', 'This term is not in the slot.')
  const key = { term, windowHours: run.window_hours, slotEnd: run.slot_end }
  return { key, run, terms, runs, asked, isLatest: asked.slot === undefined }
}

/** The shortest window of the newest slot; slots come the newest first, of each the longest window before the others. */
export const newestRun = (runs: readonly PublishedRun[]): PublishedRun | undefined =>
  runs.findLast((run) => run.slot_end.getTime() === runs[0]?.slot_end.getTime())

function noSlot({ slot, window }: Place): string {
  const which = [slot && `of ${isoSeconds(slot)}`, window && `with a window of ${window}`].filter(Boolean)
  return `No slot ${which.join(' ')} is published.`
}

/** The slots up to this one with its window, the oldest first: what a trend is drawn of. */
export function slotsBefore(
  { run, runs }: Pick<View, 'run' | 'runs'>,
  most: number,
): readonly PublishedRun[] {
  return runs
    .filter((other) => other.window_hours === run.window_hours && other.slot_end <= run.slot_end)
    .slice(0, most)
    .toReversed()
}

/** What changes with each publish; a page that knows it knows whether it is old. */
export const versionOf = (runs: readonly PublishedRun[]): string =>
  runs
    .reduce((newest, { published_at }) => (published_at > newest ? published_at : newest), new Date(0))
    .toISOString()
