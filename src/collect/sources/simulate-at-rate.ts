import { type Clock, systemClock } from '../clock.ts'
import { type CollectOptions, type Mood, collectRecord } from '../record/collect-record.ts'
import { refusal } from '../refusal.ts'
import { vaderMood } from '../sentiment/mood.ts'
import { SourceError } from '../source-error.ts'
import type { CollectedRecord, Source, SourceOptions } from '../source.ts'
import { recordsIn } from './replay/records-in.ts'
import { type SimulationOptions, simulateRecords } from './simulate.ts'

export interface SimulateOptions extends Omit<SimulationOptions, 'terms'> {
  readonly recordsPerSecond?: number // as many as possible without it
  readonly mood?: Mood
  readonly clock?: Clock
}

const SHORTEST_SLEEP_MS = 10

/**
 * A simulated stream of the term, record for record the same for the same seed. A position is how many came before.
 * @throws SourceError `bad_options` if the rate is no positive number
 */
export function simulateSource(options: SimulateOptions): Source {
  const {
    recordsPerSecond: rate = Infinity,
    mood = vaderMood(),
    clock = systemClock,
    ...simulation
  } = options
  if (!(rate > 0))
    throw new SourceError(`cannot simulate ${rate} records a second; give a number above 0`, {
      code: 'bad_options',
    })
  return async function* simulated({ term, after, signal, onEvent }: SourceOptions) {
    const [startMs, skipped] = [clock.now(), Number(after ?? 0)]
    let made = 0
    for (const { data } of simulateRecords({ ...simulation, terms: [term] })) {
      made += 1
      if (made <= skipped) continue
      const waitMs = startMs + ((made - skipped - 1) / rate) * 1_000 - clock.now()
      if (waitMs >= SHORTEST_SLEEP_MS) await clock.sleep(waitMs, signal)
      if (signal.aborted) return
      yield* collectSimulated(data, { term, mood, position: String(made), now: clock.now, onEvent })
    }
  }
}

interface Simulated extends CollectOptions {
  readonly onEvent: SourceOptions['onEvent']
}

/** What delivery is given of a line of the simulated stream. */
export function* collectSimulated(
  line: string,
  { onEvent, ...options }: Simulated,
): Generator<CollectedRecord> {
  onEvent({ kind: 'received' })
  for (const { text, read } of recordsIn(line)) {
    const outcome = collectRecord({ reading: read(), text }, options)
    if (outcome.is === 'collected') yield outcome.record
    else onEvent(refusal(outcome.reason, text))
  }
}
