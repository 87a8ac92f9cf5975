import { randomUUID } from 'node:crypto'

import type { Kysely } from 'kysely'
import { sql } from 'kysely'

import { holdFence } from './lease.ts'
import { sourceIdOf, type Batch, type RawSource } from './manifest.ts'
import { StoreError } from './store-error.ts'
import type { Tables } from './tables.ts'

/** What silver holds, in one folder. */
export interface SilverFolder {
  readonly silverId: string
  readonly path: string
  readonly firstSeq: number
  readonly lastSeq: number
  readonly usable: number
  readonly rejected: number
  readonly deletions: number
  readonly holds: { readonly parents: boolean; readonly likes: boolean; readonly follows: boolean }
  readonly oldest: Date | undefined
  readonly newest: Date | undefined
}

/** What a parse leaves in silver. */
export type ParsedFolder = Omit<SilverFolder, 'silverId' | 'firstSeq' | 'lastSeq'>

const now = sql<Date>`utc_timestamp(6)`

/** Names the folder that holds a batch's records from now on; once is enough. @throws StoreError `held` */
export async function recordSilver(
  db: Kysely<Tables>,
  { source, batch, folder, fence }: SilverRecord,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await holdFence(transaction, fence)
    const { numUpdatedRows } = await transaction
      .updateTable('batch')
      .set({ state: 'parsed', fence, rejected: BigInt(folder.rejected), parsed_at: now })
      .where('batch_id', '=', batch.batchId)
      .where('state', '=', 'frozen')
      .executeTakeFirstOrThrow()
    if (numUpdatedRows === 0n) return // an answer of the database got lost: it was done
    const between = { firstSeq: batch.seq, lastSeq: batch.seq }
    await insertSilver(transaction, sourceIdOf(source), { ...folder, ...between })
  })
}

interface SilverRecord {
  readonly source: RawSource
  readonly batch: Batch
  readonly folder: ParsedFolder
  readonly fence: bigint
}

async function insertSilver(
  db: Kysely<Tables>,
  sourceId: string,
  folder: Omit<SilverFolder, 'silverId'>,
): Promise<void> {
  const { parents, likes, follows } = folder.holds
  await db
    .insertInto('silver')
    .values({
      silver_id: randomUUID(),
      source_id: sourceId,
      path: folder.path,
      first_seq: BigInt(folder.firstSeq),
      last_seq: BigInt(folder.lastSeq),
      usable: BigInt(folder.usable),
      rejected: BigInt(folder.rejected),
      deletions: BigInt(folder.deletions),
      has_parents: Number(parents),
      has_likes: Number(likes),
      has_follows: Number(follows),
      oldest: folder.oldest ?? null,
      newest: folder.newest ?? null,
      created_at: now,
    })
    .execute()
}

/**
 * Names a folder in the place of others that hold the same batches. Those are retired; who reads them may go on.
 * @throws StoreError `held`; `conflict` if one of them was replaced already
 */
export async function replaceSilver(
  db: Kysely<Tables>,
  { source, old, folder, fence }: SilverReplacement,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await holdFence(transaction, fence)
    const sourceId = sourceIdOf(source)
    const done = await transaction
      .selectFrom('silver')
      .select('silver_id')
      .where('source_id', '=', sourceId)
      .where('path', '=', folder.path)
      .executeTakeFirst()
    if (done) return // an answer of the database got lost
    const { numUpdatedRows } = await transaction
      .updateTable('silver')
      .set({ retired_at: now })
      .where(
        'silver_id',
        'in',
        old.map(({ silverId }) => silverId),
      )
      .where('retired_at', 'is', null)
      .executeTakeFirstOrThrow()
    if (numUpdatedRows !== BigInt(old.length)) {
      throw new StoreError('a folder of silver was replaced by another run; run again', { code: 'conflict' })
    }
    const firstSeq = Math.min(...old.map((it) => it.firstSeq))
    const lastSeq = Math.max(...old.map((it) => it.lastSeq))
    await insertSilver(transaction, sourceId, { ...folder, firstSeq, lastSeq })
  })
}

interface SilverReplacement {
  readonly source: RawSource
  readonly old: readonly SilverFolder[]
  readonly folder: ParsedFolder
  readonly fence: bigint
}

/** The folders of silver that count, in the order of their batches. */
export async function silverOf(db: Kysely<Tables>, source: RawSource): Promise<readonly SilverFolder[]> {
  const rows = await db
    .selectFrom('silver')
    .selectAll()
    .where('source_id', '=', sourceIdOf(source))
    .where('retired_at', 'is', null)
    .orderBy('first_seq')
    .execute()
  return rows.map((row) => ({
    silverId: row.silver_id,
    path: row.path,
    firstSeq: Number(row.first_seq),
    lastSeq: Number(row.last_seq),
    usable: Number(row.usable),
    rejected: Number(row.rejected),
    deletions: Number(row.deletions),
    holds: { parents: row.has_parents === 1, likes: row.has_likes === 1, follows: row.has_follows === 1 },
    oldest: row.oldest ?? undefined,
    newest: row.newest ?? undefined,
  }))
}

/** A folder that no longer counts. */
export interface RetiredFolder {
  readonly silverId: string
  readonly path: string
}

/** Folders that were replaced at least so long ago, and that are still there. */
export async function retiredSilver(
  db: Kysely<Tables>,
  olderThanSeconds: number,
): Promise<readonly RetiredFolder[]> {
  const rows = await db
    .selectFrom('silver')
    .select(['silver_id', 'path'])
    .where('retired_at', '<=', sql<Date>`utc_timestamp(6) - interval ${olderThanSeconds} second`)
    .execute()
  return rows.map(({ silver_id, path }) => ({ silverId: silver_id, path }))
}

/** Takes folders out of the manifest that are removed. */
export async function forgetSilver(db: Kysely<Tables>, folders: readonly RetiredFolder[]): Promise<void> {
  if (folders.length === 0) return
  await db
    .deleteFrom('silver')
    .where(
      'silver_id',
      'in',
      folders.map(({ silverId }) => silverId),
    )
    .where('retired_at', 'is not', null)
    .execute()
}

/** Retires folders whose newest tweet is older, and says how many they were. */
export async function retireSilver(db: Kysely<Tables>, oldest: Date): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('silver')
    .set({ retired_at: now })
    .where('newest', '<', oldest)
    .where('retired_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(numUpdatedRows)
}

/** Every path that the manifest names, retired ones too. */
export async function silverPaths(db: Kysely<Tables>): Promise<readonly string[]> {
  const rows = await db.selectFrom('silver').select('path').execute()
  return rows.map(({ path }) => path)
}
