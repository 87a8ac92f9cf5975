import { createHash } from 'node:crypto'

import type { Kysely, Transaction } from 'kysely'
import { sql } from 'kysely'
import { z } from 'zod'

import { checkedRows } from './checked-rows.ts'
import { holdFence } from './lease.ts'
import type { Tables } from './tables.ts'

/** What a run is pointed at; each has a manifest of its own. */
export interface RawSource {
  /** Absolute paths and `s3://` addresses. */
  readonly inputs: readonly string[]
  /** For records that name no search term. */
  readonly term?: string | undefined
}

/** A raw object as a listing shows it. */
export interface RawObject {
  /** Of S3; empty for a file. */
  readonly bucket: string
  /** Of S3, or the file's absolute path. */
  readonly key: string
  /** Another one is another object under the same name. */
  readonly etag: string
  readonly bytes: number
}

/** A list of raw objects that does not change any more. */
export interface Batch {
  readonly batchId: string
  readonly seq: number
  readonly objects: readonly RawObject[]
}

interface FreezeInput {
  readonly batchId: string
  readonly source: RawSource
  /** The slot for which it was listed, where that is known. */
  readonly slotEnd: Date | undefined
  readonly objects: readonly RawObject[]
  readonly fence: bigint
}

const ROWS_PER_STATEMENT = 1_000
const now = sql<Date>`utc_timestamp(6)` // one clock for all writers: the database's

const hashOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex')

/** The order of inputs makes no other source. */
export const sourceIdOf = ({ inputs, term }: RawSource): string =>
  hashOf(term ?? '', ...[...new Set(inputs)].toSorted())

const objectHashOf = (sourceId: string, { bucket, key, etag }: RawObject): string =>
  hashOf(sourceId, bucket, key, etag)

/** Those of the listed objects that no batch of the source holds. */
export async function newObjects(
  db: Kysely<Tables>,
  source: RawSource,
  listed: readonly RawObject[],
): Promise<readonly RawObject[]> {
  const sourceId = sourceIdOf(source)
  const byHash = new Map(listed.map((object) => [objectHashOf(sourceId, object), object]))
  for (const hashes of inChunks([...byHash.keys()])) {
    const known = await db
      .selectFrom('batch_object')
      .select('object_hash')
      .where('object_hash', 'in', hashes)
      .execute()
    for (const { object_hash } of known) byHash.delete(object_hash)
  }
  return [...byHash.values()]
}

/** Keeps a list of objects as the source's next batch; once is enough. @throws StoreError `held` */
export async function freezeBatch(db: Kysely<Tables>, input: FreezeInput): Promise<Batch> {
  const { batchId } = input
  const sourceId = sourceIdOf(input.source)
  return db.transaction().execute(async (transaction) => {
    await holdFence(transaction, input.fence)
    const done = await transaction
      .selectFrom('batch')
      .select('seq')
      .where('batch_id', '=', batchId)
      .executeTakeFirst()
    if (done) return { batchId, seq: Number(done.seq), objects: input.objects }
    const seq = await nextSeq(transaction, input.source)
    await transaction
      .insertInto('batch')
      .values({
        batch_id: batchId,
        source_id: sourceId,
        seq,
        state: 'frozen',
        slot_end: input.slotEnd ?? null,
        objects: BigInt(input.objects.length),
        bytes: BigInt(input.objects.reduce((sum, { bytes }) => sum + bytes, 0)),
        fence: input.fence,
        listed_at: now,
      })
      .execute()
    for (const objects of inChunks(input.objects)) {
      const rows = objects.map((object) => ({
        object_hash: objectHashOf(sourceId, object),
        batch_id: batchId,
        bucket: object.bucket,
        object_key: object.key,
        etag: object.etag,
        bytes: BigInt(object.bytes),
      }))
      await transaction.insertInto('batch_object').values(rows).execute()
    }
    return { batchId, seq: Number(seq), objects: input.objects }
  })
}

async function nextSeq(db: Transaction<Tables>, source: RawSource): Promise<bigint> {
  const sourceId = sourceIdOf(source)
  await db
    .insertInto('source')
    .ignore()
    .values({
      source_id: sourceId,
      inputs: JSON.stringify(source.inputs),
      term: source.term ?? null,
      created_at: now,
    })
    .execute()
  const { last } = await db
    .selectFrom('batch')
    .select((is) => is.fn.max('seq').as('last'))
    .where('source_id', '=', sourceId)
    .executeTakeFirstOrThrow()
  return (last ?? 0n) + 1n
}

/** Batches that were frozen and never parsed, in order: a run died over them. */
export async function frozenBatches(db: Kysely<Tables>, source: RawSource): Promise<readonly Batch[]> {
  const batches = await db
    .selectFrom('batch')
    .select(['batch_id', 'seq'])
    .where('source_id', '=', sourceIdOf(source))
    .where('state', '=', 'frozen')
    .orderBy('seq')
    .execute()
  return Promise.all(
    batches.map(async ({ batch_id, seq }) => ({
      batchId: batch_id,
      seq: Number(seq),
      objects: await objectsOf(db, batch_id),
    })),
  )
}

async function objectsOf(db: Kysely<Tables>, batchId: string): Promise<readonly RawObject[]> {
  const rows = await db
    .selectFrom('batch_object')
    .select(['bucket', 'object_key', 'etag', 'bytes'])
    .where('batch_id', '=', batchId)
    .where('is_gone', '=', 0)
    .orderBy('object_key')
    .execute()
  return rows.map(({ bucket, object_key, etag, bytes }) => ({
    bucket,
    key: object_key,
    etag,
    bytes: Number(bytes),
  }))
}

/** Notes that objects of a batch were deleted before they were read. */
export async function markGone(
  db: Kysely<Tables>,
  source: RawSource,
  gone: readonly RawObject[],
): Promise<void> {
  const sourceId = sourceIdOf(source)
  for (const objects of inChunks(gone)) {
    await db
      .updateTable('batch_object')
      .set({ is_gone: 1 })
      .where(
        'object_hash',
        'in',
        objects.map((object) => objectHashOf(sourceId, object)),
      )
      .execute()
  }
}

/** All sources that were ever read. */
export async function allSources(db: Kysely<Tables>): Promise<readonly RawSource[]> {
  const rows = await db.selectFrom('source').select(['inputs', 'term']).orderBy('created_at').execute()
  const checked = checkedRows(rows, { table: 'source', row: sourceRow })
  return checked.map(({ inputs, term }) => ({ inputs, ...(term !== null && { term }) }))
}

const sourceRow = z.object({
  inputs: z
    .string()
    .transform((json): unknown => JSON.parse(json))
    .pipe(z.array(z.string())),
  term: z.string().nullable(),
})

/** Where a source stands. */
export interface SourceState {
  /** The newest batch; 0 if there is none. */
  readonly lastSeq: number
  /** Unusable records of all batches. */
  readonly rejected: number
  /** Batches whose rejected records no published slot has brought along yet. */
  readonly unpublished: readonly {
    readonly batchId: string
    readonly seq: number
    readonly rejected: number
  }[]
}

export async function sourceState(db: Kysely<Tables>, source: RawSource): Promise<SourceState> {
  const ofSource = db.selectFrom('batch').where('source_id', '=', sourceIdOf(source))
  const { last, rejected } = await ofSource
    .select((is) => [is.fn.max('seq').as('last'), is.fn.sum<string>('rejected').as('rejected')])
    .executeTakeFirstOrThrow()
  const unpublished = await ofSource
    .select(['batch_id', 'seq', 'rejected'])
    .where('state', '=', 'parsed')
    .orderBy('seq')
    .execute()
  return {
    lastSeq: Number(last ?? 0),
    rejected: Number(rejected ?? 0),
    unpublished: unpublished.map((row) => ({
      batchId: row.batch_id,
      seq: Number(row.seq),
      rejected: Number(row.rejected ?? 0),
    })),
  }
}

/** Whether a slot's list was frozen by a run that did not get to publish it: its list is not made again. */
export async function hasPendingBatch(
  db: Kysely<Tables>,
  source: RawSource,
  slotEnd: Date,
): Promise<boolean> {
  const pending = await db
    .selectFrom('batch')
    .select('batch_id')
    .where('source_id', '=', sourceIdOf(source))
    .where('slot_end', '=', slotEnd)
    .where('state', '!=', 'published')
    .limit(1)
    .executeTakeFirst()
  return pending !== undefined
}

function* inChunks<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += ROWS_PER_STATEMENT) {
    yield items.slice(start, start + ROWS_PER_STATEMENT)
  }
}
