import { open, rename, type FileHandle } from 'node:fs/promises'
import { frameBytes, readFrame } from './frame.ts'
import { segmentFile } from './segments.ts'
import { readState, type Place } from './spool-state.ts'
import type { SpoolWriter } from './spool-writer.ts'

/** A record as the spool gives it back. */
export interface SpooledRecord {
  readonly data: Buffer
  readonly lane: number
  readonly sinceMs: number
  readonly place: Place // of the record itself
}

interface SpoolReaderOptions {
  readonly folder: string
  readonly writer: SpoolWriter
  readonly from: Place
  /** A segment was not as it was written; its file is kept under the name, with `records` that cannot be read. */
  readonly onDamage: (damage: { readonly file: string; readonly records: number }) => void
}

const BLOCK_BYTES = 256 * 1024

interface Segment {
  readonly base: number
  readonly end: number // of what may be read of it
}

/** The other end of the log. What was just written comes from the system's memory, so that nothing is kept here for it. */
export class SpoolReader implements AsyncDisposable {
  #place: Place
  #opened: { readonly base: number; readonly file: FileHandle } | undefined
  #damaged: string | undefined
  readonly #options: SpoolReaderOptions

  constructor(options: SpoolReaderOptions) {
    this.#options = options
    this.#place = options.from
  }

  /** The place after the last record that was read. */
  get place(): Place {
    return this.#place
  }

  /** The next records in order; undefined when there will be none, or the signal was aborted (and `moved` rung). */
  async next(signal: AbortSignal): Promise<readonly SpooledRecord[] | undefined> {
    const { writer } = this.#options
    while (!signal.aborted) {
      if (this.#place.offset < writer.written) {
        const records = await this.#read(this.#segment())
        if (records.length > 0) return records
      } else if (writer.isAtEnd) return undefined
      else await writer.moved.rung()
    }
    return undefined
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#opened?.file.close()
  }

  /** The segment that is read, or the next one at its end. */
  #segment(): Segment {
    const { bases, written } = this.#options.writer
    const after = bases.findIndex((base) => base > this.#place.offset)
    const base = bases.at(after === -1 ? -1 : Math.max(0, after - 1)) ?? 0
    return { base, end: bases.find((next) => next > base) ?? written }
  }

  async #read(segment: Segment): Promise<readonly SpooledRecord[]> {
    this.#place = { ...this.#place, offset: Math.max(this.#place.offset, segment.base) }
    let bytes =
      this.#options.writer.recentFrom(this.#place.offset) ?? (await this.#bytesAt(segment, BLOCK_BYTES))
    const first = frameBytes(bytes, 0)
    if (first !== undefined && first > bytes.length) bytes = await this.#bytesAt(segment, first)
    const { offset } = this.#place
    const records = this.#parse(bytes)
    if (this.#place.offset === offset) await this.#skip(segment)
    return records
  }

  async #bytesAt({ base, end }: Segment, most: number): Promise<Buffer> {
    if (this.#opened?.base !== base) {
      await this.#opened?.file.close()
      this.#opened = { base, file: await open(segmentFile(this.#options.folder, base), 'r') }
    }
    const { offset } = this.#place
    const bytes = Buffer.allocUnsafe(Math.min(most, end - offset))
    const { bytesRead } = await this.#opened.file.read(bytes, 0, bytes.length, offset - base)
    return bytes.subarray(0, bytesRead)
  }

  #parse(bytes: Buffer): readonly SpooledRecord[] {
    const found: SpooledRecord[] = []
    let at = 0
    let { offset, records } = this.#place
    for (let frame = readFrame(bytes, 0); frame !== undefined; frame = readFrame(bytes, at)) {
      if (frame.kind === 'record') {
        const { payload: data, lane, sinceMs } = frame
        found.push({ data, lane, sinceMs, place: { offset, records } })
        records += 1
      } else if (this.#damaged !== undefined) records = this.#countLost(readState(frame.payload).records)
      at += frame.bytes
      offset += frame.bytes
    }
    this.#place = { offset, records }
    return found
  }

  /** Goes on with the next segment; the damaged one is left for a person to see. */
  async #skip({ base, end }: Segment): Promise<void> {
    const file = segmentFile(this.#options.folder, base)
    this.#damaged = `${file}.damaged`
    await rename(file, this.#damaged).catch(() => {})
    this.#place = { ...this.#place, offset: end }
  }

  /** The next state after a damage says how many records stood before it. */
  #countLost(records: number): number {
    this.#options.onDamage({ file: this.#damaged ?? '', records: records - this.#place.records })
    this.#damaged = undefined
    return records
  }
}
