import type { Kysely, Transaction } from 'kysely'
import { sql } from 'kysely'

import { holdFence } from './lease.ts'
import type { SlotRun } from './slot-runs.ts'
import {
  checksumColumns,
  slotTableNames,
  slotTables,
  stagingOf,
  type SlotRows,
  type SlotTable,
} from './slot-tables.ts'
import { StoreError } from './store-error.ts'
import type { Tables } from './tables.ts'

/** What Spark counted while it worked; each number is what staging or the ledger must show. */
export interface SlotCounts {
  readonly observations: number
  readonly duplicates: number
  /** Usable records that are neither: deletions and what they delete, follows, and what came after the slot's end. */
  readonly setAside: number
  /** Unusable records of all that the source ever had. */
  readonly rejected: number
  /** Rows of `rejected_staging`: those of batches that no published slot has brought along yet. */
  readonly stagedRejected: number
  /** Rows that were staged, by table; an author counts once for each term. */
  readonly rows: SlotRows
}

/**
 * Copies a run's rows from staging to the published tables in one transaction: all of them or nothing.
 * What this run published already is left alone, so that a call whose answer got lost may be repeated.
 * @throws StoreError `held` when another run has taken the lease; `mismatch` when staging holds other rows than Spark counted
 */
export async function publishSlot(db: Kysely<Tables>, run: SlotRun, counts: SlotCounts): Promise<void> {
  // READ COMMITTED: reading staging must not lock the gaps that another run's Spark writes into.
  const readCommitted = db.transaction().setIsolationLevel('read committed')
  return readCommitted.execute(async (transaction) => {
    // First, whoever holds the lease now: a commit whose answer got lost counts.
    if (await isPublished(transaction, run)) return
    await holdFence(transaction, run.fence)
    await verifyStaging(transaction, run, counts)
    for (const table of slotTableNames) await replaceRows(transaction, table, run)
    await upsertAuthors(transaction, run)
    await insertRejected(transaction, run)
    await markPublished(transaction, run, counts)
  })
}

async function isPublished(db: Transaction<Tables>, run: SlotRun): Promise<boolean> {
  const row = await db
    .selectFrom('slot_run')
    .select(['state', 'fence', 'started_at'])
    .where('slot_end', '=', run.slotEnd)
    .where('window_hours', '=', run.windowHours)
    .forUpdate()
    .executeTakeFirst()
  const isThisRun = row?.fence === run.fence && row.started_at.getTime() === run.startedAt.getTime()
  return isThisRun && row.state === 'published'
}

async function verifyStaging(db: Transaction<Tables>, run: SlotRun, counts: SlotCounts): Promise<void> {
  for (const table of slotTableNames) {
    const { staged, in_slot, checksum } = await countStaged(db, table, run)
    const counted = counts.rows[table]
    verify(`${staged} rows of ${table}`, Number(staged) === counted.rows, `${counted.rows}`)
    verify(
      `${in_slot} rows of ${table} in the slot and window`,
      Number(in_slot) === counted.rows,
      `${counted.rows}`,
    )
    verify(
      `rows of ${table} with the checksum ${checksum}`,
      checksum === counted.checksum,
      `${counted.checksum}`,
    )
  }
  const { staged } = await db
    .selectFrom('rejected_staging')
    .select((is) => is.fn.countAll<bigint>().as('staged'))
    .where('fence', '=', run.fence)
    .executeTakeFirstOrThrow()
  verify(`${staged} rows of rejected`, Number(staged) === counts.stagedRejected, `${counts.stagedRejected}`)
}

interface StagedCount {
  readonly staged: bigint
  readonly in_slot: bigint
  readonly checksum: bigint
}

async function countStaged(
  db: Transaction<Tables>,
  table: SlotTable,
  { fence, slotEnd, windowHours }: SlotRun,
): Promise<StagedCount> {
  const columns = sql.join(checksumColumns[table].map((column) => sql.ref(column)))
  const { rows } = await sql<StagedCount>`
    select
      count(*) as staged,
      count(case when slot_end = ${slotEnd} and window_hours = ${windowHours} then 1 end) as in_slot,
      cast(coalesce(sum(crc32(concat_ws('|', ${columns}))), 0) as signed) as checksum
    from ${sql.table(stagingOf(table))} where fence = ${fence}
  `.execute(db)
  const [row] = rows
  if (row === undefined) throw new Error('an aggregate without groups gave no row')
  return row
}

function verify(staged: string, isSame: boolean, counted: string): void {
  if (isSame) return
  throw new StoreError(
    `staging holds ${staged}, but Spark counted ${counted}; nothing was published, so run the slot again`,
    { code: 'mismatch' },
  )
}

async function replaceRows(db: Transaction<Tables>, table: SlotTable, run: SlotRun): Promise<void> {
  await db
    .deleteFrom(table)
    .where('slot_end', '=', run.slotEnd)
    .where('window_hours', '=', run.windowHours)
    .execute()
  const columns = sql.join(slotTables[table].map((column) => sql.ref(column)))
  await sql`
    insert into ${sql.table(table)} (${columns})
    select ${columns} from ${sql.table(stagingOf(table))} where fence = ${run.fence}
  `.execute(db)
}

/** Per author the newest sighting wins, within the batch (an author may stand under several terms) and over batches. */
async function upsertAuthors(db: Transaction<Tables>, { fence }: SlotRun): Promise<void> {
  // The table's name instead of VALUES(): MySQL deprecates the latter, MariaDB lacks MySQL's replacement.
  // Assignments run in this order, so `seen_at` comes last. Followers may differ between terms that saw the author in
  // the same second; the higher count makes the result independent of the order of rows.
  await sql`
    insert into author (author_id, name, screen_name, location, image, language, followers, seen_at)
    select author_id, left(name, 255), left(screen_name, 255), left(location, 255), left(image, 2048), left(language, 16), followers, seen_at
    from author_score_staging as sighting where fence = ${fence}
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
async function insertRejected(db: Transaction<Tables>, { fence }: SlotRun): Promise<void> {
  await sql`
    insert into rejected (rejected_id, object, block_start, record_number, reason, record, batch_id)
    select rejected_id, left(object, 1024), block_start, record_number, left(reason, 255), left(record, 2000), batch_id
    from rejected_staging where fence = ${fence}
    on duplicate key update rejected_id = rejected.rejected_id
  `.execute(db)
}

async function markPublished(db: Transaction<Tables>, run: SlotRun, counts: SlotCounts): Promise<void> {
  await db
    .updateTable('slot_run')
    .set({
      state: 'published',
      kernel: run.kernel,
      source_id: run.sourceId,
      batch_seq: BigInt(run.batchSeq),
      fence: run.fence,
      observations: BigInt(counts.observations),
      duplicates: BigInt(counts.duplicates),
      set_aside: BigInt(counts.setAside),
      rejected: BigInt(counts.rejected),
      cascades: BigInt(counts.rows.cascade_score.rows),
      authors: BigInt(counts.rows.author_score.rows),
      published_at: sql<Date>`utc_timestamp(6)`,
      started_at: run.startedAt,
    })
    .where('slot_end', '=', run.slotEnd)
    .where('window_hours', '=', run.windowHours)
    .executeTakeFirstOrThrow()
  // Their rejected records have come along.
  await db
    .updateTable('batch')
    .set((is) => ({ state: 'published', slot_end: is.fn.coalesce('slot_end', is.val(run.slotEnd)) }))
    .where('source_id', '=', run.sourceId)
    .where('state', '=', 'parsed')
    .where('seq', '<=', BigInt(run.batchSeq))
    .execute()
}
