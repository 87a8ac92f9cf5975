import type { Kysely } from 'kysely'
import { sql } from 'kysely'

import { stagingTables } from './slot-tables.ts'
import type { SlotState, Tables } from './tables.ts'

/** What a slot has come to. */
export interface SlotStatus {
  readonly slotEnd: Date
  readonly windowHours: number
  readonly state: SlotState
  readonly kernel: string
  readonly observations: number | null
  readonly duplicates: number | null
  readonly setAside: number | null
  readonly rejected: number | null
  readonly authors: number | null
  readonly startedAt: Date
  readonly publishedAt: Date | null
  /** Observed retweets of those that the platform's counters claim, 0 to 1 or above where counters lag; null if unknown. */
  readonly coverage: number | null
}

/** Where the raw objects of one source have come to. */
export interface SourceStatus {
  readonly inputs: readonly string[]
  readonly term: string | null
  readonly batches: number
  /** Batches that a run froze and did not bring to silver. */
  readonly frozen: number
  /** Objects that were deleted before they were read. */
  readonly gone: number
  readonly objects: number
  readonly bytes: number
  readonly rejected: number
  readonly silverFolders: number
  readonly newest: Date | null
}

/** What `store status` shows. */
export interface StoreStatus {
  readonly now: Date
  readonly lease: { readonly holder: string; readonly fence: bigint; readonly isHeld: boolean } | undefined
  /** The newest slots first. */
  readonly slots: readonly SlotStatus[]
  readonly sources: readonly SourceStatus[]
  /** Rows that wait to be published, or that a run left. */
  readonly staged: number
  /** Unusable records by reason, the most frequent first. */
  readonly rejections: readonly { readonly reason: string; readonly records: number }[]
  /** Deletions that are asked for and not done yet. */
  readonly pendingDeletions: number
}

/** Reads where everything stands. @param slots how many slots */
export async function readStatus(db: Kysely<Tables>, slots: number): Promise<StoreStatus> {
  const { rows } = await sql<{ readonly time: Date }>`select utc_timestamp(6) as time`.execute(db)
  return {
    now: rows[0]?.time ?? new Date(),
    lease: await leaseOf(db),
    slots: await slotsOf(db, slots),
    sources: await sourcesOf(db),
    staged: await stagedRows(db),
    rejections: await rejectionsOf(db),
    pendingDeletions: await pendingDeletions(db),
  }
}

/** The ends of the published slots of a window, from a time on, and the last one before it. */
export async function publishedSlotEnds(
  db: Kysely<Tables>,
  { windowHours, since }: { readonly windowHours: number; readonly since: Date },
): Promise<readonly Date[]> {
  const rows = await db
    .selectFrom('slot_run')
    .select('slot_end')
    .where('state', '=', 'published')
    .where('window_hours', '=', windowHours)
    .where((is) =>
      is(
        'slot_end',
        '>=',
        is.fn.coalesce(
          is
            .selectFrom('slot_run as before')
            .select((of) => of.fn.max('before.slot_end').as('last'))
            .where('before.state', '=', 'published')
            .where('before.window_hours', '=', windowHours)
            .where('before.slot_end', '<', since),
          is.val(since),
        ),
      ),
    )
    .orderBy('slot_end')
    .execute()
  return rows.map(({ slot_end }) => slot_end)
}

async function leaseOf(db: Kysely<Tables>): Promise<StoreStatus['lease']> {
  const row = await db
    .selectFrom('lease')
    .select(['holder', 'fence'])
    .select(sql<number | bigint>`expires_at > utc_timestamp(6)`.as('is_held'))
    .executeTakeFirst()
  return row && { holder: row.holder, fence: row.fence, isHeld: Number(row.is_held) === 1 }
}

async function slotsOf(db: Kysely<Tables>, limit: number): Promise<readonly SlotStatus[]> {
  const rows = await db
    .selectFrom('slot_run')
    .selectAll()
    .orderBy('slot_end', 'desc')
    .orderBy('window_hours')
    .limit(limit)
    .execute()
  return Promise.all(
    rows.map(async (row) => ({
      slotEnd: row.slot_end,
      windowHours: row.window_hours,
      state: row.state,
      kernel: row.kernel,
      observations: numberOrNull(row.observations),
      duplicates: numberOrNull(row.duplicates),
      setAside: numberOrNull(row.set_aside),
      rejected: numberOrNull(row.rejected),
      authors: numberOrNull(row.authors),
      startedAt: row.started_at,
      publishedAt: row.published_at,
      coverage: await coverageOf(db, row),
    })),
  )
}

async function coverageOf(
  db: Kysely<Tables>,
  slot: { readonly slot_end: Date; readonly window_hours: number },
): Promise<number | null> {
  const { observed, claimed } = await db
    .selectFrom('author_score')
    .select((is) => [
      is.fn.sum<string | null>('retweets').as('observed'),
      is.fn.sum<string | null>('claimed_retweets').as('claimed'),
    ])
    .where('slot_end', '=', slot.slot_end)
    .where('window_hours', '=', slot.window_hours)
    .where('claimed_retweets', 'is not', null)
    .executeTakeFirstOrThrow()
  return Number(claimed) > 0 ? Number(observed) / Number(claimed) : null
}

async function sourcesOf(db: Kysely<Tables>): Promise<readonly SourceStatus[]> {
  const { rows } = await sql<{
    readonly inputs: string
    readonly term: string | null
    readonly batches: bigint
    readonly frozen: bigint
    readonly gone: bigint
    readonly objects: string | null
    readonly bytes: string | null
    readonly rejected: string | null
    readonly silver_folders: bigint
    readonly newest: Date | null
  }>`
    select source.inputs, source.term, count(batch.batch_id) as batches,
      count(case when batch.state = 'frozen' then 1 end) as frozen,
      (select count(*) from batch_object join batch as of_object on of_object.batch_id = batch_object.batch_id
        where of_object.source_id = source.source_id and is_gone = 1) as gone,
      sum(batch.objects) as objects, sum(batch.bytes) as bytes, sum(batch.rejected) as rejected,
      (select count(*) from silver where silver.source_id = source.source_id and retired_at is null) as silver_folders,
      (select max(newest) from silver where silver.source_id = source.source_id and retired_at is null) as newest
    from source left join batch on batch.source_id = source.source_id
    group by source.source_id, source.inputs, source.term, source.created_at
    order by source.created_at`.execute(db)
  return rows.map((row) => ({
    inputs: inputsOf(row.inputs),
    term: row.term,
    batches: Number(row.batches),
    frozen: Number(row.frozen),
    gone: Number(row.gone),
    objects: Number(row.objects ?? 0),
    bytes: Number(row.bytes ?? 0),
    rejected: Number(row.rejected ?? 0),
    silverFolders: Number(row.silver_folders),
    newest: row.newest,
  }))
}

function inputsOf(json: string): readonly string[] {
  const parsed: unknown = JSON.parse(json)
  return Array.isArray(parsed) ? parsed.map(String) : []
}

async function stagedRows(db: Kysely<Tables>): Promise<number> {
  let total = 0
  for (const table of stagingTables) {
    const { rows } = await db
      .selectFrom(table)
      .select((is) => is.fn.countAll<bigint>().as('rows'))
      .executeTakeFirstOrThrow()
    total += Number(rows)
  }
  return total
}

const REASONS = 10

async function rejectionsOf(db: Kysely<Tables>): Promise<StoreStatus['rejections']> {
  const rows = await db
    .selectFrom('rejected')
    .select('reason')
    .select((is) => is.fn.countAll<bigint>().as('records'))
    .groupBy('reason')
    .orderBy('records', 'desc')
    .limit(REASONS)
    .execute()
  return rows.map(({ reason, records }) => ({ reason, records: Number(records) }))
}

async function pendingDeletions(db: Kysely<Tables>): Promise<number> {
  const { asked } = await db
    .selectFrom('deletion')
    .select((is) => is.fn.countAll<bigint>().as('asked'))
    .where('done_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(asked)
}

const numberOrNull = (count: bigint | null): number | null => (count === null ? null : Number(count))
