import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { Observation } from '../../src/schema/observation.ts'
import { toObservations } from '../../src/transforms/observation/to-observations.ts'
import { explodeRecords } from '../../src/transforms/record/explode-records.ts'
import { parseLines } from '../../src/transforms/record/parse-lines.ts'
import { parseFollows } from '../../src/transforms/cascade/parse-follows.ts'
import type { TransformBench } from './cascade-frames.ts'
import { EVERYTHING, observationsOf, transformBench } from './cascade-frames.ts'
import { contributionsOf, contributionsOfFrame, placeOf } from './contributions.ts'
import { rowDifferences } from './frame-equality.ts'

const REAL_DATA = process.env['RIPPLERANK_REAL_DATA'] ?? ''
const [TWEETS, FOLLOWS] = ['pheme_germanwings.v11.jsonl.gz', 'pheme_germanwings_follows.tsv.gz'].map((name) =>
  join(REAL_DATA, name),
)
const itOnRealData = REAL_DATA && [TWEETS, FOLLOWS].every((path) => existsSync(path ?? '')) ? it : it.skip

/** Plans of some forty steps, several times over. */
const TIMEOUT_MS = 300_000

let bench: TransformBench
beforeAll(async () => {
  bench = await transformBench()
})
afterAll(() => bench[Symbol.asyncDispose]())

const cascadeOf = (root: string, users: readonly string[]) =>
  observationsOf({
    root,
    author: 'ra',
    rootFollowers: 1,
    events: users.map((user, index) => ({ seconds: 60 * index, followers: null, user })),
  })

const follow = (follower_id: string, followee_id: string, of_root: string | null = null) => ({
  of_root,
  follower_id,
  followee_id,
})

const followed = (depth: number, downstream: number, children: number) => ({
  method: 'follows',
  depth,
  non_primary: depth === 1 ? 0 : 1,
  downstream,
  children,
})

describe('a cascade of which a follow list speaks', () => {
  it(
    'has everybody below the latest before them whom they follow, else below the root',
    async () => {
      const sightings = [
        ...cascadeOf('1', ['a', 'b', 'c', 'd', 'e']),
        ...cascadeOf('2', ['a', 'x', 'y']),
        ...cascadeOf('3', ['a', 'b']).map((sighting, index) =>
          index === 0 ? sighting : { ...sighting, parent_author_id: 'ra' },
        ),
      ]
      const follows = [
        follow('a', 'ra'),
        follow('b', 'a'),
        follow('c', 'a'),
        follow('c', 'b'),
        follow('c', 'e'), // who comes later
        follow('d', 'd'),
        follow('d', 'z'),
        follow('e', 'c', '1'),
        follow('e', 'd', 'another root'),
        follow('b', 'a'), // said twice
      ]
      const rows = await contributionsOf(bench, sightings, { follows })
      const places = (root: string) =>
        Object.fromEntries(
          rows.filter((row) => row.root_id === root).map((row) => [row.user_key, placeOf(row)]),
        )
      // root -> a -> b -> c -> e, root -> d
      expect(places('1')).toEqual({
        a: followed(1, 3, 1),
        b: followed(2, 2, 1),
        c: followed(3, 1, 1),
        d: followed(1, 0, 0),
        e: followed(4, 0, 0),
      })
      // The list speaks of one in three only, and followers are unknown.
      expect(places('2')['a']).toMatchObject({ method: 'none', depth: null })
      // What an event names itself goes before what the list says.
      expect(places('3')).toEqual({ a: followed(1, 0, 0), b: followed(1, 0, 0) })
    },
    TIMEOUT_MS,
  )
})

interface Retweet {
  readonly id_str: string
  readonly created_at: string
  readonly user: { readonly id_str: string }
  readonly retweeted_status: { readonly id_str: string; readonly user: { readonly id_str: string } }
}

const linesOf = (path = ''): readonly string[] =>
  gunzipSync(readFileSync(path)).toString('utf8').trimEnd().split('\n')

const isBefore = (a: Retweet, b: Retweet): number =>
  Date.parse(a.created_at) - Date.parse(b.created_at) || Number(BigInt(a.id_str) - BigInt(b.id_str))

type Place = Readonly<Record<'user' | 'depth', string | number>>

/** The same rules in plain TypeScript: who stands how deep in a cascade, or nothing where the list hardly speaks of it. */
function placesOf(retweets: readonly Retweet[], follows: ReadonlySet<string>): readonly Place[] | undefined {
  const rootAuthor = retweets[0]?.retweeted_status.user.id_str
  const root = retweets[0]?.retweeted_status.id_str
  const followers = new Set([...follows].map((line) => line.split('\t')).map(([of, who]) => `${of}\t${who}`))
  const depths = new Map<string, number>()
  for (const { user } of retweets.toSorted(isBefore)) {
    if (user.id_str === rootAuthor || depths.has(user.id_str)) continue
    const earlier = [...depths.keys()].toReversed()
    const parent = earlier.find((other) => follows.has(`${root}\t${user.id_str}\t${other}`))
    depths.set(user.id_str, parent === undefined ? 1 : (depths.get(parent) ?? NaN) + 1)
  }
  const listed = [...depths.keys()].filter((user) => followers.has(`${root}\t${user}`)).length
  if (listed < depths.size / 2) return undefined
  return [...depths].map(([user, depth]) => ({ user, depth }))
}

describe('the real cascades of one evening', () => {
  itOnRealData(
    'have the depth of an independent computation',
    async () => {
      const silver = `${await bench.write('')}.parquet`
      await bench.spark.read
        .text(TWEETS ?? '')
        .transform(parseLines())
        .transform(explodeRecords())
        .transform(toObservations({ term: 'germanwings' }))
        .write.parquet(silver)
      const observations = bench.spark.read.schema(Observation).parquet(silver)
      const follows = bench.spark.read.text(FOLLOWS ?? '').transform(parseFollows())
      const options = { kernel: 'calibrated', window: EVERYTHING, follows } as const
      const rows = Map.groupBy(await contributionsOfFrame(bench, observations, options), (row) => row.root_id)
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the fields that these records have
      const retweets = linesOf(TWEETS).map((line) => JSON.parse(line) as Retweet)
      const list = new Set(linesOf(FOLLOWS).slice(1))
      let known = 0
      for (const [root, cascade] of Map.groupBy(retweets, (retweet) => retweet.retweeted_status.id_str)) {
        const expected = placesOf(cascade, list)
        const found = (rows.get(root) ?? []).map(placeOf)
        const depths = (rows.get(root) ?? [])
          .filter((row) => row.expected_depth !== null && placeOf(row)?.method === 'follows')
          .map((row) => ({ user: row.user_key, depth: row.expected_depth }))
        expect([root, ...rowDifferences(depths, expected ?? [])]).toEqual([root])
        if (expected) known += 1
        else expect(found.every((place) => place?.method === 'expected')).toBe(true)
      }
      expect([rows.size, known]).toEqual([50, 42])
    },
    TIMEOUT_MS,
  )
})
