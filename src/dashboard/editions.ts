import { createHash } from 'node:crypto'

import type { DeletionState } from '../store/reading/deletions.ts'
import type { PublishedRun } from '../store/reading/published-slots.ts'

const PENDING_KEPT_MS = 60_000

/**
 * Slots with editions that tell of deletions as well: rows are removed from slots that were published long ago. While
 * that is under way, what was read is read again each minute, as nobody says which rows are gone already.
 */
export function withDeletions(
  runs: readonly PublishedRun[],
  { doneAt, isPending }: DeletionState,
  nowMs: number,
): readonly PublishedRun[] {
  const pending = isPending ? `-${Math.floor(nowMs / PENDING_KEPT_MS)}` : ''
  const mark = `${doneAt?.getTime() ?? ''}${pending}`
  return mark === '' ? runs : runs.map((run) => ({ ...run, edition: `${run.edition}-${mark}` }))
}

/** One for all slots; a slot that is gone changes it, too. */
export const editionOf = (runs: readonly PublishedRun[]): string =>
  createHash('sha256')
    .update(runs.map(({ edition }) => edition).join('\n'))
    .digest('base64url')
