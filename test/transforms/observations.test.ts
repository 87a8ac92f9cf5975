import { beforeAll, describe, expect } from '@jest/globals'

import { OTHER_FORMAT } from '../../src/transforms/observation/parsed-columns.ts'
import { toObservations } from '../../src/transforms/observation/to-observations.ts'
import { explodeRecords } from '../../src/transforms/record/explode-records.ts'
import { parseLines } from '../../src/transforms/record/parse-lines.ts'
import { transformBench } from './cascade-frames.ts'
import { readTogether } from './read-together.ts'

const reading = (term?: string) =>
  readTogether(({ spark }, paths) =>
    spark.read
      .text(...paths)
      .transform(parseLines())
      .transform(explodeRecords())
      .transform(toObservations({ term }))
      .orderBy((c) => c.record_id)
      .collect(),
  )
const { read, itReads, readAll } = reading()
const withTerm = reading('tests')

beforeAll(async () => {
  await using bench = await transformBench()
  await readAll(bench)
  await withTerm.readAll(bench)
})

const flat = {
  status_id: '9223372036854775809',
  status_created_at: 'Sun Dec 09 22:10:30 +0000 2018',
  status_user_id: '5',
  status_user_followers_count: '12',
  searched_names: 'tidal lamps',
  sentiment: '-1',
  rt_status_id: '9007199254740993',
  rt_status_created_at: 'Sun Dec 09 21:10:30 +0000 2018',
  rt_status_text: 'Lamps',
  rt_status_favorite_count: '3',
  rt_status_retweet_count: '4',
  rt_status_user_id: '77',
  rt_status_user_name: 'Ida 🌊',
  rt_status_user_screen_name: 'ida_n',
  rt_status_user_followers_count: '500',
}
const user = (id: string) => ({
  id_str: id,
  name: `N ${id}`,
  screen_name: `s_${id}`,
  followers_count: 7,
  verified: true,
})
const tweet = (id: string, more: object = {}) => ({
  id_str: id,
  created_at: 'Tue Mar 24 10:45:02 +0000 2015',
  text: `text of ${id}`,
  favorite_count: 2,
  retweet_count: 1,
  user: user(`u${id}`),
  ...more,
})
const json = JSON.stringify

describe('a flat record', () => {
  itReads('is a retweet of the tweet under rt_status, without losing a digit', async () => {
    const [row] = await read(json(flat))
    expect(row).toMatchObject({
      term: 'tidal lamps',
      tweet_id: '9223372036854775809',
      kind: 'retweet',
      author_id: '5',
      author_followers: 12n,
      sentiment: -1,
      root_id: '9007199254740993',
      root_favourites: 3n,
      root_author_name: 'Ida 🌊',
      reject_reason: null,
    })
    expect(row?.tweeted_at?.toString()).toBe('2018-12-09T22:10:30.000000Z')
  })

  itReads('is an original, and its own root, without a tweet under rt_status', async () => {
    const [row] = await read(json({ ...flat, rt_status_id: 'None', status_text: 'mine' }))
    expect(row).toMatchObject({
      kind: 'original',
      root_id: flat.status_id,
      root_author_id: '5',
      root_text: 'mine',
    })
  })

  itReads('has null where a value is unknown, unreadable or out of range', async () => {
    const odd = { status_user_followers_count: '-1', rt_status_favorite_count: '3.5', sentiment: '7' }
    const [row] = await read(json({ ...flat, ...odd, rt_status_retweet_count: 'None', status_user_id: '' }))
    expect(row).toMatchObject({
      author_followers: null,
      root_favourites: null,
      sentiment: null,
      root_retweets: null,
      author_id: null,
      reject_reason: null,
    })
  })

  itReads('names whom it was retweeted from, by id or by a text of retweets within retweets', async () => {
    const texts = [
      'RT @mid: RT @ida_n: Lamps',
      'RT @mid: Lamps',
      'RT @ida_n: Lamps',
      'RT @IDA_N: RT @other: Lamps',
      'Lamps',
      'None',
    ]
    const ids = { status_parent_id: '12', status_parent_user_id: '13' }
    const lines = [...texts.map((status_text) => ({ ...flat, status_text })), { ...flat, ...ids }]
    const rows = await read(lines.map((line) => json(line)).join('\n'))
    expect(rows.map((row) => row.parent_screen_name)).toEqual(['mid', 'mid', null, null, null, null, null])
    expect(rows[6]).toMatchObject({ parent_id: '12', parent_author_id: '13' })
    expect(rows.map((row) => row.text)).toEqual(rows.map(() => null))
  })

  itReads('is what it says it is, where that fits what it holds', async () => {
    const said = (status_kind: string, more: object = {}) => json({ ...flat, status_kind, ...more })
    const none = { rt_status_id: 'None' }
    const rows = await read(
      [
        said('quote', { status_text: 'mine' }),
        said('reply', { status_text: 'mine' }),
        said('original'),
        said('original', { rt_status_id: flat.status_id }),
        said('quote', none),
        said('retweet', none),
        said('like'),
      ].join('\n'),
    )
    expect(rows.map((row) => [row.kind, row.root_id, row.parent_id, row.reject_reason])).toEqual([
      ['quote', flat.rt_status_id, flat.rt_status_id, null],
      ['reply', flat.status_id, flat.rt_status_id, null],
      ['retweet', flat.rt_status_id, null, null],
      ['original', flat.status_id, null, null],
      ['original', flat.status_id, null, null],
      ['retweet', null, null, 'no id of the retweeted tweet'],
      ['like', flat.rt_status_id, null, null],
    ])
    expect(rows[1]).toMatchObject({ root_author_id: '5', root_favourites: null, parent_author_id: '77' })
  })

  itReads('may hold numbers and booleans where others hold text', async () => {
    const [row] = await read(json({ ...flat, rt_status_favorite_count: 3, rt_status_favorited: false }))
    expect(row).toMatchObject({ root_favourites: 3n, reject_reason: null })
  })
})

describe('an X API v1.1 tweet', () => {
  itReads('is recognised for what it is: retweet, quote, reply or original', async () => {
    const lines = [
      tweet('1', { retweeted_status: tweet('10', { favorite_count: 99 }) }),
      tweet('2', { quoted_status: tweet('10') }),
      tweet('3', { in_reply_to_status_id_str: '10' }),
      tweet('4', {
        extended_tweet: { full_text: 'the whole of it' },
        coordinates: { coordinates: [-0.12, 51.5] },
        place: { country_code: 'gb' },
      }),
    ]
    const rows = await withTerm.read(lines.map((line) => json(line)).join('\n'))
    expect(rows.map(({ kind, root_id, reject_reason }) => [kind, root_id, reject_reason])).toEqual([
      ['retweet', '10', null],
      ['quote', '10', null],
      ['reply', '3', null],
      ['original', '4', null],
    ])
    expect(rows[0]).toMatchObject({
      root_favourites: 99n,
      root_author_id: 'u10',
      author_id: 'u1',
      author_verified: true,
    })
    expect(rows[3]).toMatchObject({
      text: 'the whole of it',
      latitude: 51.5,
      longitude: -0.12,
      place_country: 'GB',
    })
  })

  itReads('names whom it quotes or answers, and where its links lead', async () => {
    const entities = { urls: [{ expanded_url: 'https://lamps.example' }, { expanded_url: null }] }
    const answer = {
      in_reply_to_status_id_str: '10',
      in_reply_to_user_id_str: 'u10',
      in_reply_to_screen_name: 's_u10',
    }
    const rows = await withTerm.read(
      [
        tweet('1', { ...answer, entities, quoted_status: tweet('20') }),
        tweet('2', { ...answer, entities }),
        tweet('3', { quoted_status_id_str: '20', is_quote_status: true }),
        tweet('4', { entities, retweeted_status: tweet('20') }),
        tweet('5', { in_reply_to_user_id_str: 'u10' }),
        tweet('6', { extended_tweet: { full_text: 'long', entities: { urls: [] } }, entities }),
      ]
        .map((line) => json(line))
        .join('\n'),
    )
    const named = rows.map((row) => [row.kind, row.parent_id, row.parent_author_id, row.parent_screen_name])
    expect(named).toEqual([
      ['quote', '20', 'u20', 's_u20'],
      ['reply', '10', 'u10', 's_u10'],
      ['original', '20', null, null],
      ['retweet', null, null, null],
      ['original', null, null, null],
      ['original', null, null, null],
    ])
    const links = ['https://lamps.example', null]
    expect(rows.map((row) => row.links)).toEqual([links, links, null, null, null, []])
  })

  itReads('is refused without a search term', async () => {
    const [row] = await read(json(tweet('1')))
    expect(row?.reject_reason).toContain('--term')
  })
})

describe('records on one line', () => {
  itReads('are told apart, formats mixed, whatever their texts hold', async () => {
    const tricky = { ...flat, rt_status_text: 'ends in }{', status_text: 'a }{"b": 1}{ c } {' }
    const rows = await withTerm.read(`${json(tricky)}${json(tweet('1'))}${json(tricky)} ${json(flat)}`)
    expect(rows.map((row) => row.reject_reason)).toEqual([null, null, null, null])
    expect(rows[0]?.root_text).toBe('ends in }{')
  })

  for (const cut of ['{', '{"', '{"status_id":"1","te']) {
    itReads(`are kept when the last of them is cut: ${cut}`, async () => {
      const rows = await read(json(flat) + json(flat) + cut)
      expect(rows.map((row) => row.reject_reason)).toEqual([null, null, 'not one whole JSON object'])
      expect(rows[2]?.rejected_record).toBe(cut)
    })
  }

  itReads('leave out blank lines and carriage returns', async () => {
    expect(await read(`\n  \n${json(flat)}\r\n\t\n`)).toHaveLength(1)
  })
})

describe('a record that cannot be used', () => {
  const whole = json(flat)
  const cases = [
    ['cut short', whole.slice(0, -20), 'not one whole JSON object'],
    ['followed by something else', `${whole}xyz`, 'not one whole JSON object'],
    ['closed by a brace too many', `${whole}}`, 'not one whole JSON object'],
    ['not an object', '[1, 2]', 'not one whole JSON object'],
    ['a number', '17', 'not one whole JSON object'],
    ['of neither common format', '{"hello":"world"}', OTHER_FORMAT],
    ['without an id', json({ ...flat, status_id: 'None' }), 'no tweet id'],
    [
      'of an unreadable time',
      json({ ...flat, status_created_at: 'Sun Foo 09 22:10:30 +0000 2018' }),
      'no readable time',
    ],
    ['of an unknown author', json({ ...flat, rt_status_user_id: 'None' }), 'no author'],
    ['without a term', json({ ...flat, searched_names: 'None' }), 'no search term'],
    ['of too long an id', json({ ...flat, rt_status_user_id: '9'.repeat(65) }), 'more than 64'],
  ] as const
  for (const [name, record, reason] of cases) {
    itReads(`is rejected with its reason and text: ${name}`, async () => {
      const rows = await read(`${record}\n${whole}`)
      expect(rows[0]?.reject_reason).toContain(reason)
      expect(rows[0]?.rejected_record).toBe(record)
      expect(rows[1]?.reject_reason).toBeNull()
    })
  }
})
