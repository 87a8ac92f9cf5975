import type { Kysely } from 'kysely'
import { z } from 'zod'

import { checkedRows } from './checked-rows.ts'
import type { RawObject, RawSource } from './manifest.ts'
import type { Tables } from './tables.ts'

/** How a published slot came about. */
export interface PublishedRun {
  readonly slotEnd: Date
  readonly windowHours: number
  readonly kernel: string
  readonly source: RawSource
  /** The newest batch that it read. */
  readonly batchSeq: number
  readonly observations: number
  readonly duplicates: number
  readonly cascades: number
  readonly authors: number
}

const count = z.bigint().nonnegative().transform(Number)

const runRow = z.object({
  slot_end: z.date(),
  window_hours: z.int(),
  kernel: z.string(),
  batch_seq: count,
  observations: count,
  duplicates: count,
  cascades: count,
  authors: count,
  inputs: z
    .string()
    .transform((json): unknown => JSON.parse(json))
    .pipe(z.array(z.string())),
  term: z.string().nullable(),
})

/** The newest published slot that fits, with its source; undefined where there is none. */
export async function findPublishedRun(
  db: Kysely<Tables>,
  { slotEnd, windowHours }: { readonly slotEnd?: Date | undefined; readonly windowHours: number },
): Promise<PublishedRun | undefined> {
  let query = db
    .selectFrom('slot_run')
    .innerJoin('source', 'source.source_id', 'slot_run.source_id')
    .selectAll('slot_run')
    .select(['source.inputs', 'source.term'])
    .where('state', '=', 'published')
    .where('window_hours', '=', windowHours)
    .orderBy('slot_end', 'desc')
    .limit(1)
  if (slotEnd !== undefined) query = query.where('slot_end', '=', slotEnd)
  const [row] = checkedRows(await query.execute(), { table: 'slot_run', row: runRow })
  return (
    row && {
      slotEnd: row.slot_end,
      windowHours: row.window_hours,
      kernel: row.kernel,
      source: { inputs: row.inputs, ...(row.term !== null && { term: row.term }) },
      batchSeq: row.batch_seq,
      observations: row.observations,
      duplicates: row.duplicates,
      cascades: row.cascades,
      authors: row.authors,
    }
  )
}

/** The objects of a source's batches up to one, but for those that were gone before anybody read them. */
export async function objectsUpTo(
  db: Kysely<Tables>,
  sourceId: string,
  batchSeq: number,
): Promise<readonly RawObject[]> {
  const rows = await db
    .selectFrom('batch_object')
    .innerJoin('batch', 'batch.batch_id', 'batch_object.batch_id')
    .select(['bucket', 'object_key', 'etag', 'batch_object.bytes'])
    .where('batch.source_id', '=', sourceId)
    .where('batch.seq', '<=', BigInt(batchSeq))
    .where('is_gone', '=', 0)
    .orderBy('batch.seq')
    .orderBy('object_key')
    .execute()
  return rows.map(({ bucket, object_key, etag, bytes }) => ({
    bucket,
    key: object_key,
    etag,
    bytes: Number(bytes),
  }))
}
