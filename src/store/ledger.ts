import { randomUUID } from 'node:crypto'

import type { Kysely } from 'kysely'

import { compareSlot, type TableComparison } from './compare-slot.ts'
import {
  addDeletions,
  countSubjects,
  forgottenHashes,
  markForgotten,
  removeSubjects,
  type DeletionReason,
  type Subject,
} from './deletions.ts'
import type { Lease } from './lease.ts'
import {
  allSources,
  freezeBatch,
  frozenBatches,
  hasPendingBatch,
  markGone,
  newObjects,
  sourceIdOf,
  sourceState,
  type Batch,
  type RawObject,
  type RawSource,
  type SourceState,
} from './manifest.ts'
import { pruneStore, type PruneReport } from './prune.ts'
import { findPublishedRun, objectsUpTo, type PublishedRun } from './published-run.ts'
import type { SlotCounts } from './publish.ts'
import { publishSlot } from './publish.ts'
import {
  recordSilver,
  replaceSilver,
  retiredSilver,
  retireSilver,
  silverPaths,
  forgetSilver,
  silverOf,
  type ParsedFolder,
  type RetiredFolder,
  type SilverFolder,
} from './silver-folders.ts'
import { abandonSlot, beginSlot, type SlotRun, type SlotToScore } from './slot-runs.ts'
import { emptyStaging } from './staging.ts'
import { StoreError } from './store-error.ts'
import type { Tables } from './tables.ts'

/** Runs a piece of work on the database, again after trouble that passes. */
export type RunWork = <Result>(work: () => Promise<Result>) => Promise<Result>

/**
 * What one run may write while it holds the lease: batches of raw objects, the folders of silver, slots. Every method
 * throws StoreError, `held` once another run has taken the lease.
 */
export class Ledger implements AsyncDisposable {
  readonly #db: Kysely<Tables>
  readonly #run: RunWork
  readonly #lease: Lease

  constructor(db: Kysely<Tables>, lease: Lease, run: RunWork) {
    this.#db = db
    this.#lease = lease
    this.#run = run
  }

  get fence(): bigint {
    return this.#lease.fence
  }

  /** Aborted when another run has taken the lease, or with the caller's own signal. */
  get signal(): AbortSignal {
    return this.#lease.signal
  }

  /** Those of the listed objects that no batch of the source holds. */
  newObjects(source: RawSource, listed: readonly RawObject[]): Promise<readonly RawObject[]> {
    return this.#run(() => newObjects(this.#db, source, listed))
  }

  /** Keeps a list of objects as the source's next batch. */
  freeze(source: RawSource, slotEnd: Date | undefined, objects: readonly RawObject[]): Promise<Batch> {
    const list = { batchId: randomUUID(), source, slotEnd, objects, fence: this.fence }
    return this.#run(() => freezeBatch(this.#db, list))
  }

  /** Batches whose records are not in silver yet, in order. */
  frozen(source: RawSource): Promise<readonly Batch[]> {
    return this.#run(() => frozenBatches(this.#db, source))
  }

  /** Whether a run before froze the slot's list and did not get to publish it. */
  hasPending(source: RawSource, slotEnd: Date): Promise<boolean> {
    return this.#run(() => hasPendingBatch(this.#db, source, slotEnd))
  }

  /** Notes that objects were deleted before they were read. */
  markGone(source: RawSource, gone: readonly RawObject[]): Promise<void> {
    return this.#run(() => markGone(this.#db, source, gone))
  }

  /** Names the folder that holds a batch's records from now on. */
  recordSilver(source: RawSource, batch: Batch, folder: ParsedFolder): Promise<void> {
    return this.#run(() => recordSilver(this.#db, { source, batch, folder, fence: this.fence }))
  }

  /** The folders of silver that count, in the order of their batches. */
  silver(source: RawSource): Promise<readonly SilverFolder[]> {
    return this.#run(() => silverOf(this.#db, source))
  }

  /** Names a folder in the place of others that hold the same batches. */
  replaceSilver(source: RawSource, old: readonly SilverFolder[], folder: ParsedFolder): Promise<void> {
    return this.#run(() => replaceSilver(this.#db, { source, old, folder, fence: this.fence }))
  }

  /** Folders that were replaced at least so long ago, and that are still there. */
  retiredSilver(olderThanSeconds: number): Promise<readonly RetiredFolder[]> {
    return this.#run(() => retiredSilver(this.#db, olderThanSeconds))
  }

  /** Retires folders whose newest tweet is older, and says how many they were. */
  retireSilver(oldest: Date): Promise<number> {
    return this.#run(() => retireSilver(this.#db, oldest))
  }

  /** Every path that the manifest names, retired ones too. */
  silverPaths(): Promise<readonly string[]> {
    return this.#run(() => silverPaths(this.#db))
  }

  /** Removes slots that ended before a time, and rejected records as old. */
  prune(oldest: Date): Promise<PruneReport> {
    return this.#run(() => pruneStore(this.#db, oldest))
  }

  /** Leaves retired folders out of the manifest for good, once they are removed. */
  forgetSilver(folders: readonly RetiredFolder[]): Promise<void> {
    return this.#run(() => forgetSilver(this.#db, folders))
  }

  /** All sources that were ever read. */
  sources(): Promise<readonly RawSource[]> {
    return this.#run(() => allSources(this.#db))
  }

  /** Notes that subjects are to be forgotten, by this run and in all batches to come. */
  addDeletions(subjects: readonly Subject[], reason: DeletionReason): Promise<void> {
    return this.#run(() => addDeletions(this.#db, subjects, reason))
  }

  /** The hashes of all that is forgotten. */
  forgottenHashes(): Promise<readonly string[]> {
    return this.#run(() => forgottenHashes(this.#db))
  }

  /** Removes subjects from every slot of every table, and says how many rows that were. */
  removeSubjects(subjects: readonly Subject[]): Promise<number> {
    return this.#run(() => removeSubjects(this.#db, subjects))
  }

  /** How many rows of the tables still name one of the subjects. */
  countSubjects(subjects: readonly Subject[]): Promise<number> {
    return this.#run(() => countSubjects(this.#db, subjects))
  }

  /** Notes that subjects are gone. */
  markForgotten(subjects: readonly Subject[]): Promise<void> {
    return this.#run(() => markForgotten(this.#db, subjects))
  }

  /** How far the source's batches have come. */
  state(source: RawSource): Promise<SourceState> {
    return this.#run(() => sourceState(this.#db, source))
  }

  /** Opens a slot; Spark tags its staging rows with the run's fence. Readers notice nothing. */
  beginSlot(slot: SlotToScore, source: RawSource, batchSeq: number): Promise<SlotRun> {
    const attempt = { ...slot, sourceId: sourceIdOf(source), batchSeq, fence: this.fence }
    return this.#run(() => beginSlot(this.#db, attempt))
  }

  /** How the newest published slot that fits came about; undefined where there is none. */
  publishedRun(slot: {
    readonly slotEnd?: Date | undefined
    readonly windowHours: number
  }): Promise<PublishedRun | undefined> {
    return this.#run(() => findPublishedRun(this.#db, slot))
  }

  /** The raw objects of a source's batches up to one. */
  objectsUpTo(source: RawSource, batchSeq: number): Promise<readonly RawObject[]> {
    return this.#run(() => objectsUpTo(this.#db, sourceIdOf(source), batchSeq))
  }

  /** Compares what a run staged with what is published of its slot. */
  compare(run: SlotRun): Promise<readonly TableComparison[]> {
    return this.#run(() => compareSlot(this.#db, run))
  }

  /**
   * Replaces a slot's published rows by the run's staging rows in one transaction, after checking them against
   * Spark's counts. Safe to call again after any failure; one that is not `unreachable` gives the run up.
   */
  async publish(run: SlotRun, counts: SlotCounts): Promise<void> {
    try {
      await this.#run(() => publishSlot(this.#db, run, counts))
    } catch (error) {
      // Out of reach, the outcome is unknown: a repeated publish finds it out, a give-up could hide it.
      const isOutcomeKnown = !(error instanceof StoreError && error.code === 'unreachable')
      if (isOutcomeKnown) await this.abandon(run).catch(leaveToTheNextSweep)
      throw error
    }
    // Readers have the slot already.
    await this.#run(() => emptyStaging(this.#db, run.fence)).catch(leaveToTheNextSweep)
  }

  /** Gives a run up, as after a failure of Spark: its staging rows go, the published slot stays. */
  async abandon(run: SlotRun): Promise<void> {
    // Runs after an abort too, because that is when it is needed.
    await abandonSlot(this.#db, run)
  }

  [Symbol.asyncDispose](): PromiseLike<void> {
    return this.#lease[Symbol.asyncDispose]()
  }
}

function leaveToTheNextSweep(): void {
  // beginSlot sweeps what stays behind.
}
