import { setTimeout as sleep } from 'node:timers/promises'

import type { Kysely } from 'kysely'
import { sql } from 'kysely'

import { StoreError } from './store-error.ts'
import type { Tables } from './tables.ts'

/** The right to publish, while it lasts. */
export interface Lease extends AsyncDisposable {
  /** Higher than that of every holder before; what is published is checked against it. */
  readonly fence: bigint
  /** Aborted with a StoreError `held` once another run has taken the lease. */
  readonly signal: AbortSignal
}

export interface LeaseOptions {
  /** Who asks, in words for the one who is refused, such as `host 4711`. */
  readonly holder: string
  /** How long the lease outlives a holder that says nothing more. */
  readonly ttlSeconds?: number
  readonly signal?: AbortSignal | undefined
}

const NAME = 'slot'
const TTL_SECONDS = 20
/** A holder speaks up so many times within its time to live. */
const RENEWALS = 4
const POLL_MS = 250

interface Held {
  readonly holder: string
  /** Changes each time the holder renews it. */
  readonly expires_at: string
  readonly ttl_seconds: number
}

/**
 * Takes the lease, or waits as long as its holder says nothing: one that died leaves it behind.
 * @throws StoreError `held` as soon as the holder is seen to live
 */
export async function takeLease(db: Kysely<Tables>, options: LeaseOptions): Promise<Lease> {
  const { signal, ttlSeconds = TTL_SECONDS } = options
  const fence = await acquired(db, { ...options, ttlSeconds })
  const lost = new AbortController()
  const over = new AbortController()
  const renewing = renew(db, { fence, ttlSeconds, lost, over: over.signal })
  return {
    fence,
    signal: AbortSignal.any([lost.signal, ...(signal ? [signal] : [])]),
    async [Symbol.asyncDispose]() {
      over.abort()
      await renewing
      await release(db, fence).catch(() => undefined) // it runs out by itself
    },
  }
}

async function acquired(
  db: Kysely<Tables>,
  { holder, ttlSeconds, signal }: LeaseOptions & { readonly ttlSeconds: number },
): Promise<bigint> {
  await sql`insert ignore into lease values (${NAME}, '', 0, 0, utc_timestamp(6))`.execute(db)
  let seen: Held | undefined
  // By our own clock, which does not jump: the database's may.
  const begunMs = performance.now()
  for (;;) {
    const isDead = seen !== undefined && performance.now() - begunMs > seen.ttl_seconds * 1000
    const outcome = await tryToTake(db, { holder, ttlSeconds, isDead })
    if (typeof outcome === 'bigint') return outcome
    seen ??= outcome
    if (outcome.expires_at !== seen.expires_at) throw held(outcome.holder)
    await sleep(POLL_MS, undefined, { signal })
  }
}

interface Attempt {
  readonly holder: string
  readonly ttlSeconds: number
  /** Whether the holder was silent for its whole time to live. */
  readonly isDead: boolean
}

const tryToTake = (db: Kysely<Tables>, { holder, ttlSeconds, isDead }: Attempt): Promise<bigint | Held> =>
  db.transaction().execute(async (transaction) => {
    const row = await transaction
      .selectFrom('lease')
      .select(['holder', 'fence', 'ttl_seconds'])
      .select(sql<string>`cast(expires_at as char)`.as('expires_at'))
      .select(sql<number | bigint>`expires_at > utc_timestamp(6)`.as('is_held'))
      .where('name', '=', NAME)
      .forUpdate()
      .executeTakeFirstOrThrow()
    if (Number(row.is_held) === 1 && !isDead) return row
    const fence = row.fence + 1n
    await transaction
      .updateTable('lease')
      .set({ holder, fence, ttl_seconds: ttlSeconds, expires_at: inSeconds(ttlSeconds) })
      .where('name', '=', NAME)
      .execute()
    return fence
  })

interface Renewal {
  readonly fence: bigint
  readonly ttlSeconds: number
  readonly lost: AbortController
  readonly over: AbortSignal
}

async function renew(db: Kysely<Tables>, { fence, ttlSeconds, lost, over }: Renewal): Promise<void> {
  for (;;) {
    await sleep((ttlSeconds * 1000) / RENEWALS, undefined, { signal: over, ref: false }).catch(
      () => undefined,
    )
    if (over.aborted) return
    // A database that is away may come back in time; the fence decides, whenever this holder publishes.
    const isOurs = await extend(db, { fence, ttlSeconds }).catch(() => true)
    if (!isOurs) return lost.abort(held('another run, which took it over'))
  }
}

async function extend(
  db: Kysely<Tables>,
  { fence, ttlSeconds }: Pick<Renewal, 'fence' | 'ttlSeconds'>,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('lease')
    .set({ expires_at: inSeconds(ttlSeconds) })
    .where('name', '=', NAME)
    .where('fence', '=', fence)
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

const release = (db: Kysely<Tables>, fence: bigint) =>
  db
    .updateTable('lease')
    .set({ expires_at: inSeconds(0) })
    .where('name', '=', NAME)
    .where('fence', '=', fence)
    .execute()

/** By the database's clock, which all runs share. */
const inSeconds = (seconds: number) =>
  sql<Date>`utc_timestamp(6) + interval ${Math.round(seconds * 1e6)} microsecond`

const held = (holder: string): StoreError =>
  new StoreError(`the slot is held by ${holder}; nothing was published, so wait for it to end`, {
    code: 'held',
  })

/**
 * Makes sure, within a transaction, that a lease is still ours, and that nobody takes it before the transaction ends.
 * @throws StoreError `held`
 */
export async function holdFence(db: Kysely<Tables>, fence: bigint): Promise<void> {
  const row = await db
    .selectFrom('lease')
    .select(['holder', 'fence'])
    .where('name', '=', NAME)
    .forUpdate()
    .executeTakeFirst()
  if (row?.fence !== fence) throw held(row?.holder ?? 'nobody')
}
