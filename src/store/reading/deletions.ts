import type { Kysely } from 'kysely'

import type { Tables } from '../tables.ts'

/** How far deletions have come. */
export interface DeletionState {
  /** When rows were last removed; null where none ever were. */
  readonly doneAt: Date | null
  /** Whether rows are being removed, or were left half removed. */
  readonly isPending: boolean
}

/** Whether what was read before may have been deleted since. */
export async function readDeletions(db: Kysely<Tables>): Promise<DeletionState> {
  const deletions = db.selectFrom('deletion')
  const [done, pending] = await Promise.all([
    deletions.select((is) => is.fn.max('done_at').as('doneAt')).executeTakeFirstOrThrow(),
    deletions.select('kind').where('done_at', 'is', null).limit(1).executeTakeFirst(),
  ])
  return { doneAt: done.doneAt, isPending: pending !== undefined }
}
