import { open, rm, type FileHandle } from 'node:fs/promises'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { createBell } from './bell.ts'
import type { Clock } from '../clock.ts'
import { HEAD_BYTES, MOST_BYTES_A_CHARACTER, writeFrame, type NewFrame } from './frame.ts'
import { segmentFile, type RecoveredLog } from './segments.ts'
import { stateFrame, type Place, type SpoolState } from './spool-state.ts'

/** Writes bytes to a place of a file, like `FileHandle.write`; a test passes one that fails. */
export type WriteAt = (file: FileHandle, bytes: Uint8Array, at: number) => Promise<number>

export interface SpoolWriterOptions {
  readonly folder: string
  readonly log: RecoveredLog
  readonly source: string // whose positions are kept
  readonly mostBytes: number // not yet delivered; beyond, nothing more is taken
  readonly clock: Clock
  /** Why nothing can be written for the moment; null when it can again. */
  readonly onTrouble: (reason: string | null) => void
  readonly segmentBytes?: number
  readonly writeAt?: WriteAt
}

const SEGMENT_BYTES = 8 * 1024 * 1024
const GROUP_BYTES = 2 * 1024 * 1024 // two of the largest records, or 1,800 of a usual size
const RECENT_BYTES = 4 * 1024 * 1024
const SYNC_EVERY_MS = 1_000
const TRY_AGAIN_MS = 1_000

const writeToFile: WriteAt = async (file, bytes, at) =>
  (await file.write(bytes, 0, bytes.length, at)).bytesWritten

/**
 * The end of the log at which it grows. What comes while a write is under way is gathered and goes with the next: one
 * record at a time where they come slowly, a thousand where they come fast.
 *
 * Within milliseconds a record is in the hands of the system and safe from the death of this process; within a second
 * it is on the disk and safe from a power cut.
 */
export class SpoolWriter implements AsyncDisposable {
  /** Rings when records were written, when there may be room, and at the end. */
  readonly moved = createBell()
  /** Where the segments begin, in order; the last one grows. */
  readonly bases: number[]
  /** As it will be after the next write, and as it was after the last one. */
  #state: SpoolState
  #known: SpoolState
  #position: string | null
  #written: number
  readonly #group = Buffer.allocUnsafe(GROUP_BYTES)
  #gatheredBytes = 0
  #gatheredRecords = 0
  #recordsInWrite = 0
  #recent: readonly WrittenGroup[] = []
  #isStateNew = false
  #isEnded = false
  #file: FileHandle | undefined
  #syncing: Promise<void> | undefined
  readonly #work = createBell()
  readonly #closing = new AbortController()
  readonly #options: Required<SpoolWriterOptions>
  readonly #loop: Promise<void>

  constructor(options: SpoolWriterOptions) {
    this.#options = { segmentBytes: SEGMENT_BYTES, writeAt: writeToFile, ...options }
    this.#state = options.log.state
    this.#known = options.log.state
    this.#position = options.log.state.positions[options.source] ?? null
    this.#written = options.log.end
    this.bases = [...options.log.bases]
    this.#loop = this.#run()
  }

  /** The place up to which the log may be read. */
  get written(): number {
    return this.#written
  }

  /** Records that are in memory only; after the end, those that could not be written. */
  get unwritten(): number {
    return this.#gatheredRecords + this.#recordsInWrite
  }

  /** From where the source goes on, once what was taken so far is written. */
  get position(): string | null {
    return this.#position
  }

  /** True when nothing more comes: all there will ever be is written. */
  get isAtEnd(): boolean {
    return this.#isEnded && this.unwritten === 0
  }

  /** True when so much waits for its delivery that nothing more is taken. */
  get isFull(): boolean {
    return this.#written + this.#gatheredBytes - this.#state.sent.offset > this.#options.mostBytes
  }

  /** Takes a record; false when there is no room, and `moved` rings when there may be. */
  append(frame: Omit<NewFrame, 'kind'>): boolean {
    const room = GROUP_BYTES - this.#gatheredBytes - HEAD_BYTES
    if (this.isFull || !fits(frame.text, room)) return false
    this.#gatheredBytes = writeFrame(this.#group, this.#gatheredBytes, { kind: 'record', ...frame })
    this.#gatheredRecords += 1
    this.#work.ring()
    return true
  }

  /** What was written lately from a place on, from memory; undefined where only the file has it. */
  recentFrom(offset: number): Buffer | undefined {
    const group = this.#recent.find(({ at, bytes }) => at <= offset && offset < at + bytes.length)
    return group?.bytes.subarray(offset - group.at)
  }

  /** From where the source goes on after the records that were taken so far; null when it has come to its end. */
  setPosition(position: string | null): void {
    this.#position = position
    this.#isStateNew = true
    this.#work.ring()
  }

  /** Says that all before a place is delivered. */
  setSent(sent: Place): void {
    this.#state = { ...this.#state, sent }
    this.#isStateNew = true
    this.#work.ring()
    this.moved.ring()
  }

  /** Says that nothing more comes. */
  end(): void {
    this.#isEnded = true
    this.moved.ring()
  }

  /** Writes what is left, unless that fails; then `unwritten` says how many records are lost with this process. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.end()
    this.#closing.abort()
    this.#work.ring()
    await this.#loop
    await this.#syncing
    await this.#file?.datasync().catch(() => {})
    await this.#file?.close()
  }

  async #run(): Promise<void> {
    do {
      while (this.#gatheredRecords === 0 && !this.#isStateNew) {
        if (this.#closing.signal.aborted) return
        await this.#work.rung()
      }
      await nextTurn() // what comes at once is written at once
    } while (await this.#persist(this.#takeGathered()))
  }

  /** The records so far and what is known after them; a segment begins with what was known before. */
  #takeGathered(): Buffer {
    const head = this.#needsSegment() ? [stateFrame(this.#known)] : []
    const { [this.#options.source]: _, ...others } = this.#state.positions
    const positions = this.#position === null ? others : { ...others, [this.#options.source]: this.#position }
    const records = this.#gatheredRecords
    this.#state = { ...this.#state, records: this.#state.records + records, positions }
    this.#known = this.#state
    const group = this.#group.subarray(0, this.#gatheredBytes)
    this.#gatheredBytes = 0
    this.#gatheredRecords = 0
    this.#recordsInWrite = records
    this.#isStateNew = false
    return Buffer.concat([...head, group, stateFrame(this.#known)])
  }

  /** Writes to the end of the log, however long it takes; false when it fails and the writer is being closed. */
  async #persist(bytes: Buffer): Promise<boolean> {
    const { onTrouble, clock } = this.#options
    for (let isInTrouble = false; ; isInTrouble = true) {
      const isLast = this.#closing.signal.aborted
      try {
        await this.#write(bytes)
        if (isInTrouble) onTrouble(null)
        return true
      } catch (error) {
        onTrouble(error instanceof Error ? error.message : String(error))
      }
      if (isLast) return false
      await clock.sleep(TRY_AGAIN_MS, this.#closing.signal)
    }
  }

  async #write(bytes: Buffer): Promise<void> {
    if (this.#needsSegment()) await this.#beginSegment()
    const last = this.bases.at(-1) ?? 0
    this.#file ??= await open(segmentFile(this.#options.folder, last), 'r+')
    // Always to the same place, so that it goes over what an attempt before has left there.
    const at = this.#written - last
    for (let done = 0; done < bytes.length;) {
      done += await this.#options.writeAt(this.#file, bytes.subarray(done), at + done)
    }
    this.#remember({ at: this.#written, bytes })
    this.#written += bytes.length
    this.#recordsInWrite = 0
    this.moved.ring()
    this.#syncing ??= this.#syncSoon()
    await this.#removeDelivered()
  }

  #remember(group: WrittenGroup): void {
    let bytes = 0
    // The newest first, as far as they may be kept.
    const kept = [group, ...this.#recent.toReversed()].filter(
      (one) => (bytes += one.bytes.length) <= RECENT_BYTES,
    )
    this.#recent = kept.toReversed()
  }

  #needsSegment(): boolean {
    const last = this.bases.at(-1)
    return last === undefined || this.#written - last >= this.#options.segmentBytes
  }

  async #beginSegment(): Promise<void> {
    const file = await open(segmentFile(this.#options.folder, this.#written), 'w', 0o600)
    // All of the log before a segment is on the disk before the segment is.
    await this.#file?.datasync()
    await this.#file?.close()
    this.#file = file
    this.bases.push(this.#written)
  }

  async #removeDelivered(): Promise<void> {
    const { folder } = this.#options
    for (
      let next = this.bases[1];
      next !== undefined && next <= this.#state.sent.offset;
      next = this.bases[1]
    ) {
      await rm(segmentFile(folder, this.bases.shift() ?? 0), { force: true })
    }
  }

  async #syncSoon(): Promise<void> {
    await this.#options.clock.sleep(SYNC_EVERY_MS, this.#closing.signal)
    this.#syncing = undefined
    // A segment that is closed meanwhile was synced before.
    await this.#file?.datasync().catch(() => {})
  }
}

interface WrittenGroup {
  readonly at: number // in the log
  readonly bytes: Buffer
}

/** Counts the bytes of a text only where it may matter. */
function fits(text: string, bytes: number): boolean {
  return text.length * MOST_BYTES_A_CHARACTER <= bytes || Buffer.byteLength(text) <= bytes
}
