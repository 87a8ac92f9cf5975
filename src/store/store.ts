import type { Kysely } from 'kysely'
import pRetry from 'p-retry'

import { connect } from './connection.ts'
import type { DatabaseAddress, TokenFor } from './database-url.ts'
import { parseDatabaseUrl, placeOf } from './database-url.ts'
import type { JdbcTarget } from './jdbc-target.ts'
import { jdbcTargetOf } from './jdbc-target.ts'
import { takeLease, type LeaseOptions } from './lease.ts'
import { Ledger } from './ledger.ts'
import type { Location } from './locations.ts'
import { readLocations, writeLocations } from './locations.ts'
import { migrateToLatest } from './migrations.ts'
import type { PublishedSlot, Reach, ReachQuery, SlotQuery } from './reach.ts'
import { findPublishedSlot, readReach } from './reach.ts'
import { StoreError } from './store-error.ts'
import { publishedSlotEnds, readStatus, type StoreStatus } from './store-status.ts'
import type { Tables } from './tables.ts'
import type { TopCountry, TopTopic } from './term-summaries.ts'
import { readCountries, readTopTopics } from './term-summaries.ts'
import type { RankingQuery, TopAuthor } from './top-authors.ts'
import { readTopAuthors } from './top-authors.ts'

/** How to reach the database. */
export interface StoreOptions {
  /** Such as `mysql://user:password@host:3306/ripplerank`; see `parseDatabaseUrl`. */
  readonly url: string
  /** For an address with `auth=iam`. */
  readonly tokenFor?: TokenFor
  readonly signal?: AbortSignal
}

const RETRIES = 3

/** MySQL or MariaDB as the job sees it. Every method throws StoreError, or the signal's reason once it is aborted. */
export class Store implements AsyncDisposable {
  readonly #db: Kysely<Tables>
  readonly #address: DatabaseAddress
  readonly #signal: AbortSignal | undefined

  constructor(db: Kysely<Tables>, address: DatabaseAddress, signal?: AbortSignal) {
    this.#db = db
    this.#address = address
    this.#signal = signal
  }

  /** Creates or alters the tables as needed and names the migrations that ran; an up-to-date database is not touched. */
  async migrate(): Promise<readonly string[]> {
    return this.#run(() => migrateToLatest(this.#db))
  }

  /**
   * Takes the lease, and with it the right to publish.
   * @throws StoreError `held` where another run has it
   */
  async openLedger(options: LeaseOptions): Promise<Ledger> {
    const signal = this.#signal
    const lease = await this.#run(() => takeLease(this.#db, { ...options, ...(signal && { signal }) }))
    return new Ledger(this.#db, lease, (work) => this.#run(work))
  }

  /** Reads the first `limit` authors of each term, by term, then rank. */
  async topAuthors(query: RankingQuery): Promise<readonly TopAuthor[]> {
    return this.#run(() => readTopAuthors(this.#db, query))
  }

  /** Reads the first `limit` topics of each term and kind, by term, kind and rank. */
  async topTopics(query: RankingQuery): Promise<readonly TopTopic[]> {
    return this.#run(() => readTopTopics(this.#db, query))
  }

  /** Reads the countries of each term, by term, the largest first. */
  async countries(query: Omit<RankingQuery, 'limit'>): Promise<readonly TopCountry[]> {
    return this.#run(() => readCountries(this.#db, query))
  }

  /** The countries of the locations that `resolver` or a person looked up before, by hash; null where there is none. */
  async knownLocations(
    hashes: readonly string[],
    resolver: string,
  ): Promise<ReadonlyMap<string, string | null>> {
    return this.#run(() => readLocations(this.#db, { hashes, resolver }))
  }

  /** Keeps what was found for locations. Readers of a slot notice nothing. */
  async rememberLocations(locations: readonly Location[]): Promise<void> {
    return this.#run(() => writeLocations(this.#db, locations))
  }

  /** The ends of the published slots of a window, from a time on, and the last one before it. */
  async publishedSlotEnds(query: {
    readonly windowHours: number
    readonly since: Date
  }): Promise<readonly Date[]> {
    return this.#run(() => publishedSlotEnds(this.#db, query))
  }

  /** Where slots, sources and the lease stand. @param slots how many slots */
  async status(slots: number): Promise<StoreStatus> {
    return this.#run(() => readStatus(this.#db, slots))
  }

  /** The newest published slot that fits; undefined where there is none. */
  async publishedSlot(query: SlotQuery): Promise<PublishedSlot | undefined> {
    return this.#run(() => findPublishedSlot(this.#db, query))
  }

  /** Reads authors of one term by rank, and who amplifies them. */
  async reach(query: ReachQuery): Promise<Reach> {
    return this.#run(() => readReach(this.#db, query))
  }

  /**
   * What Spark's JDBC writer needs to reach the same database, with a token that was made now where it takes tokens: for one
   * write that begins soon. Holds the password: for Spark's options only.
   */
  async jdbcTarget(): Promise<JdbcTarget> {
    const { token, password } = this.#address
    return { ...jdbcTargetOf(this.#address), password: token === undefined ? password : await token() }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#db.destroy()
  }

  /** Deadlocks and lost connections are tried again: every method may run twice without harm. */
  async #run<Result>(work: () => Promise<Result>): Promise<Result> {
    const signal = this.#signal
    try {
      return await pRetry(work, {
        retries: RETRIES,
        minTimeout: 100,
        shouldRetry: ({ error }) => isWorthRetrying(error),
        ...(signal && { signal }),
      })
    } catch (error) {
      signal?.throwIfAborted()
      return this.#fail(error)
    }
  }

  #fail(error: unknown): never {
    throw StoreError.from(error, placeOf(this.#address))
  }
}

/**
 * Connects to the database.
 * @throws StoreError within 10 s: `bad_url`, `unreachable`, `access_denied`, `unknown_database`, `insecure`
 * @example await using store = await openStore({ url: 'mysql://me:secret@127.0.0.1:3306/ripplerank' })
 */
export async function openStore({ url, tokenFor, signal }: StoreOptions): Promise<Store> {
  signal?.throwIfAborted()
  const address = parseDatabaseUrl(url, tokenFor)
  return new Store(await connect(address, signal), address, signal)
}

/** A lock that was waited for in vain is not retried: the wait took seconds, and the other run still has it. */
function isWorthRetrying(error: Error): boolean {
  const isLockHeld = 'code' in error && error.code === 'ER_LOCK_WAIT_TIMEOUT'
  return !isLockHeld && StoreError.from(error).isTransient
}
