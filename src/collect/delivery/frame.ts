import { crc32 } from 'node:zlib'

/** What a frame of the spool holds: a record on its way, or what is known at that point of the log. */
export type FrameKind = 'record' | 'state'

/** A frame to be written. */
export interface NewFrame {
  readonly kind: FrameKind
  readonly lane: number // 0 to 255, the same for all records of one cascade
  readonly sinceMs: number // since when a record waits, milliseconds since 1970
  readonly text: string
}

/** A frame as it was read; `payload` is a view of the bytes that it was read from. */
export interface ReadFrame {
  readonly kind: FrameKind
  readonly lane: number
  readonly sinceMs: number
  readonly payload: Buffer
  readonly bytes: number // of the whole frame
}

/**
 * What stands before each payload: its length and the CRC-32 of all that follows (each 4 bytes), the kind and the lane
 * (each 1), and since when the record waits (8). Little-endian.
 */
export const HEAD_BYTES = 18
const CRC_AT = 4
const CHECKED_FROM = 8
const LANE_AT = 9
const SINCE_AT = 10
const KINDS: readonly FrameKind[] = ['record', 'state']

/** The most bytes that a character of a text (a UTF-16 unit) takes. */
export const MOST_BYTES_A_CHARACTER = 3

/** Writes a frame; the caller has made sure that it fits, at three bytes a character. @returns where it ends */
export function writeFrame(into: Buffer, at: number, { kind, lane, sinceMs, text }: NewFrame): number {
  const textBytes = into.write(text, at + HEAD_BYTES, 'utf8')
  const end = at + HEAD_BYTES + textBytes
  into.writeUInt32LE(textBytes, at)
  // Never 0, which is what a file system may leave after a power cut.
  into[at + CHECKED_FROM] = KINDS.indexOf(kind) + 1
  into[at + LANE_AT] = lane
  into.writeDoubleLE(sinceMs, at + SINCE_AT)
  into.writeUInt32LE(crc32(into.subarray(at + CHECKED_FROM, end)), at + CRC_AT)
  return end
}

/** How many bytes the frame that begins here says to have; undefined where not even its head is whole. */
export function frameBytes(bytes: Buffer, at: number): number | undefined {
  return at + HEAD_BYTES > bytes.length ? undefined : HEAD_BYTES + bytes.readUInt32LE(at)
}

/** Reads the frame that begins here; undefined where it is cut off or was not written like this. */
export function readFrame(bytes: Buffer, at: number): ReadFrame | undefined {
  const size = frameBytes(bytes, at)
  if (size === undefined || at + size > bytes.length) return undefined
  const checked = bytes.subarray(at + CHECKED_FROM, at + size)
  const kind = KINDS[(checked[0] ?? 0) - 1]
  if (kind === undefined || crc32(checked) !== bytes.readUInt32LE(at + CRC_AT)) return undefined
  return {
    kind,
    lane: checked[LANE_AT - CHECKED_FROM] ?? 0,
    sinceMs: bytes.readDoubleLE(at + SINCE_AT),
    payload: bytes.subarray(at + HEAD_BYTES, at + size),
    bytes: size,
  }
}
