import { type Random, mix32, powerLawFrom } from '../../random.ts'
import { activityTime, momentOfActivity } from './activity-clock.ts'

/** A tweet that others may retweet from, and the index of whoever posted it. */
export interface Spreader {
  readonly id: string
  readonly person: number
}

/** A cascade that still runs: some hundred bytes, however large it will grow. */
export interface Cascade {
  readonly hash: number // everything about the root tweet follows from it
  readonly term: string
  readonly writer: number // index of the root's author
  readonly bornAtMs: number
  readonly bornAtActivity: number
  readonly moment: number // of its birth, from 0 (the stream's start, or before) to 1 (its end)
  readonly namesParents: boolean
  readonly hidesFollowers: boolean
  readonly cumulativeWeights: number[]
  readonly spreaders: Spreader[] // the root first; each with its cumulative weight at the same index
  remaining: number // retweets still to come
  quantile: number // of the delay's distribution, where the last retweet stood
  readonly lastQuantile: number // where the stream ends
  nextAtMs: number
  claimedRetweets: number
  favourites: number
}

/** The tail of the delays: half of all retweets within about 20 activity minutes, some after days. */
const DELAY_SCALE_MS = 15 * 60_000
const DELAY_TAIL = 0.8

const delayQuantile = (delayMs: number): number =>
  delayMs <= 0 ? 0 : 1 - (1 + delayMs / DELAY_SCALE_MS) ** -DELAY_TAIL

const delayOfQuantile = (quantile: number): number =>
  DELAY_SCALE_MS * ((1 - quantile) ** (-1 / DELAY_TAIL) - 1)

/** Sizes of cascades as a power law with exponent 2, their sum exactly `total`. */
export function cascadeSizes(random: Random, total: number): Int32Array {
  const law = { exponent: 2, minimum: 1, maximum: Math.max(1, Math.min(20_000, Math.floor(total / 20))) }
  const sizes: number[] = []
  for (let left = total; left > 0;) {
    const size = Math.min(left, powerLawFrom(random.unit(), law))
    sizes.push(size)
    left -= size
  }
  return Int32Array.from(sizes)
}

/** What a new cascade is made of. */
export interface Birth {
  readonly index: number
  readonly size: number
  readonly bornAtMs: number
  readonly startMs: number // no retweet is seen before, although the root may be older
  readonly endMs: number
  readonly terms: readonly string[]
  readonly writers: number
  readonly namingParentsShare: number // of all cascades
}

const HIDES_FOLLOWERS_SHARE = 0.04
const FAVOURITES_PER_RETWEET = 2.4

/** A cascade of `size` retweets, all between `startMs` and `endMs`; its first retweet is set. */
export function bornCascade(random: Random, birth: Birth): Cascade {
  const hash = mix32(random.uint32(), birth.index)
  const bornAtActivity = activityTime(birth.bornAtMs)
  const unseen = Math.floor((birth.size * (hash % 300)) / 1_000) // retweets that the search never returned
  const cascade: Cascade = {
    hash,
    term: termOf(birth.terms, random.unit()),
    writer: Math.floor(birth.writers * random.unit() ** 2.5), // a few write much, most write little
    bornAtMs: birth.bornAtMs,
    bornAtActivity,
    moment: Math.max(0, (birth.bornAtMs - birth.startMs) / (birth.endMs - birth.startMs)),
    namesParents: random.unit() < birth.namingParentsShare,
    hidesFollowers: random.unit() < HIDES_FOLLOWERS_SHARE,
    cumulativeWeights: [],
    spreaders: [],
    remaining: birth.size,
    quantile: delayQuantile(activityTime(birth.startMs) - bornAtActivity),
    lastQuantile: delayQuantile(activityTime(birth.endMs) - bornAtActivity),
    nextAtMs: 0,
    claimedRetweets: unseen,
    favourites: Math.floor(unseen * FAVOURITES_PER_RETWEET),
  }
  scheduleNext(random, cascade)
  return cascade
}

/** The k-th term is sought after as 1 / k. */
function termOf(terms: readonly string[], unit: number): string {
  const total = terms.reduce((sum, _, index) => sum + 1 / (index + 1), 0)
  let left = unit * total
  const index = terms.findIndex((_, position) => (left -= 1 / (position + 1)) <= 0)
  return terms[index] ?? terms[0] ?? ''
}

/** Sets the moment of the next retweet: the next order statistic of the delays, so none needs be kept. */
export function scheduleNext(random: Random, cascade: Cascade): void {
  const left = cascade.lastQuantile - cascade.quantile
  cascade.quantile += left * (1 - random.unit() ** (1 / cascade.remaining))
  cascade.nextAtMs = Math.floor(momentOfActivity(cascade.bornAtActivity + delayOfQuantile(cascade.quantile)))
}

/** The counters of the root after one more retweet: they grow, and now and then some people undo theirs. */
export function moveCounters(random: Random, cascade: Cascade): void {
  const luck = random.unit()
  const step = luck < 0.03 ? -(random.uint32() % 4) : random.uint32() % 5
  cascade.favourites = Math.max(0, cascade.favourites + step)
  cascade.claimedRetweets = Math.max(0, cascade.claimedRetweets + (luck > 0.985 ? -1 : luck > 0.9 ? 2 : 1))
}

// The calibrated kernel of the scores, so that their assumption holds for the simulated world.
const FOLLOWERS_POWER = 0.61
const AGE_POWER = 0.859
const ROOT_BOOST = Math.exp(1.542)
const MOST_CANDIDATES = 512 // whoever comes later is never retweeted from: bounds the memory of a cascade

/** Somebody who joins a cascade. */
export interface Joiner extends Spreader {
  readonly followers: number
  readonly atMs: number
}

/** The tweet that a retweet is made from: people prefer those with many followers, and the latest. */
export function chooseParent(random: Random, cascade: Cascade): Spreader | undefined {
  const sums = cascade.cumulativeWeights
  return cascade.spreaders[firstAtLeast(sums, random.unit() * (sums.at(-1) ?? 0))]
}

/** Lets later retweets be made from this one, or from the root if it is the first. */
export function addSpreader(cascade: Cascade, joiner: Joiner): void {
  const { cumulativeWeights, spreaders } = cascade
  if (spreaders.length >= MOST_CANDIDATES) return
  const hours = Math.max(0, joiner.atMs - cascade.bornAtMs) / 3_600_000
  const boost = spreaders.length === 0 ? ROOT_BOOST : 1
  const weight = boost * (1 + joiner.followers) ** FOLLOWERS_POWER * (1 + hours) ** AGE_POWER
  cumulativeWeights.push((cumulativeWeights.at(-1) ?? 0) + weight)
  spreaders.push({ id: joiner.id, person: joiner.person })
}

function firstAtLeast(sums: readonly number[], value: number): number {
  let low = 0
  let high = sums.length - 1
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sums[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}
