import { z } from 'zod'
import { HEAD_BYTES, MOST_BYTES_A_CHARACTER, writeFrame } from './frame.ts'

const count = z.int().min(0)

/** A place in the log: its byte, and how many records stand before it. Both count from the first record ever spooled. */
const Place = z.object({ offset: count, records: count }).readonly()
export type Place = z.infer<typeof Place>

/**
 * What the spool knows beside its records. It is written into the log itself, after the records that it speaks of: so a
 * position never gets ahead of them, whenever the process dies.
 */
const SpoolState = z
  .object({
    records: count, // before this state, delivered or not
    sent: Place, // all before are delivered
    positions: z.record(z.string(), z.string()).readonly(), // from where each source goes on
  })
  .readonly()
export type SpoolState = z.infer<typeof SpoolState>

export const EMPTY_STATE: SpoolState = { records: 0, sent: { offset: 0, records: 0 }, positions: {} }

/** The state as a frame of its own. */
export function stateFrame(state: SpoolState): Buffer {
  const text = JSON.stringify(state)
  const frame = Buffer.alloc(HEAD_BYTES + text.length * MOST_BYTES_A_CHARACTER)
  return frame.subarray(0, writeFrame(frame, 0, { kind: 'state', lane: 0, sinceMs: 0, text }))
}

/** @throws when the payload is no state, which the checksum makes next to impossible */
export function readState(payload: Buffer): SpoolState {
  return SpoolState.parse(JSON.parse(payload.toString()))
}
