import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { Observation } from '../../src/schema/observation.ts'
import { withoutDeleted } from '../../src/transforms/observation/without-deleted.ts'
import type { RowJson, TransformBench } from './cascade-frames.ts'
import { transformBench } from './cascade-frames.ts'

let bench: TransformBench
beforeAll(async () => {
  bench = await transformBench()
})
afterAll(() => bench[Symbol.asyncDispose]())

type Seen = RowJson<typeof Observation>

const original = (id: string, author: string, more: Seen = {}): Seen => ({
  term: 'tests',
  tweet_id: id,
  kind: 'original',
  author_id: author,
  text: `text of ${id}`,
  root_id: id,
  root_author_id: author,
  root_text: `text of ${id}`,
  ...more,
})
const retweet = (id: string, root: string, rootAuthor: string, more: Seen = {}): Seen => ({
  ...original(id, `u${id}`, { text: null, kind: 'retweet', root_id: root, root_author_id: rootAuthor }),
  root_text: `text of ${root}`,
  ...more,
})
const parent = { parent_id: '900', parent_author_id: 'u900', parent_screen_name: 's_u900' }

/** What is left of what was seen, by id. */
async function left(seen: readonly Seen[]) {
  const rows = await (await bench.frameOf(Observation, seen)).transform(withoutDeleted()).collect()
  return new Map(rows.map((row) => [row.tweet_id, row]))
}

describe('without what was deleted', () => {
  it('are tweets, their cascades, and all of a user, whenever and under whatever term that was asked', async () => {
    const seen = [
      { kind: 'delete', tweet_id: '100', term: 'another' },
      original('100', 'a'),
      retweet('101', '100', 'a'),
      retweet('102', '100', 'a', { kind: 'quote', text: 'look' }),
      original('200', 'b'),
      retweet('201', '200', 'b'),
      retweet('202', '200', 'b'),
      original('300', 'c'),
      retweet('301', '300', 'c'),
      original('400', '401', { kind: 'reply', parent_id: '100', parent_author_id: 'a' }),
      original('900', 'd', { kind: null }),
      { kind: 'delete', tweet_id: '201', author_id: 'u201' },
      { kind: 'delete', author_id: 'c' },
      { kind: 'delete', tweet_id: '401', author_id: '401' },
      { kind: 'delete', tweet_id: null, author_id: null },
    ]
    expect(new Set((await left(seen)).keys())).toEqual(new Set(['200', '202', '900']))
  })

  it('are the names of parents, but not those who had them', async () => {
    const rows = await left([
      original('100', 'a'),
      retweet('101', '100', 'a', parent),
      retweet('102', '100', 'a', { ...parent, parent_id: '901', parent_author_id: 'gone' }),
      retweet('103', '100', 'a', { ...parent, parent_id: '902' }),
      { kind: 'follow', tweet_id: 'f', author_id: 'a', parent_author_id: 'gone' },
      { kind: 'follow', tweet_id: 'g', author_id: 'a', parent_author_id: 'b' },
      { kind: 'delete', tweet_id: '900' },
      { kind: 'delete', author_id: 'gone' },
    ])
    expect(new Set(rows.keys())).toEqual(new Set(['100', '101', '102', '103', 'g']))
    const nobody = { parent_id: null, parent_author_id: null, parent_screen_name: null }
    expect(rows.get('101')).toMatchObject(nobody)
    expect(rows.get('102')).toMatchObject(nobody)
    expect(rows.get('103')).toMatchObject({ ...parent, parent_id: '902' })
  })

  it('are the places of a tweet, or of an author’s tweets up to one', async () => {
    const place = { latitude: 1, longitude: 2, place_country: 'GB' }
    const rows = await left([
      ...['99', '100', '101'].map((id) => original(id, 'a', place)),
      ...['500', '501'].map((id) => original(id, 'b', place)),
      original('600', 'c', place),
      { kind: 'scrub_geo', author_id: 'a', tweet_id: '50' },
      { kind: 'scrub_geo', author_id: 'a', tweet_id: '100' },
      { kind: 'scrub_geo', tweet_id: '500' },
      { kind: 'scrub_geo', author_id: 'c' },
    ])
    const known = [...rows.values()].filter((row) => row.place_country !== null || row.latitude !== null)
    expect(rows.size).toBe(6)
    expect(new Set(known.map((row) => row.tweet_id))).toEqual(new Set(['101', '501']))
  })
})
