import { type Random, seededRandom } from '../random.ts'
import { type Fault, brokenLine, faultFrom } from './simulation/faults.ts'
import { type Retweet, type World, retweetsInOrder } from './simulation/retweets.ts'
import { type TimeQueue, timeQueue } from './simulation/time-queue.ts'

/** What to simulate. Times are milliseconds since 1970. */
export interface SimulationOptions {
  readonly seed: number
  readonly records: number // exactly as many come out, repeats and broken ones included
  readonly startMs: number // no retweet is older; roots may be, by up to a day
  readonly endMs: number // no retweet is newer; late records still arrive after it
  readonly terms?: readonly string[]
  readonly shares?: Partial<Shares>
}

/** How much of the stream is not as it should be, each from 0 to 1. */
interface Shares {
  /** Of cascades, not of records: those that say from whom each retweet was made. */
  readonly namingParents: number
  readonly repeated: number
  readonly broken: number
  readonly late: number
}

/** One record of the stream, in the order of arrival. */
export interface SimulatedRecord {
  readonly data: string // JSON without a line end, unless broken
  readonly arrivedAtMs: number
  readonly isLate: boolean
  readonly isRepeat: boolean
  readonly fault: Fault | null
  readonly trueParentId: string // whom the retweet was made from, whether the record names it or not
}

/** What people search for in the simulated world, most wanted first. */
export const SIMULATED_TERMS: readonly string[] = [
  'lantern parade',
  'moonharvest',
  'Café Lumière',
  'glass river',
]

const SHARES: Shares = { namingParents: 0.08, repeated: 0.02, broken: 0.001, late: 0.005 }
const LAG_MS = 2_000 // from the tweet to its delivery
const LATEST_MS = 40 * 60_000
const RECENT_RECORDS = 2_048 // of which one may come again

/**
 * A stream of flat retweet records, the same bytes for the same options.
 *
 * Cascade sizes follow a power law, followers are log-normal, delays are heavy-tailed and keep the day's
 * rhythm, counters mostly grow. Some records come twice, late or broken. Memory grows with the cascades
 * that still run (a few hundred bytes each), not with the records.
 *
 * @example
 *   for (const { data } of simulateRecords({ seed: 1, records: 1_000, startMs, endMs })) write(`${data}\n`)
 *
 * @throws RangeError when the time runs backwards or the number of records is not a whole one.
 */
export function* simulateRecords(options: SimulationOptions): Generator<SimulatedRecord, void, undefined> {
  const random = seededRandom(options.seed)
  const delivery = startDelivery(options)
  const retweets = retweetsInOrder(random, worldOf(options))
  for (let made = 0; made < options.records; made++) {
    const lot = random.unit() * (options.records - made)
    const again = lot < delivery.repeatsLeft ? repeated(random, delivery) : undefined
    if (again !== undefined) {
      yield again
      continue
    }
    const retweet = retweets.next().value
    if (retweet === undefined) break
    delivery.nowMs = retweet.atMs + LAG_MS
    while (delivery.late.earliestMs() <= delivery.nowMs) yield* taken(delivery.late)
    const isBroken = lot < delivery.repeatsLeft + delivery.brokenLeft
    const record = isBroken ? broken(random, delivery, retweet) : sound(random, delivery, retweet)
    if (record.isLate) delivery.late.add(record.arrivedAtMs, record)
    else yield record
  }
  while (delivery.late.size() > 0) yield* taken(delivery.late)
}

/** What the road from the API to the buffer does to the records, so far. */
interface Delivery {
  readonly lateShare: number
  readonly late: TimeQueue<SimulatedRecord>
  readonly recent: SimulatedRecord[]
  repeatsLeft: number
  brokenLeft: number
  nowMs: number
}

function startDelivery({ records, startMs, endMs, shares }: SimulationOptions): Delivery {
  if (!Number.isSafeInteger(records) || records < 0)
    throw new RangeError(`cannot simulate ${records} records; give a whole number from 0`)
  if (!(endMs > startMs)) throw new RangeError(`the simulated time must end after its start (${startMs})`)
  const { repeated: repeatedShare, broken: brokenShare, late: lateShare } = { ...SHARES, ...shares }
  return {
    lateShare,
    late: timeQueue(),
    recent: [],
    repeatsLeft: repeatsOf(records, repeatedShare),
    brokenLeft: Math.floor(records * brokenShare),
    nowMs: startMs,
  }
}

// One at least must be no repeat.
const repeatsOf = (records: number, share: number): number =>
  Math.max(0, Math.min(records - 1, Math.floor(records * share)))

const PEOPLE_PER_RECORD = 0.5
const WRITERS_PER_RECORD = 0.02

function worldOf({ seed, records, startMs, endMs, terms, shares }: SimulationOptions): World {
  const people = Math.max(500, Math.floor(records * PEOPLE_PER_RECORD))
  const writers = Math.max(40, Math.floor(records * WRITERS_PER_RECORD))
  return {
    population: { seed, people, writers },
    terms: terms ?? SIMULATED_TERMS,
    retweets: records - repeatsOf(records, shares?.repeated ?? SHARES.repeated),
    startMs,
    endMs,
    namingParentsShare: shares?.namingParents ?? SHARES.namingParents,
  }
}

/** A record of the last minutes once more, byte for byte; undefined when there was none yet. */
function repeated(random: Random, delivery: Delivery): SimulatedRecord | undefined {
  const record = delivery.recent[random.uint32() % Math.max(1, delivery.recent.length)]
  if (record === undefined) return undefined
  delivery.repeatsLeft -= 1
  return { ...record, arrivedAtMs: delivery.nowMs, isRepeat: true }
}

function broken(random: Random, delivery: Delivery, retweet: Retweet): SimulatedRecord {
  delivery.brokenLeft -= 1
  const fault = faultFrom(random)
  return { ...onTime(delivery, retweet), data: brokenLine(random, fault, retweet.line), fault }
}

function sound(random: Random, delivery: Delivery, retweet: Retweet): SimulatedRecord {
  const record = onTime(delivery, retweet)
  if (random.unit() < delivery.lateShare) {
    const delayMs = Math.floor(random.unit() ** 2 * LATEST_MS)
    return { ...record, arrivedAtMs: record.arrivedAtMs + delayMs, isLate: true }
  }
  if (delivery.recent.length < RECENT_RECORDS) delivery.recent.push(record)
  else delivery.recent[random.uint32() % RECENT_RECORDS] = record
  return record
}

const onTime = ({ nowMs }: Delivery, { line, parentId }: Retweet): SimulatedRecord => ({
  data: line,
  arrivedAtMs: nowMs,
  isLate: false,
  isRepeat: false,
  fault: null,
  trueParentId: parentId,
})

function* taken(late: TimeQueue<SimulatedRecord>): Generator<SimulatedRecord, void, undefined> {
  const record = late.take()
  if (record !== undefined) yield record
}
