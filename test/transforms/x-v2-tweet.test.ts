import { beforeAll, describe, expect } from '@jest/globals'
import type { Row } from 'spark-connect-js'

import type { ParsedRecord } from '../../src/schema/observation.ts'
import { transformBench } from './cascade-frames.ts'
import { readRecordsTogether } from './read-records.ts'

const { read, itReads, readAll } = readRecordsTogether()
beforeAll(async () => {
  await using bench = await transformBench()
  await readAll(bench)
})

const TIME = '2021-04-08T19:34:16.000Z'

const user = (id: string, more: object = {}) => ({
  id,
  name: `N ${id}`,
  username: `s_${id}`,
  location: 'Tarn',
  verified: true,
  profile_image_url: 'https://images.example/1.jpg',
  public_metrics: { followers_count: 7, following_count: 8, tweet_count: 9, listed_count: 1, like_count: 2 },
  ...more,
})
const tweet = (id: string, more: object = {}) => ({
  id,
  author_id: `u${id}`,
  created_at: TIME,
  text: `text of ${id}`,
  lang: 'en',
  public_metrics: { retweet_count: 3, like_count: 5 },
  ...more,
})
type Reference = readonly ['retweeted' | 'quoted' | 'replied_to', string]
const referring = (...references: readonly Reference[]) => ({
  referenced_tweets: references.map(([type, id]) => ({ type, id })),
})
/** A line of the stream: a tweet with those that it refers to, and the users of all. */
const line = (data: object, tweets: readonly object[] = [], more: object = {}) => ({
  data,
  includes: {
    users: [data, ...tweets].map((one) => user('author_id' in one ? String(one.author_id) : '')),
    tweets,
  },
  ...more,
})

const ancestry = (row: Row<typeof ParsedRecord>) => [
  row.kind,
  row.root_id,
  row.root_author_id,
  row.parent_id,
  row.parent_author_id,
  row.reject_reason,
]

describe('a line of the X API v2 stream', () => {
  itReads('is recognised for what it is, with its root and its parent', async () => {
    const quote = tweet('10', referring(['quoted', '100']))
    const retweet = tweet('1', {
      ...referring(['retweeted', '10']),
      public_metrics: { retweet_count: 410, like_count: 0 },
    })
    const rows = await read([
      line(tweet('1')),
      line(tweet('1', referring(['retweeted', '10'])), [tweet('10')]),
      line(retweet, [quote, tweet('100')]),
      line(tweet('1', referring(['quoted', '10'])), [quote]),
      line(tweet('1', { ...referring(['replied_to', '10']), in_reply_to_user_id: 'u10' }), []),
      line(tweet('1', referring(['replied_to', '10'], ['quoted', '20'])), [tweet('10'), tweet('20')]),
      line(tweet('1', referring(['quoted', '10']))),
    ])
    expect(rows.map(ancestry)).toEqual([
      ['original', '1', 'u1', null, null, null],
      ['retweet', '10', 'u10', null, null, null],
      ['retweet', '100', 'u100', '10', 'u10', null],
      ['quote', '10', 'u10', '10', 'u10', null],
      ['reply', '1', 'u1', '10', 'u10', null],
      ['quote', '20', 'u20', '20', 'u20', null],
      ['original', '1', 'u1', '10', null, null],
    ])
    expect(rows[2]).toMatchObject({
      text: null,
      root_text: 'text of 100',
      root_retweets: 3n,
      root_favourites: 5n,
      parent_screen_name: 's_u10',
    })
  })

  itReads('says all that it knows of the tweet, its author and its root', async () => {
    const data = tweet('1', {
      note_tweet: { text: 'the whole of it', entities: { urls: [{ expanded_url: 'https://b.example' }] } },
      entities: { urls: [{ expanded_url: 'https://a.example', unwound_url: 'https://c.example' }] },
      geo: { place_id: 'p', coordinates: { coordinates: [-0.12, 51.5] } },
    })
    const included = line(data)
    const places = [
      { id: 'q', country_code: 'FR' },
      { id: 'p', country_code: 'gb' },
    ]
    const [row, plain] = await read([
      {
        ...included,
        includes: { ...included.includes, places },
        matching_rules: [
          { id: 1, tag: '' },
          { id: 2, tag: 'lamps' },
        ],
      },
      line(
        tweet('2', {
          entities: { urls: [{ expanded_url: 'https://a.example', unwound_url: 'https://c.example' }] },
        }),
      ),
    ])
    expect(row).toMatchObject({
      term: 'lamps',
      author_name: 'N u1',
      author_screen_name: 's_u1',
      author_followers: 7n,
      author_location: 'Tarn',
      author_verified: true,
      text: 'the whole of it',
      links: ['https://b.example'],
      root_text: 'the whole of it',
      root_author_friends: 8n,
      root_author_statuses: 9n,
      root_author_listed: 1n,
      root_author_favourites_given: 2n,
      root_author_image: 'https://images.example/1.jpg',
      latitude: 51.5,
      longitude: -0.12,
      place_country: 'GB',
    })
    expect(row?.tweeted_at?.toString()).toBe('2021-04-08T19:34:16.000000Z')
    expect(plain).toMatchObject({ term: 'tests', links: ['https://c.example'], edit_id: null })
  })

  itReads('is one tweet with the other versions of it', async () => {
    const ids = ['1576994746135764992', '1576994789110992896']
    const version = (id: string, at: string) =>
      tweet(id, { author_id: '5', created_at: at, edit_history_tweet_ids: ids })
    const rows = await read([
      line(version(ids[0] ?? '', '2022-10-03T17:57:01.000Z')),
      line(version(ids[1] ?? '', '2022-10-03T17:57:11.000Z')),
      line(tweet('3', referring(['quoted', ids[1] ?? ''])), [version(ids[1] ?? '', TIME)]),
      line(tweet('4', { edit_history_tweet_ids: ['4'] })),
    ])
    expect(rows.map((row) => [row.tweet_id, row.edit_id, row.root_id])).toEqual([
      [ids[0], ids[0], ids[0]],
      [ids[0], ids[1], ids[0]],
      ['3', null, ids[0]],
      ['4', null, '4'],
    ])
    const times = rows.map((row) => row.tweeted_at?.toString())
    expect(times.slice(0, 2)).toEqual(['2022-10-03T17:57:01.000000Z', '2022-10-03T17:57:01.000000Z'])
  })

  itReads('says what it can of a retweeted tweet that did not come along', async () => {
    const root = '1380175475545362437'
    const retweet = (mentions: object) => ({
      ...tweet('1', referring(['retweeted', root])),
      entities: { mentions: [{ start: 30, username: 's_z' }, mentions] },
    })
    const unseen = (mention: object) => ({
      data: retweet(mention),
      includes: { users: [user('77'), user('z')] },
    })
    const rows = await read([
      unseen({ start: 3, username: 's_77' }),
      unseen({ start: 3, username: 'gone', id: '78' }),
      unseen({ start: 3, username: 'gone' }),
    ])
    const unknown = 'no author of the retweeted tweet'
    expect(rows.map((row) => [row.root_id, row.root_author_id, row.reject_reason])).toEqual([
      [root, '77', null],
      [root, '78', null],
      [root, null, unknown],
    ])
    expect(rows[0]).toMatchObject({ root_retweets: 3n, root_favourites: null, root_text: null })
    expect(rows[0]?.root_tweeted_at?.toString()).toBe('2021-04-08T15:07:30.000000Z')
  })

  itReads('loses only what is of another type than it should be, or is rejected', async () => {
    const odd = { referenced_tweets: {}, public_metrics: [], entities: 'None', geo: { coordinates: [1] } }
    const rows = await read([
      { data: tweet('1', { ...odd, edit_history_tweet_ids: 1 }), includes: [] },
      { data: tweet('1', { author_id: null }) },
      { data: { id: null, text: 'x' }, includes: {} },
      { data: tweet('1', { created_at: 'soon' }) },
      `{"data":{"id":"1","author_id":"2","created_at":"${TIME}","text":"a\\ud800b"}}`,
      { data: tweet('1', { text: 'long '.repeat(200_000) }) },
      { data: '1' },
      { data: tweet('1377650090978992134', { created_at: undefined }) },
    ])
    expect(rows.map((row) => row.reject_reason)).toEqual([
      null,
      'no author',
      'no tweet id',
      'no readable time',
      null,
      null,
      expect.stringContaining('no known format'),
      null,
    ])
    expect(rows[5]?.text).toHaveLength(1_000_000)
    expect(rows[7]?.tweeted_at?.toString()).toBe('2021-04-01T15:52:31.000000Z')
  })
})

describe('a page of the X API v2', () => {
  const page = {
    data: [
      tweet('1', referring(['retweeted', '10'])),
      tweet('2'),
      { id: '3' },
      null,
      tweet('4', { ...referring(['replied_to', '99']), in_reply_to_user_id: 'u9' }),
    ],
    includes: {
      users: ['u1', 'u2', 'u4', 'u9', 'u10', 'u100'].map((id) => user(id)),
      tweets: [tweet('10', referring(['quoted', '100'])), tweet('100'), tweet('7')],
    },
    meta: { result_count: 5 },
  }

  itReads('is as many records as it has elements, each with what it refers to', async () => {
    const rows = await read([page, line(tweet('5'))])
    expect(rows.map(ancestry)).toEqual([
      ['retweet', '100', 'u100', '10', 'u10', null],
      ['original', '2', 'u2', null, null, null],
      ['original', '3', null, null, null, 'no readable time'],
      [null, null, null, null, null, 'a page of the X API v2 without tweets'],
      ['reply', '4', 'u4', '99', 'u9', null],
      ['original', '5', 'u5', null, null, null],
    ])
    const [first = 0n] = rows.map((row) => row.record_id ?? -1n)
    expect(rows.map((row) => (row.record_id ?? -1n) - first)).toEqual([0n, 1n, 2n, 3n, 4n, 5n])
    // What is rejected can be read again, and says no more than is its own.
    expect(rows[2]?.rejected_record).toBe(
      '{"data":{"id":"3"},"includes":{"users":[],"tweets":[],"places":[]}}',
    )
  })

  itReads('may share a line with other records', async () => {
    const rows = await read([
      `${JSON.stringify(page)}${JSON.stringify(page)}${JSON.stringify(line(tweet('5')))}{"data":{"id"`,
    ])
    const ofPage = ['retweet', 'original', 'original', null, 'reply']
    expect(rows.map((row) => row.kind)).toEqual([...ofPage, ...ofPage, 'original', null])
    expect(rows.at(-1)?.reject_reason).toBe('not one whole JSON object')
  })

  itReads('is one rejected record if it has no tweets', async () => {
    const rows = await read([
      { meta: { result_count: 0 } },
      { data: [], includes: {}, meta: {} },
      { errors: [{ title: 'Not Found' }] },
      { data: [[]], meta: {} },
    ])
    expect(rows.map((row) => row.reject_reason)).toEqual([
      'a page of the X API v2 without tweets',
      'a page of the X API v2 without tweets',
      'an answer of the X API v2 with errors only',
      'a page of the X API v2 without tweets',
    ])
  })
})
