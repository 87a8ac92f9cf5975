import type { FirehoseClient } from '@aws-sdk/client-firehose'
import { backOffMs } from './back-off.ts'
import { createBell, type Bell } from './bell.ts'
import type { Clock } from '../clock.ts'
import type { CollectCounts } from './counts.ts'
import { Lane } from './lane.ts'
import { putBatch } from './put-batch.ts'
import type { SpoolReader, SpooledRecord } from './spool-reader.ts'
import type { Place } from './spool-state.ts'

export interface DeliverOptions {
  readonly firehose: FirehoseClient
  readonly stream: string
  readonly reader: Pick<SpoolReader, 'next' | 'place'>
  /** Records before this byte of the log have waited already, for a collector that is gone. */
  readonly backlogEnd: number
  readonly counts: CollectCounts
  readonly clock: Clock
  /** By chance, from 0 to 1. */
  readonly random: () => number
  /** Ends it at once, whatever is in flight; what is not delivered stays in the spool. */
  readonly signal: AbortSignal
  /** Aborted when a batch need not wait any longer to become full. */
  readonly hurry: AbortSignal
  /** All before the place is delivered. */
  readonly onSent: (place: Place) => void
  /** Why Firehose takes nothing for the moment; null when it does again. */
  readonly onTrouble: (reason: string | null) => void
}

const LANES = 4 // batches in flight
const LINGER_MS = 1_000
const TROUBLE_FROM_ATTEMPT = 3
const LONGEST_LAST_PAUSE_MS = 1_000

/** Records on their way from the spool to Firehose. */
export interface Delivery {
  /** Resolves when the spool has no more, or at the signal; rejects when it cannot be read. */
  readonly done: Promise<void>
  /** Since when the oldest record waits of those that go next; undefined when none does. */
  readonly oldestSinceMs: () => number | undefined
}

/**
 * Sends records from the spool to Firehose in batches, as often as it takes.
 *
 * Each cascade's records go through one of four lanes, a lane has one batch in flight, and what Firehose did not take
 * goes again before all that came later. So no record arrives before one of an earlier batch of its cascade; within
 * a batch that was taken in part, those that failed arrive after the others.
 */
export function deliver(options: DeliverOptions): Delivery {
  const lanes = Array.from({ length: LANES }, () => new Lane())
  const { reader, signal, hurry } = options
  const work: Work = {
    ...options,
    lanes,
    room: createBell(),
    isInTrouble: false,
    fedTo: reader.place,
    isFed: false,
  }
  for (const one of [signal, hurry]) one.addEventListener('abort', () => ringAll(work))
  const emptied = lanes.map((lane) => emptyLane(work, lane))
  const run = async (): Promise<void> => {
    try {
      await feedLanes(work)
    } finally {
      work.isFed = true
      ringAll(work)
      await Promise.all(emptied)
    }
  }
  return { done: run(), oldestSinceMs: () => oldestOf(lanes)?.sinceMs }
}

interface Work extends DeliverOptions {
  readonly lanes: readonly Lane[]
  /** Rings when a lane may have room again. */
  readonly room: Bell
  isInTrouble: boolean
  /** All before is in a lane, or delivered. */
  fedTo: Place
  isFed: boolean
}

async function feedLanes(work: Work): Promise<void> {
  const { reader, room, signal } = work
  for (let block = await reader.next(signal); block !== undefined; block = await reader.next(signal)) {
    for (const record of block) {
      work.fedTo = record.place
      while (!addToLane(work, record)) {
        if (signal.aborted) return
        await room.rung()
      }
    }
    work.fedTo = reader.place
  }
}

/** False when the lane is full. */
function addToLane({ lanes, clock, backlogEnd }: Work, record: SpooledRecord): boolean {
  const lane = lanes[record.lane % LANES]
  if (lane === undefined || lane.isFull) return false
  lane.add(record, record.place.offset < backlogEnd ? 0 : clock.now())
  return true
}

async function emptyLane(work: Work, lane: Lane): Promise<void> {
  const { signal, counts, room } = work
  for (let attempts = 0; await hasBatch(work, lane);) {
    const batch = lane.take()
    const { failed, reason } = await putBatch({ ...work, records: batch })
    lane.settle(failed)
    const sent = batch.length - failed.length
    counts.sent += sent
    counts.spooled -= sent
    if (sent > 0) work.onSent(oldestOf(work.lanes)?.place ?? work.fedTo)
    room.ring()
    if (sent > 0) attempts = 0
    if (failed.length > 0) attempts += 1
    tellTrouble(work, { attempts, reason })
    if (failed.length === 0 || signal.aborted) continue
    counts.retried += failed.length
    await pause(work, attempts)
  }
}

/** Waits before the next attempt; when all is to end, not as long, so that a Firehose that is back is not missed. */
async function pause({ clock, random, signal, hurry }: Work, attempts: number): Promise<void> {
  const ms = backOffMs(attempts, random())
  await (hurry.aborted ? clock.sleep(Math.min(ms, LONGEST_LAST_PAUSE_MS), signal) : clock.sleep(ms, hurry))
}

/** Tells that Firehose takes nothing once it did so several times, and that it does once it takes anything. */
function tellTrouble(
  work: Work,
  { attempts, reason }: { readonly attempts: number; readonly reason: string | null },
): void {
  const isInTrouble = attempts >= TROUBLE_FROM_ATTEMPT || (attempts > 1 && work.isInTrouble)
  if (isInTrouble === work.isInTrouble || work.signal.aborted) return
  work.isInTrouble = isInTrouble
  work.onTrouble(isInTrouble ? reason : null)
}

/** Waits until a lane has a batch that should go; false when it never will. */
async function hasBatch(work: Work, lane: Lane): Promise<boolean> {
  const { signal, hurry, clock } = work
  while (!signal.aborted) {
    if (lane.isEmpty && work.isFed) return false
    const leftMs = lane.waitingSinceMs + LINGER_MS - clock.now()
    if (lane.isEmpty) await lane.changed.rung()
    else if (lane.isFull || work.isFed || hurry.aborted || leftMs <= 0) return true
    else await rungWithin(leftMs, { bell: lane.changed, clock })
  }
  return false
}

function ringAll({ room, lanes }: Work): void {
  room.ring()
  for (const { changed } of lanes) changed.ring()
}

interface Waiting {
  readonly bell: Bell
  readonly clock: Clock
}

async function rungWithin(ms: number, { bell, clock }: Waiting): Promise<void> {
  const over = new AbortController()
  await Promise.race([bell.rung(), clock.sleep(ms, over.signal)])
  over.abort()
}

function oldestOf(lanes: readonly Lane[]): SpooledRecord | undefined {
  let first: SpooledRecord | undefined
  for (const { oldest } of lanes) {
    if (oldest && (!first || oldest.place.offset < first.place.offset)) first = oldest
  }
  return first
}
