import { createBell } from './bell.ts'
import type { SpooledRecord } from './spool-reader.ts'

/** What Firehose takes at once. @see https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html */
const MOST_RECORDS = 500
const MOST_BATCH_BYTES = 4 * 1024 * 1024
export const MOST_RECORD_BYTES = 1_000 * 1024

/**
 * Records that go one batch after the other. All records of a cascade take the same lane, so that none overtakes
 * another of an earlier batch.
 */
export class Lane {
  /** Rings when it has its first record, and when it is full. */
  readonly changed = createBell()
  #waiting: SpooledRecord[] = []
  #bytes = 0
  #inFlight: readonly SpooledRecord[] = []
  /** Since when the first of those that wait does; on the clock of whoever adds. */
  waitingSinceMs = 0

  get isEmpty(): boolean {
    return this.#waiting.length === 0
  }

  /** True when a batch is full. */
  get isFull(): boolean {
    return this.#waiting.length >= MOST_RECORDS || this.#bytes >= MOST_BATCH_BYTES
  }

  /** The record that has waited longest, sent but not yet delivered ones included. */
  get oldest(): SpooledRecord | undefined {
    return this.#inFlight[0] ?? this.#waiting[0]
  }

  add(record: SpooledRecord, nowMs: number): void {
    const isFirst = this.isEmpty
    if (isFirst) this.waitingSinceMs = nowMs
    this.#waiting.push(record)
    this.#bytes += record.data.length
    if (isFirst || this.isFull) this.changed.ring()
  }

  /** Takes the next batch out: as many of those that wait as Firehose takes at once. */
  take(): readonly SpooledRecord[] {
    let bytes = 0
    let count = 0
    for (const { data } of this.#waiting) {
      bytes += data.length
      if (count === MOST_RECORDS || bytes > MOST_BATCH_BYTES) break
      count += 1
    }
    this.#inFlight = this.#waiting.splice(0, count)
    this.#bytes -= this.#inFlight.reduce((sum, { data }) => sum + data.length, 0)
    return this.#inFlight
  }

  /** Says how the batch in flight ended; what failed goes again, before all that came after it. */
  settle(failed: readonly SpooledRecord[]): void {
    this.#waiting.unshift(...failed)
    this.#bytes += failed.reduce((sum, { data }) => sum + data.length, 0)
    this.#inFlight = []
  }
}

/** Which lane the records of a cascade take, 0 to 255: equal for equal ids, even for others (FNV-1a, folded). */
export function laneOf(rootId: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < rootId.length; at++) hash = Math.imul(hash ^ rootId.charCodeAt(at), 0x01000193)
  return (hash ^ (hash >>> 8) ^ (hash >>> 16) ^ (hash >>> 24)) & 0xff
}
