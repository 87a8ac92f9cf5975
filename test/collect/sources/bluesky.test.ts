import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, describe, expect, it } from '@jest/globals'

import { type BlueskyOptions, blueskySource } from '../../../src/collect/sources/bluesky.ts'
import { boundedMap } from '../../../src/collect/sources/bluesky/bounded-map.ts'
import { matchesTerm } from '../../../src/collect/sources/bluesky/matches-term.ts'
import { collectedFrom, flat } from '../collected.ts'
import { jetstream } from '../record/fixtures.ts'
import { type Connection, sends, startAppView, startJetstream } from './bluesky-servers.ts'
import { quickClock } from './quick-clock.ts'

const NOW_MS = Date.parse('2026-11-23T20:00:00Z')
const NOW_US = NOW_MS * 1_000

const disposables: AsyncDisposable[] = []
afterEach(async () => {
  for (const one of disposables.splice(0)) await one[Symbol.asyncDispose]()
})

type AppViewScript = Parameters<typeof startAppView>[0]
async function opened(
  connections: readonly Connection[],
  { script, ...options }: Partial<BlueskyOptions> & { readonly script?: AppViewScript } = {},
) {
  const stream = await startJetstream(connections)
  const api = await startAppView(script)
  disposables.push(stream, api)
  const clock = quickClock(NOW_MS)
  const { jetstreamUrl } = stream
  const { appViewUrl } = api
  const source = blueskySource({ jetstreamUrl, appViewUrl, lotMs: 20, silenceMs: 2_000, clock, ...options })
  return { stream, api, clock, source }
}

let made = 0
const event = (collection: string, commit: object, did = 'did:plc:ann') => {
  made += 1
  return { ...jetstream(collection, { rkey: `key${made}`, ...commit }, did), time_us: NOW_US + made }
}
const post = (text: string, more: object = {}, did?: string) =>
  event('app.bsky.feed.post', { record: { text, langs: ['en'], ...more } }, did)
const addressOf = ({
  did,
  commit,
}: {
  readonly did: string
  readonly commit: { readonly [key: string]: unknown }
}) => `at://${did}/${String(commit['collection'])}/${String(commit['rkey'])}`
const to = (uri: string) => ({ uri, cid: 'c' })
const spread = (collection: 'repost' | 'like', uri: string, more: object = {}) =>
  event(`app.bsky.feed.${collection}`, { record: { subject: to(uri), ...more } }, 'did:plc:bob')
const kinds = ({ records }: Awaited<ReturnType<typeof collectedFrom>>) =>
  records.map((record) => flat(record)['status_kind'] ?? 'as it came')

describe('Jetstream', () => {
  it('gives posts of the term, and what spreads, likes, quotes or answers them', async () => {
    const found = post('See the GLASS river tonight, it is great')
    const root = addressOf(found)
    const other = post('nothing of it')
    const events = [
      found,
      other,
      spread('repost', root, { via: to('at://did:plc:eve/app.bsky.feed.repost/1') }),
      spread('repost', addressOf(other)),
      spread('like', root),
      post('look', { embed: { record: to(root) } }),
      post('yes', { reply: { parent: to(root), root: to(root) } }),
      event('app.bsky.feed.post', { operation: 'delete', rkey: root.split('/').at(-1) }),
      event('app.bsky.feed.post', { operation: 'delete' }, 'did:plc:stranger'),
      { did: 'did:plc:bob', time_us: NOW_US, kind: 'account', account: { active: false } },
      { did: 'did:plc:stranger', time_us: NOW_US, kind: 'account', account: { active: false } },
      { did: 'did:plc:bob', time_us: NOW_US, kind: 'identity', identity: {} },
    ]
    const { stream, api, source } = await opened([sends(events)])
    const result = await collectedFrom(source, { term: 'glass river', most: 7 })
    expect(kinds(result)).toEqual([
      'original',
      'retweet',
      'like',
      'quote',
      'reply',
      'as it came',
      'as it came',
    ])
    expect(new Set(result.records.map(({ rootId }) => rootId).slice(0, 4))).toEqual(new Set([root]))
    expect(flat(result.records[1]!)).toMatchObject({
      searched_names: 'glass river',
      status_user_id: 'did:plc:bob',
      status_user_screen_name: 'bob.example',
      status_user_followers_count: '11',
      status_parent_user_id: 'did:plc:eve',
      status_lang: 'en',
      sentiment: '1',
      rt_status_id: root,
      rt_status_text: 'See the GLASS river tonight, it is great',
      rt_status_favorite_count: '11',
      rt_status_retweet_count: '12',
      rt_status_user_screen_name: 'ann.example',
      rt_status_user_followers_count: '11',
    })
    expect(result.records.map(({ position }) => position).slice(0, 2)).toEqual(
      [found, events[2]].map((one) => String(one?.time_us)),
    )
    expect(stream.urls[0]?.searchParams.getAll('wantedCollections')).toEqual([
      'app.bsky.feed.post',
      'app.bsky.feed.repost',
      'app.bsky.feed.like',
    ])
    expect(stream.urls[0]?.searchParams.get('cursor')).toBeNull()
    expect(result.events.filter(({ kind }) => kind === 'received')).toHaveLength(events.length)
    expect(api.asked('actors')).toEqual([['did:plc:ann', 'did:plc:bob']])
    expect(api.asked('uris')).toEqual([[root]])
  })

  it('goes on a few seconds before the last event when the connection ends, and after a position', async () => {
    const [one, two] = [post('lamps 1'), post('lamps 2')]
    const { stream, source, clock } = await opened([sends([one], { ends: true }), sends([two])])
    const result = await collectedFrom(source, { term: 'lamps', after: String(NOW_US - 60_000_000), most: 2 })
    expect(kinds(result)).toHaveLength(2)
    expect(stream.urls.map((url) => Number(url.searchParams.get('cursor')))).toEqual([
      NOW_US - 65_000_000,
      one.time_us - 5_000_000,
    ])
    expect(clock.sleeps).toEqual([1_000])
    await expect(collectedFrom(source, { after: 'yesterday' })).rejects.toMatchObject({ code: 'bad_options' })
  })

  it('waits longer each time that nobody answers, and is opened anew when it falls silent', async () => {
    const clock = quickClock(NOW_MS)
    const controller = new AbortController()
    const delays: number[] = []
    const onEvent = (told: { readonly kind: string }) => {
      if ('retryInMs' in told) delays.push(Number(told.retryInMs))
      if (delays.length === 8) controller.abort()
    }
    const nobody = blueskySource({ jetstreamUrl: 'ws://127.0.0.1:1/subscribe', clock })
    await collectedFrom(nobody, { signal: controller.signal, onEvent })
    expect(delays).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000])
    const { source } = await opened([sends([post('lamps')]), sends([post('lamps')])], { silenceMs: 200 })
    expect((await collectedFrom(source, { term: 'lamps', most: 2 })).events).toContainEqual({
      kind: 'disconnected',
      reason: 'nothing for 0.2 s',
      retryInMs: 1_000,
    })
  })

  it('survives what is no JSON, no text, or of no known kind', async () => {
    const broken = Buffer.from(JSON.stringify(post('lamps ?')))
    broken[broken.indexOf('?')] = 0xff
    const odd = [{}, { kind: 'commit', did: 'x', commit: {} }, '[]', '{"did":', broken, post('lamps 2')]
    const { source } = await opened([sends(odd)])
    const result = await collectedFrom(source, { term: 'lamps', most: 2 })
    expect(result.records.map((record) => flat(record)['status_text'])).toEqual(['lamps \uFFFD', 'lamps 2'])
    expect(result.refused).toHaveLength(2)
  })

  it('is held back by a slow reader, and loses nothing', async () => {
    const events = Array.from({ length: 20_000 }, (_, index) => post(`lamps ${index}`, { langs: ['xx'] }))
    const { source } = await opened([sends(events)])
    const seen: string[] = []
    const { signal } = new AbortController()
    for await (const record of source({ term: 'lamps', after: null, signal, onEvent: () => undefined })) {
      seen.push(flat(record)['status_text'] ?? '')
      if (seen.length % 5_000 === 0) await new Promise((done) => setTimeout(done, 50))
      if (seen.length === events.length) break
    }
    expect(seen).toEqual(events.map((_, index) => `lamps ${index}`))
  })

  it('knows the posts that an earlier run found', async () => {
    const root = 'at://did:plc:zoe/app.bsky.feed.post/1'
    const folder = await mkdtemp(join(tmpdir(), 'ripplerank-bluesky-'))
    const postsFile = join(folder, 'posts')
    await writeFile(postsFile, `${root}\nat://did:plc:zoe/app.bsky.feed.po`) // the last one was cut off
    const before = await opened([sends([post('lamps')])], { postsFile })
    await collectedFrom(before.source, { term: 'lamps', most: 1 })
    const addresses = (await readFile(postsFile, 'utf8')).split('\n')
    expect(addresses).toEqual([root, expect.stringMatching(/^at:.*post/), ''])
    const { source } = await opened([sends([spread('repost', root)])], { postsFile })
    const result = await collectedFrom(source, { most: 1 })
    await rm(folder, { recursive: true })
    expect(flat(result.records[0]!)).toMatchObject({
      rt_status_text: 'what was looked up is great',
      sentiment: '1',
    })
  })

  it('ends when it is told to', async () => {
    const { source } = await opened([sends([post('lamps')])])
    const controller = new AbortController()
    const onRecord = () => controller.abort()
    const result = await collectedFrom(source, { term: 'lamps', signal: controller.signal, onRecord })
    expect(result.records).toHaveLength(1)
  })
})

describe('look-ups', () => {
  it('come in batches of 25, each person once', async () => {
    const events = Array.from({ length: 60 }, (_, index) => post('lamps', {}, `did:plc:p${index % 30}`))
    const { api, source } = await opened([sends(events)])
    await collectedFrom(source, { term: 'lamps', most: 60 })
    expect(api.asked('actors').map((ids) => ids.length)).toEqual([25, 5])
  })

  it('that fail or are too many lose no record, and are left alone for a while', async () => {
    const outage = [{ status: 502, body: '<html>' }]
    const events = [post('lamps'), post('lamps', {}, 'did:plc:gone')]
    const failed = await opened([sends(events)], { script: { first: outage } })
    const result = await collectedFrom(failed.source, { term: 'lamps', most: 2 })
    expect(result.records.map((record) => flat(record)['status_user_followers_count'])).toEqual([
      'None',
      'None',
    ])
    expect(result.events).toContainEqual({
      kind: 'disconnected',
      reason: 'nothing is looked up: app.bsky.actor.getProfiles: 502',
      retryInMs: 30_000,
    })
    expect(failed.clock.sleeps).toEqual([])
  })

  it('wait for the end of a limit if that is near, and go without if it is far', async () => {
    const limit = (afterMs: number) => ({
      status: 429,
      headers: { 'ratelimit-reset': String((NOW_MS + afterMs) / 1_000) },
      body: '{}',
    })
    const lots: Connection = (socket) => {
      sends([post('lamps', {}, 'did:plc:one')])(socket, new URL('http://x'))
      setTimeout(() => sends([post('lamps', {}, 'did:plc:two')])(socket, new URL('http://x')), 500)
    }
    const followers = async (afterMs: number) => {
      const { source, clock } = await opened([lots], { script: { first: [limit(afterMs)] } })
      const { records } = await collectedFrom(source, { term: 'lamps', most: 2 })
      return [records.map((record) => flat(record)['status_user_followers_count']), clock.sleeps]
    }
    expect(await followers(3_000)).toEqual([['None', '11'], [3_000]])
    expect(await followers(60_000)).toEqual([['None', 'None'], []])
  })
})

describe('a term', () => {
  it.each([
    ['glass river', 'The Glass  River!', true],
    ['glass river', '#glass #river', true],
    ['glass river', 'glass rivers', false],
    ['glass river', 'river glass', false],
    ['#lamps', 'see #Lamps', true],
    ['#lamps', 'see lamps', false],
    ['café', 'CAFE\u0301', true],
    ['c++', 'I like C++.', true],
    ['a|b', 'a', false],
    ['月祭り', '昨日の月祭りは', true],
  ])('%s: %s', (term, text, expected) => {
    expect(matchesTerm(term)(text)).toBe(expected)
  })
})

describe('a bounded map', () => {
  it('forgets what was longest not used', () => {
    const map = boundedMap<number>(2)
    map.set('a', 1)
    map.set('b', 2)
    map.get('a')
    map.set('c', 3)
    expect([map.get('a'), map.get('b'), map.get('c')]).toEqual([1, undefined, 3])
  })
})
