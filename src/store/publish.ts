import type { Kysely, Transaction } from 'kysely'
import { sql } from 'kysely'

import type { Batch } from './batches.ts'
import { emptyStaging } from './batches.ts'
import { slotTableNames, slotTables, stagingOf, type SlotRows, type SlotTable } from './slot-tables.ts'
import { StoreError } from './store-error.ts'
import type { Tables } from './tables.ts'

/** What Spark counted while it worked; each number is what staging or the ledger must show. */
export interface SlotCounts {
  readonly observations: number
  readonly duplicates: number
  /** Usable records that are neither: deletions and what they delete, follows, and what came after the slot's end. */
  readonly setAside: number
  /** Rows of `rejected_staging`. */
  readonly rejected: number
  /** Rows that were staged, by table; an author counts once for each term. */
  readonly rows: SlotRows
}

/**
 * Moves a batch from staging to the published tables in one transaction: all of it or nothing.
 * A batch that was published already is left alone, so that a call whose answer got lost may be repeated.
 * @throws StoreError `mismatch` when staging holds other rows than Spark counted; `conflict` when the batch has ended
 */
export async function publishBatch(db: Kysely<Tables>, batch: Batch, counts: SlotCounts): Promise<void> {
  // READ COMMITTED: reading staging must not lock the gaps that another slot's Spark writes into.
  const readCommitted = db.transaction().setIsolationLevel('read committed')
  return readCommitted.execute(async (transaction) => {
    if (await isPublished(transaction, batch)) return
    await lockSlot(transaction, batch)
    await verifyStaging(transaction, batch, counts)
    for (const table of slotTableNames) await replaceRows(transaction, table, batch)
    await upsertAuthors(transaction, batch)
    await insertRejected(transaction, batch)
    await markPublished(transaction, batch, counts)
    await emptyStaging(transaction, batch.batchId)
  })
}

async function isPublished(db: Transaction<Tables>, { batchId }: Batch): Promise<boolean> {
  const row = await db
    .selectFrom('batch')
    .select('state')
    .where('batch_id', '=', batchId)
    .forUpdate()
    .executeTakeFirst()
  if (row?.state === 'published') return true
  if (row?.state === 'open') return false
  throw new StoreError(
    `batch ${batchId} is ${row ? 'given up already' : 'not in the ledger'}; nothing was published, so run the slot again`,
    { code: 'conflict' },
  )
}

/** Two runs of one slot publish one after the other; the later one wins whole. */
async function lockSlot(db: Transaction<Tables>, batch: Batch): Promise<void> {
  await db
    .selectFrom('slot_run')
    .select('state')
    .where('slot_end', '=', batch.slotEnd)
    .where('window_hours', '=', batch.windowHours)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

async function verifyStaging(db: Transaction<Tables>, batch: Batch, counts: SlotCounts): Promise<void> {
  for (const table of slotTableNames) {
    const { staged, in_slot } = await countStaged(db, table, batch)
    verifyCount(`rows of ${table}`, staged, counts.rows[table])
    verifyCount(`rows of ${table} in the slot and window`, in_slot, counts.rows[table])
  }
  const rejected = await db
    .selectFrom('rejected_staging')
    .select((is) => is.fn.countAll<bigint>().as('staged'))
    .where('batch_id', '=', batch.batchId)
    .executeTakeFirstOrThrow()
  verifyCount('rows of rejected', Number(rejected.staged), counts.rejected)
}

async function countStaged(
  db: Transaction<Tables>,
  table: SlotTable,
  { batchId, slotEnd, windowHours }: Batch,
): Promise<{ readonly staged: number; readonly in_slot: number }> {
  const { rows } = await sql<{ readonly staged: bigint; readonly in_slot: bigint }>`
    select count(*) as staged, count(case when slot_end = ${slotEnd} and window_hours = ${windowHours} then 1 end) as in_slot
    from ${sql.table(stagingOf(table))} where batch_id = ${batchId}
  `.execute(db)
  return { staged: Number(rows[0]?.staged), in_slot: Number(rows[0]?.in_slot) }
}

function verifyCount(what: string, staged: number, counted: number): void {
  if (staged === counted) return
  throw new StoreError(
    `staging holds ${staged} ${what}, but Spark counted ${counted}; nothing was published, so run the slot again`,
    { code: 'mismatch' },
  )
}

async function replaceRows(db: Transaction<Tables>, table: SlotTable, batch: Batch): Promise<void> {
  await db
    .deleteFrom(table)
    .where('slot_end', '=', batch.slotEnd)
    .where('window_hours', '=', batch.windowHours)
    .execute()
  const columns = sql.join(slotTables[table].map((column) => sql.ref(column)))
  await sql`
    insert into ${sql.table(table)} (${columns})
    select ${columns} from ${sql.table(stagingOf(table))} where batch_id = ${batch.batchId}
  `.execute(db)
}

/** Per author the newest sighting wins, within the batch (an author may stand under several terms) and over batches. */
async function upsertAuthors(db: Transaction<Tables>, { batchId }: Batch): Promise<void> {
  // The table's name instead of VALUES(): MySQL deprecates the latter, MariaDB lacks MySQL's replacement.
  // Assignments run in this order, so `seen_at` comes last. Followers may differ between terms that saw the author in
  // the same second; the higher count makes the result independent of the order of rows.
  await sql`
    insert into author (author_id, name, screen_name, location, image, language, followers, seen_at)
    select author_id, left(name, 255), left(screen_name, 255), left(location, 255), left(image, 2048), left(language, 16), followers, seen_at
    from author_score_staging as sighting where batch_id = ${batchId}
    on duplicate key update
      name = if(sighting.seen_at >= author.seen_at, left(sighting.name, 255), author.name),
      screen_name = if(sighting.seen_at >= author.seen_at, left(sighting.screen_name, 255), author.screen_name),
      location = if(sighting.seen_at >= author.seen_at, left(sighting.location, 255), author.location),
      image = if(sighting.seen_at >= author.seen_at, left(sighting.image, 2048), author.image),
      language = if(sighting.seen_at >= author.seen_at, left(sighting.language, 16), author.language),
      followers = case
        when sighting.seen_at > author.seen_at then sighting.followers
        when sighting.seen_at < author.seen_at then author.followers
        else coalesce(greatest(sighting.followers, author.followers), sighting.followers, author.followers)
      end,
      seen_at = greatest(sighting.seen_at, author.seen_at)
  `.execute(db)
}

/** A record that was rejected before stays with the batch that met it first. */
async function insertRejected(db: Transaction<Tables>, { batchId }: Batch): Promise<void> {
  await sql`
    insert into rejected (rejected_id, object, block_start, record_number, reason, record, batch_id)
    select rejected_id, left(object, 1024), block_start, record_number, left(reason, 255), left(record, 2000), batch_id
    from rejected_staging where batch_id = ${batchId}
    on duplicate key update rejected_id = rejected.rejected_id
  `.execute(db)
}

async function markPublished(db: Transaction<Tables>, batch: Batch, counts: SlotCounts): Promise<void> {
  await db
    .updateTable('slot_run')
    .set((is) => ({
      state: 'published',
      kernel: batch.kernel,
      batch_id: batch.batchId,
      observations: BigInt(counts.observations),
      duplicates: BigInt(counts.duplicates),
      rejected: BigInt(counts.rejected),
      cascades: BigInt(counts.rows.cascade_score),
      authors: BigInt(counts.rows.author_score),
      started_at: is
        .selectFrom('batch')
        .select('created_at')
        .where('batch_id', '=', batch.batchId)
        .$asScalar()
        .$notNull(),
      published_at: sql<Date>`utc_timestamp(6)`,
    }))
    .where('slot_end', '=', batch.slotEnd)
    .where('window_hours', '=', batch.windowHours)
    .executeTakeFirstOrThrow()
  await db.updateTable('batch').set({ state: 'published' }).where('batch_id', '=', batch.batchId).execute()
}
