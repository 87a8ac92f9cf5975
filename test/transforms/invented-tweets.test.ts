import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { DataFrame, Row } from 'spark-connect-js'
import { Timestamp } from 'spark-connect-js'
import { countIf, lit } from 'spark-connect-js/functions'

import { type Random, seededRandom } from '../../src/collect/random.ts'
import { readObservations } from '../../src/jobs/read-observations.ts'
import type { ParsedRecord } from '../../src/schema/observation.ts'
import { withCascadeOrder } from '../../src/transforms/cascade/with-cascade-order.ts'
import type { TransformBench } from './cascade-frames.ts'
import { transformBench } from './cascade-frames.ts'
import { expectedObservation, type Format } from './readers/expected-observation.ts'
import { inventedTweet, keyed, type InventedTweet, type TweetContent } from './readers/invented-tweet.ts'
import { cutShort, otherMeaning, sameMeaning, type Json } from './readers/json-noise.ts'
import { flat, jetstream, xV1, xV2, xV2Page } from './readers/tweet-formats.ts'

let bench: TransformBench
beforeAll(async () => {
  bench = await transformBench()
})
afterAll(() => bench[Symbol.asyncDispose]())

const TWEETS = 50
const PAGES = 4
const TWEETS_PER_PAGE = 3
const CUT_SHARE = 0.2
const REPEATED_SHARE = 0.1
const SLOT_END = new Date('2020-01-01T00:00:00Z') // some tweets are of later
const FORMATS = { flat, xV1, xV2, jetstream }
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its own keys
const NAMES = Object.keys(FORMATS) as readonly Format[]

/** A piece of the input, how many records it is, and what is to be read of it; nothing is known of odd ones. */
interface Piece {
  readonly text: string
  readonly records: number
  readonly expected: readonly (readonly [InventedTweet, Format])[]
  /** It must have its line to itself, as nobody could tell where it ends. */
  readonly isCut?: boolean
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the formats write JSON's values alone
const asJson = (record: object) => record as Json

/** Each tweet in each format, some of them twice, and some in pages: all with noise that changes no meaning. */
function soundPieces(tweets: readonly TweetContent[], random: Random): readonly Piece[] {
  const single = NAMES.flatMap((format, index) =>
    tweets.map((content, number): Piece => {
      const tweet = keyed(content, index * TWEETS + number)
      const text = sameMeaning(asJson(FORMATS[format](tweet)), random)
      return { text, records: 1, expected: [[tweet, format]] }
    }),
  )
  const pages = Array.from({ length: PAGES }, (_, page): Piece => {
    const first = page * TWEETS_PER_PAGE
    const own = tweets
      .slice(first, first + TWEETS_PER_PAGE)
      .map((content, number) => keyed(content, NAMES.length * TWEETS + first + number))
    const text = sameMeaning(asJson(xV2Page(own)), random)
    return { text, records: own.length, expected: own.map((tweet) => [tweet, 'xV2']) }
  })
  return [...single, ...pages, ...single.filter(() => random.unit() < REPEATED_SHARE)]
}

/** The same tweets under other ids, with values that are not what they should be, and some of them cut. */
function oddPieces(tweets: readonly TweetContent[], random: Random): readonly Piece[] {
  return NAMES.flatMap((format, index) =>
    tweets.map((content, number): Piece => {
      const tweet = keyed(content, 10 * TWEETS + index * TWEETS + number)
      const text = otherMeaning(asJson(FORMATS[format](tweet)), random)
      const isCut = random.unit() < CUT_SHARE
      return { text: isCut ? cutShort(text, random) : text, records: 1, expected: [], isCut }
    }),
  )
}

/** Pieces in any order: most on a line of their own, others one after the other. */
function shuffled(pieces: readonly Piece[], random: Random): readonly Piece[] {
  return pieces
    .map((piece) => [random.unit(), piece] as const)
    .toSorted(([left], [right]) => left - right)
    .map(([, piece]) => piece)
}

const joined = (pieces: readonly Piece[], random: Random): string =>
  pieces
    .map(({ text, isCut }, index) => {
      const standsAlone = isCut === true || pieces[index + 1]?.isCut === true
      return standsAlone || random.unit() < 0.6 ? `${text}\n` : text
    })
    .join('')

type Rows = readonly Row<typeof ParsedRecord>[]

/** What is read of each tweet that is sound, in the order of the input. */
const foundIn = (rows: Rows, expected: readonly Readonly<Record<string, unknown>>[]) => {
  const ids = new Set(expected.map((row) => row['tweet_id']))
  const columns = Object.keys(expected[0] ?? {})
  return rows
    .filter((row) => ids.has(row.tweet_id))
    .map((row) => Object.fromEntries(columns.map((name) => [name, plain(row[name as keyof typeof row])])))
}

const plain = (value: unknown) => (value instanceof Timestamp ? value.toDate().toISOString() : value)

/** How the job accounts for the usable ones up to a slot's end. */
async function accountOf(records: DataFrame<typeof ParsedRecord>) {
  const [counts] = await records
    .filter((c) => c.reject_reason.isNull().and(c.tweeted_at.leq(lit(SLOT_END))))
    .transform(withCascadeOrder())
    .agg((c) => ({ observations: countIf(c.is_repeat.eq(false)), duplicates: countIf(c.is_repeat) }))
    .collect()
  return { observations: Number(counts?.observations), duplicates: Number(counts?.duplicates) }
}

async function expectExplained(seed: number) {
  const random = seededRandom(seed)
  const tweets = fc.sample(inventedTweet, { seed, numRuns: TWEETS })
  const pieces = shuffled([...soundPieces(tweets, random), ...oddPieces(tweets, random)], random)
  const path = await bench.write(joined(pieces, random))
  const silver = `${path}-silver`
  const read = await readObservations({
    spark: bench.spark,
    inputs: [path],
    silver,
    term: 'tests',
    options: {},
  })
  const rows = await read.records.orderBy((c) => c.record_id).collect()
  const expected = pieces.flatMap((piece) =>
    piece.expected.map(([tweet, format]) => expectedObservation(tweet, format)),
  )
  expect(foundIn(rows, expected)).toEqual(expected)
  expect(rows).toHaveLength(pieces.reduce((sum, { records }) => sum + records, 0))
  expect([read.usable, read.rejected]).toEqual([
    rows.filter((row) => row.reject_reason === null).length,
    rows.filter((row) => row.reject_reason !== null).length,
  ])
  expectAccount(rows, await accountOf(read.records))
}

/** Observations, duplicates, rejected ones and those of later or of no cascade are all records that there are. */
function expectAccount(rows: Rows, { observations, duplicates }: Awaited<ReturnType<typeof accountOf>>) {
  const usable = rows.filter((row) => row.reject_reason === null)
  const isSetAside = ({ root_id, tweeted_at }: (typeof usable)[number]) =>
    root_id === null || tweeted_at === null || tweeted_at.toDate() > SLOT_END
  const scored = usable.filter((row) => !isSetAside(row))
  const sightings = new Set(scored.map(({ term, root_id, tweet_id }) => [term, root_id, tweet_id].join(' ')))
  expect({ observations, duplicates }).toEqual({
    observations: sightings.size,
    duplicates: scored.length - sightings.size,
  })
  expect(duplicates).toBeGreaterThan(0)
  expect(usable.length - scored.length).toBeGreaterThan(0)
}

describe('invented tweets', () => {
  it('are the same observations in all formats, through any noise, and lose no neighbour', async () => {
    // By their seed, as a thousand records are no counterexample that anybody would read.
    await fc.assert(fc.asyncProperty(fc.nat(), expectExplained), { numRuns: 1, endOnFailure: true })
  })
})
