import { beforeAll, describe, expect } from '@jest/globals'

import { transformBench } from './cascade-frames.ts'
import { readRecordsTogether } from './read-records.ts'

const { read, itReads, readAll } = readRecordsTogether()
beforeAll(async () => {
  await using bench = await transformBench()
  await readAll(bench)
})

const SEEN_US = 1_725_911_162_329_308 // 2024-09-09T19:46:02.329308Z
const SEEN = '2024-09-09T19:46:02.329308Z'
const DID = 'did:plc:aaa'
// Its key is a TID: 2024-09-09T11:47:59.313217Z.
const POST = 'at://did:plc:root/app.bsky.feed.post/3l3pte3p2e325'

const event = (collection: string, commit: object) => ({
  did: DID,
  time_us: SEEN_US,
  kind: 'commit',
  commit: { rev: 'r', operation: 'create', rkey: '3l3qo2vuowo2b', cid: 'c', collection, ...commit },
})
const post = (record: object) =>
  event('app.bsky.feed.post', { record: { text: 'words', createdAt: '1999-01-01T00:00:00Z', ...record } })
const own = (collection: string) => `at://${DID}/${collection}/3l3qo2vuowo2b`
const to = (uri: string) => ({ uri, cid: 'c' })
const repost = (uri: string, more: object = {}) =>
  event('app.bsky.feed.repost', { record: { subject: to(uri), createdAt: 'x', ...more } })

describe('a Jetstream event', () => {
  itReads('is a post, repost, like, follow or deletion, or says why it is none', async () => {
    const list = 'at://did:plc:root/app.bsky.graph.list/3l3pte3p2e325'
    const records: readonly (readonly [object, readonly (string | null)[]])[] = [
      // kind, tweet, root, root's author, parent's author, reason
      [post({}), ['original', own('app.bsky.feed.post'), own('app.bsky.feed.post'), DID, null, null]],
      [
        post({ reply: { parent: to(POST), root: to('at://did:plc:x/app.bsky.feed.post/1') } }),
        ['reply', own('app.bsky.feed.post'), own('app.bsky.feed.post'), DID, 'did:plc:root', null],
      ],
      [
        post({ embed: { record: to(POST) } }),
        ['quote', own('app.bsky.feed.post'), POST, 'did:plc:root', 'did:plc:root', null],
      ],
      [
        post({ embed: { record: { record: to(POST) }, media: { external: to('https://m.example') } } }),
        ['quote', own('app.bsky.feed.post'), POST, 'did:plc:root', 'did:plc:root', null],
      ],
      [
        post({ embed: { record: to(list) } }),
        ['original', own('app.bsky.feed.post'), own('app.bsky.feed.post'), DID, null, null],
      ],
      [repost(POST), ['retweet', own('app.bsky.feed.repost'), POST, 'did:plc:root', null, null]],
      [
        repost(POST, { via: to('at://did:plc:via/app.bsky.feed.repost/3l3pte3p2e326') }),
        ['retweet', own('app.bsky.feed.repost'), POST, 'did:plc:root', 'did:plc:via', null],
      ],
      [
        event('app.bsky.feed.like', { record: { subject: to(POST) } }),
        ['like', own('app.bsky.feed.like'), POST, 'did:plc:root', null, null],
      ],
      [
        event('app.bsky.feed.like', { record: { subject: to(list) } }),
        ['like', own('app.bsky.feed.like'), null, null, null, 'a repost or like of what is no post'],
      ],
      [
        event('app.bsky.graph.follow', { record: { subject: 'did:plc:followed' } }),
        ['follow', own('app.bsky.graph.follow'), null, null, 'did:plc:followed', null],
      ],
      [
        event('app.bsky.graph.follow', { record: { subject: null } }),
        [
          'follow',
          own('app.bsky.graph.follow'),
          null,
          null,
          null,
          'no account that follows, or none that it follows',
        ],
      ],
      [
        event('app.bsky.feed.post', { operation: 'delete' }),
        ['delete', own('app.bsky.feed.post'), null, null, null, null],
      ],
      [
        { did: DID, time_us: SEEN_US, kind: 'account', account: { active: false, status: 'takendown' } },
        ['delete', null, null, null, null, null],
      ],
      [
        { did: DID, time_us: SEEN_US, kind: 'account', account: { active: true } },
        [null, null, null, null, null, 'an account that is active again, of which nothing is kept'],
      ],
      [
        { did: DID, time_us: SEEN_US, kind: 'identity', identity: {} },
        [null, null, null, null, null, 'an identity event, of which nothing is kept'],
      ],
      [
        event('app.bsky.actor.profile', { record: {} }),
        [null, null, null, null, null, 'a Bluesky record of a kind that is not read: app.bsky.actor.profile'],
      ],
      [
        post({ reply: [], embed: 'x', facets: {} }),
        ['original', own('app.bsky.feed.post'), own('app.bsky.feed.post'), DID, null, null],
      ],
    ]
    const rows = await read(records.map(([record]) => record))
    const found = rows.map((row) => [
      row.kind,
      row.tweet_id,
      row.root_id,
      row.root_author_id,
      row.parent_author_id,
      row.reject_reason,
    ])
    expect(found).toEqual(records.map(([, expected]) => expected))
    expect(rows.map((row) => row.author_id)).toEqual(rows.map(() => DID))
  })

  itReads('has Jetstream’s time, and its root that of a key that can be true', async () => {
    const key = (rkey: string) => repost(`at://did:plc:root/app.bsky.feed.post/${rkey}`)
    const rows = await read([
      post({}),
      key('3l3pte3p2e325'),
      key('self'),
      key('3zzzzzzzzzzzz'), // a TID of the year 2039
      key('zzzzzzzzzzzzz'), // no TID
      { ...post({ createdAt: '2024-09-09T19:00:00.5Z' }), time_us: 'None' },
      { ...post({ createdAt: '19:00' }), time_us: 9e18 },
    ])
    expect(rows.map((row) => [row.tweeted_at?.toString(), row.root_tweeted_at?.toString()])).toEqual([
      [SEEN, SEEN],
      [SEEN, '2024-09-09T11:47:59.313217Z'],
      [SEEN, SEEN],
      [SEEN, SEEN],
      [SEEN, SEEN],
      ['2024-09-09T19:00:00.500000Z', '2024-09-09T19:00:00.500000Z'],
      [undefined, undefined],
    ])
    expect(rows.at(-1)?.reject_reason).toBe('no readable time')
  })

  itReads('says the language and where links lead', async () => {
    const link = (uri?: string) => ({ features: [{ $type: 'app.bsky.richtext.facet#link', uri }] })
    const [row, bare] = await read([
      post({
        langs: ['pt-BR', 'en'],
        facets: [link('https://a.example'), link(), link('https://b.example'), { index: {} }],
        embed: { external: to('https://b.example') },
      }),
      post({}),
    ])
    expect(row).toMatchObject({
      lang: 'pt',
      links: ['https://a.example', 'https://b.example'],
      text: 'words',
      root_text: 'words',
    })
    expect(bare).toMatchObject({ lang: null, links: [] })
  })
})
