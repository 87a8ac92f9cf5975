import type { Source } from '../collect/source.ts'
import { collectSimulated } from '../collect/sources/simulate-at-rate.ts'
import { SIMULATED_TERMS, simulateRecords } from '../collect/sources/simulate.ts'
import { vaderMood } from '../collect/sentiment/mood.ts'
import type { ManualClock } from '../local/manual-clock.ts'

/** Below which keys the demo's objects lie. */
export const DEMO_PREFIX = 'demo/'
/** How long the demo's Firehose gathers records; a slot is scored that long after its end, when its buffer is empty. */
export const BUFFER_SECONDS = 120
const SLOT_MS = 15 * 60_000
const FIRST_SLOT_MS = Date.UTC(2018, 11, 9, 19, 15)
/** The slots that the demo scores, one after the other. */
export const DEMO_SLOTS = [0, 1, 2].map((index) => new Date(FIRST_SLOT_MS + index * SLOT_MS))
/** When the demo's stream begins. */
export const STREAM_START_MS = Date.UTC(2018, 11, 9, 13)
const STREAM_END_MS = FIRST_SLOT_MS + 2 * SLOT_MS + BUFFER_SECONDS * 1_000

/**
 * The demo's stream as it arrives: each call gives the records that came between the end of the call before and a moment.
 * The clock shows when each of them does.
 */
export function demoStream(
  options: { readonly seed: number; readonly records: number },
  clock: ManualClock,
): (untilMs: number) => Source {
  const times = { startMs: STREAM_START_MS, endMs: STREAM_END_MS }
  const records = simulateRecords({ ...options, ...times, terms: SIMULATED_TERMS.slice(0, 3) })
  const mood = vaderMood()
  let next = records.next()
  let made = 0
  return (untilMs) =>
    async function* arriving({ term, signal, onEvent }) {
      while (next.done !== true && next.value.arrivedAtMs <= untilMs && !signal.aborted) {
        const { data, arrivedAtMs } = next.value
        clock.moveTo(arrivedAtMs)
        made += 1
        yield* collectSimulated(data, { term, mood, position: String(made), now: clock.nowMs, onEvent })
        next = records.next()
      }
    }
}
