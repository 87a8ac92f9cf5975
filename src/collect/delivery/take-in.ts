import type { CollectedRecord } from '../source.ts'
import type { Clock } from '../clock.ts'
import type { CollectCounts } from './counts.ts'
import { MOST_BYTES_A_CHARACTER } from './frame.ts'
import { laneOf, MOST_RECORD_BYTES } from './lane.ts'
import type { RefusedFile } from './refused-file.ts'
import type { SpoolWriter } from './spool-writer.ts'

export interface TakeInOptions {
  readonly records: AsyncIterable<CollectedRecord>
  readonly writer: SpoolWriter
  readonly counts: CollectCounts
  readonly refused: RefusedFile
  readonly clock: Clock
  readonly endsLines: boolean // the stream does; else each record gets a line end here
  readonly isLive: boolean
  readonly mostPosts: number
  readonly signal: AbortSignal
  /** Why the source is held back; null when it no longer is. */
  readonly onHeld: (reason: string | null) => void
}

/** Puts what a source gives into the spool, and holds the source back where that is full. Ends with the source or at the signal. */
export async function takeIn(options: TakeInOptions): Promise<void> {
  const { records, writer, counts, signal, mostPosts } = options
  for await (const record of records) {
    counts.matched += 1
    const { data, position } = record
    const text = options.endsLines ? data : `${data}\n`
    // Most need not be counted: no character takes more than three bytes.
    const textBytes = text.length * MOST_BYTES_A_CHARACTER <= MOST_RECORD_BYTES ? 0 : Buffer.byteLength(text)
    if (textBytes > MOST_RECORD_BYTES) refuse(options, { data, textBytes })
    else if (!(await spooled(options, { record, text }))) return
    if (position === null) await untilWritten(options)
    else writer.setPosition(position)
    if (counts.matched >= mostPosts || signal.aborted) return
  }
  // What came to its end begins anew when it is collected again.
  if (!signal.aborted) writer.setPosition(null)
}

/** A source that cannot give a record again is not asked for the next before this one is out of our memory. */
async function untilWritten({ writer, signal }: TakeInOptions): Promise<void> {
  while (writer.unwritten > 0 && !signal.aborted) await writer.moved.rung()
}

function refuse(
  { counts, refused }: TakeInOptions,
  { data, textBytes }: { readonly data: string; readonly textBytes: number },
): void {
  counts.refused += 1
  refused.keep({ reason: `${textBytes} bytes; Firehose takes at most ${MOST_RECORD_BYTES} a record`, data })
}

/** Waits until the spool has room; false when the signal came first, and the record is not taken. */
async function spooled(
  options: TakeInOptions,
  { record, text }: { readonly record: CollectedRecord; readonly text: string },
): Promise<boolean> {
  const { writer, counts, clock, isLive, signal, onHeld } = options
  const sinceMs = isLive ? record.tweetedAtMs : clock.now()
  const frame = { lane: laneOf(record.rootId), sinceMs, text }
  let isHeld = false
  while (!writer.append(frame)) {
    if (signal.aborted) return false
    if (writer.isFull && !isHeld) onHeld('the spool holds as much as it may')
    isHeld ||= writer.isFull
    await writer.moved.rung()
  }
  if (isHeld) onHeld(null)
  counts.spooled += 1
  return true
}
