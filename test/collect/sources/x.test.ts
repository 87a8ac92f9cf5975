import { afterEach, describe, expect, it } from '@jest/globals'

import { type XOptions, xSource } from '../../../src/collect/sources/x.ts'
import { startBackOff } from '../../../src/collect/sources/x/back-off.ts'
import { ruleFor } from '../../../src/collect/sources/x/rules.ts'
import { collectedFrom, flat } from '../collected.ts'
import { xV2Line, xV2Tweet } from '../record/fixtures.ts'
import { quickClock } from './quick-clock.ts'
import { json, startXServer, stream } from './x-server.ts'

const TOKEN = 'AAAA-secret-token'
const NOW_MS = Date.parse('2026-11-23T20:00:00Z')
const STREAM = '/2/tweets/search/stream'
const SEARCH = '/2/tweets/search/recent'
const RULES = '/2/tweets/search/stream/rules'

let server: Awaited<ReturnType<typeof startXServer>> | undefined
afterEach(async () => {
  await server?.[Symbol.asyncDispose]()
  server = undefined
})

type Script = Parameters<typeof startXServer>[0]
async function opened(script: Script, options: Partial<XOptions> = {}) {
  server = await startXServer(script)
  const clock = quickClock(NOW_MS)
  const source = xSource({ token: TOKEN, baseUrl: server.baseUrl, silenceMs: 2_000, clock, ...options })
  return { server, clock, source }
}

const ID = BigInt(NOW_MS - 60_000 - 1_288_834_974_657) << 22n
const idAt = (index: number) => String(ID + BigInt(index))
const line = (index: number, more: object = {}, rule = 'rule1') =>
  `${JSON.stringify(xV2Line(xV2Tweet(idAt(index), more), [], { matching_rules: [{ id: rule, tag: 'x' }] }))}\r\n`
const page = (indices: readonly number[], nextToken?: string) =>
  json({
    data: indices.map((index) => xV2Tweet(idAt(index))),
    includes: { users: [] },
    meta: { next_token: nextToken },
  })
const seen = ({ records }: Awaited<ReturnType<typeof collectedFrom>>) =>
  records.map(({ tweetId }) => Number(BigInt(tweetId) - ID))
const reasons = ({ events }: Awaited<ReturnType<typeof collectedFrom>>) =>
  events.flatMap((event) => (event.kind === 'disconnected' ? [event.reason] : []))

describe('the filtered stream of X', () => {
  it('is opened for a rule of our own, which is removed in the end', async () => {
    const { server: x, source } = await opened({ streams: [stream([line(1), line(2)], { staysOpen: true })] })
    x.rules.set('other', { value: 'cats', tag: 'not ours' })
    x.rules.set('old', { value: 'an older rule', tag: 'ripplerank: glass river' })
    const result = await collectedFrom(source, { term: 'glass river', most: 2 })
    expect(seen(result)).toEqual([1, 2])
    expect(x.callsOf(RULES).map(({ body }) => (body === '' ? null : JSON.parse(body)))).toEqual([
      null,
      { delete: { ids: ['old'] } },
      { add: [{ value: '"glass river"', tag: 'ripplerank: glass river' }] },
      { delete: { ids: ['rule1'] } },
    ])
    expect([...x.rules.keys()]).toEqual(['other'])
    expect(x.calls.every(({ authorization }) => authorization === `Bearer ${TOKEN}`)).toBe(true)
    expect(x.callsOf(STREAM)[0]?.url.searchParams.get('expansions')).toContain(
      'referenced_tweets.id.author_id',
    )
    expect(flat(result.records[0]!)).toMatchObject({
      searched_names: 'glass river',
      status_user_followers_count: '7',
    })
  })

  it('takes over the rule that a killed run left', async () => {
    const { server: x, source } = await opened({
      streams: [stream([line(1, {}, 'left')], { staysOpen: true })],
    })
    x.rules.set('left', { value: 'lamps', tag: 'ripplerank: lamps' })
    await collectedFrom(source, { term: 'lamps', most: 1 })
    expect(x.callsOf(RULES).map(({ body }) => body)).toEqual([
      '',
      JSON.stringify({ delete: { ids: ['left'] } }),
    ])
  })

  it('leaves what came for other rules, and counts it as billed', async () => {
    const lines = [line(1, {}, 'other'), line(2)]
    const { source } = await opened({ streams: [stream(lines, { staysOpen: true })] })
    const result = await collectedFrom(source, { most: 1 })
    expect(seen(result)).toEqual([2])
    expect(result.events.findLast(({ kind }) => kind === 'spent')).toEqual({
      kind: 'spent',
      posts: 2,
      dollars: 0.01,
    })
  })

  it('survives heartbeats, half lines, invalid UTF-8, split characters and two megabytes', async () => {
    const broken = Buffer.from(line(2, { text: 'a?b' }))
    broken[broken.indexOf('?')] = 0xff
    const umlaut = Buffer.from(line(3, { text: 'Grün' }))
    const cut = umlaut.indexOf(0xc3) + 1
    const long = line(4, { text: 'x'.repeat(2_000_000) })
    const chunks = ['\r\n', line(1).slice(0, 40), line(1).slice(40), '\r\n', broken]
    const more = [
      umlaut.subarray(0, cut),
      umlaut.subarray(cut),
      long,
      '{"data":{"id":\r\n',
      '{}\r\n',
      line(5).slice(0, 50),
    ]
    const { source } = await opened({
      streams: [stream([...chunks, ...more]), stream([line(6)], { staysOpen: true })],
    })
    const result = await collectedFrom(source, { most: 5 })
    expect(seen(result)).toEqual([1, 2, 3, 4, 6])
    const texts = result.records.map((record) => flat(record)['status_text'])
    expect(texts.slice(1, 3)).toEqual(['a\uFFFDb', 'Grün'])
    expect(texts[3]).toHaveLength(2_000_000)
    expect(result.refused.map(({ reason }) => reason)).toEqual([
      'not one whole JSON object',
      'a line of the stream without a post',
      'not one whole JSON object',
    ])
  })

  it('is opened anew at once when it ends, and what was missed is searched for', async () => {
    const {
      server: x,
      clock,
      source,
    } = await opened({
      streams: [stream([line(1)]), stream([line(4)], { staysOpen: true })],
      searches: [page([3], 'next'), page([2, 1])],
    })
    const result = await collectedFrom(source, { most: 5 })
    expect(seen(result)).toEqual([1, 3, 2, 1, 4])
    // Going on from a searched post, which are the newest first, would lose those behind it.
    expect(result.records.map(({ position }) => position)).toEqual([1, 1, 1, 1, 4].map(idAt))
    expect(clock.sleeps).toEqual([])
    expect(
      x
        .callsOf(SEARCH)
        .map(({ url }) => [url.searchParams.get('since_id'), url.searchParams.get('next_token')]),
    ).toEqual([
      [idAt(1), null],
      [idAt(1), 'next'],
    ])
    expect(reasons(result)).toEqual(['X ended the connection'])
  })

  it('asks for what was missed where the account may', async () => {
    const { server: x, source } = await opened(
      { streams: [stream([line(1)]), stream([line(2)], { staysOpen: true })] },
      { backfillMinutes: 3 },
    )
    await collectedFrom(source, { most: 2 })
    expect(x.callsOf(STREAM).map(({ url }) => url.searchParams.get('backfill_minutes'))).toEqual([null, '3'])
    expect(x.callsOf(SEARCH)).toEqual([])
  })

  it('waits longer each time that X ends it with an error', async () => {
    const error = {
      errors: [
        {
          title: 'operational-disconnect',
          detail: 'This stream has been disconnected for operational reasons.',
        },
      ],
    }
    const ended = stream([`${JSON.stringify(error)}\r\n`])
    const { clock, source } = await opened({
      streams: [ended, ended, ended, stream([line(1)], { staysOpen: true })],
    })
    const result = await collectedFrom(source, { most: 1 })
    expect(clock.sleeps).toEqual([5_000, 10_000, 20_000])
    expect(reasons(result)[0]).toBe(
      'X ends the stream: operational-disconnect: This stream has been disconnected for operational reasons.',
    )
  })

  it('waits until the limit ends, at least a minute, then two', async () => {
    const limit = (reset: number) =>
      json({ title: 'ConnectionException', detail: 'too many connections' }, 429, {
        'x-rate-limit-reset': String(reset),
      })
    const { clock, source } = await opened({
      streams: [limit(NOW_MS / 1_000 + 600), limit(0), json({}, 503), stream([line(1)], { staysOpen: true })],
    })
    const result = await collectedFrom(source, { most: 1 })
    expect(clock.sleeps).toEqual([600_000, 120_000, 5_000])
    expect(JSON.stringify(result.events)).not.toContain(TOKEN)
    expect(reasons(result)[0]).toBe(`X answers 429 to ${STREAM}: ConnectionException: too many connections`)
  })

  it('is opened anew when nothing comes, not even a heartbeat', async () => {
    const { source } = await opened(
      { streams: [stream([line(1)], { staysOpen: true }), stream([line(2)], { staysOpen: true })] },
      { silenceMs: 200 },
    )
    const result = await collectedFrom(source, { most: 2 })
    expect(seen(result)).toEqual([1, 2])
    expect(reasons(result)).toEqual(['nothing for 0.2 s, not even a heartbeat'])
  })

  it('is tried again while nobody answers', async () => {
    const clock = quickClock(NOW_MS)
    const source = xSource({ token: TOKEN, baseUrl: 'http://127.0.0.1:1', clock })
    const controller = new AbortController()
    const delays: number[] = []
    const onEvent = (event: { readonly kind: string }) => {
      if ('retryInMs' in event) delays.push(Number(event.retryInMs))
      if (delays.length === 3) controller.abort()
    }
    const result = await collectedFrom(source, { signal: controller.signal, onEvent })
    expect(result.records).toEqual([])
    expect(delays).toEqual([250, 500, 750])
  })

  it('ends when as many posts came as may be read', async () => {
    const { server: x, source } = await opened(
      { streams: [stream([line(1), line(2), line(3)])] },
      { maxPosts: 2 },
    )
    const result = await collectedFrom(source)
    expect(seen(result)).toEqual([1, 2])
    expect(x.rules.size).toBe(0)
  })

  it('ends with the posts of the month', async () => {
    const usage = (used: number) => json({ data: { project_cap: '100', project_usage: String(used) } })
    const { source } = await opened({ streams: [stream([line(1), line(2)])], usage: usage(99) })
    expect(seen(await collectedFrom(source))).toEqual([1])
    await server?.[Symbol.asyncDispose]()
    const none = await opened({ streams: [stream([])], usage: usage(100) })
    await expect(collectedFrom(none.source)).rejects.toMatchObject({ code: 'access_denied' })
  })

  it('starts with what was posted before, if that is wanted', async () => {
    const { server: x, source } = await opened(
      { streams: [stream([line(9)], { staysOpen: true })], searches: [page([2, 1])] },
      { since: new Date('2026-01-01') },
    )
    const result = await collectedFrom(source, { most: 3 })
    expect(result.records.map(({ position }) => position)).toEqual([null, null, idAt(9)])
    // X searches seven days.
    expect(x.callsOf(SEARCH)[0]?.url.searchParams.get('start_time')).toBe('2026-11-16T20:01:00.000Z')
  })

  it('goes on after the last post that was delivered', async () => {
    const after = String((BigInt(NOW_MS - 3_600_000) - 1_288_834_974_657n) << 22n)
    const { server: x, source } = await opened({
      streams: [stream([line(9)], { staysOpen: true })],
      searches: [page([2])],
    })
    const result = await collectedFrom(source, { most: 2, after })
    expect(result.records[0]?.position).toBe(after)
    expect(x.callsOf(SEARCH)[0]?.url.searchParams.get('since_id')).toBe(after)
  })

  it('ends at once when it is told to, and takes its rule along', async () => {
    const { server: x, source } = await opened({ streams: [stream([line(1)], { staysOpen: true })] })
    const controller = new AbortController()
    const seenIds: string[] = []
    const options = { term: 'lamps', after: null, signal: controller.signal, onEvent: () => undefined }
    for await (const { tweetId } of source(options)) {
      seenIds.push(tweetId)
      controller.abort()
    }
    expect(seenIds).toHaveLength(1)
    expect(x.rules.size).toBe(0)
  })
})

describe('what X does not take', () => {
  it('is said without the token', async () => {
    const denied = json({ title: 'Unauthorized', detail: 'Unauthorized' }, 401)
    const { source } = await opened({ streams: [], rules: [denied] })
    const error = await collectedFrom(source).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ name: 'SourceError', code: 'access_denied' })
    expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain(TOKEN)
    expect(() => xSource({ token: `${TOKEN}\n` })).toThrow(/^(?!.*secret).*bearer token/)
    expect(() => xSource({ token: TOKEN, backfillMinutes: 9 })).toThrow('up to 5 minutes')
  })

  it('of a rule is said with the reason', async () => {
    const { source } = await opened({ streams: [] }, { rule: 'wrong operator:' })
    await expect(collectedFrom(source)).rejects.toMatchObject({
      code: 'bad_options',
      message: expect.stringContaining('there is no operator of that name'),
    })
  })
})

describe('the rules of X', () => {
  it('search for a term as a phrase', () => {
    expect(['#lamps', 'lamps', 'café', 'glass river', 'say "hi"'].map(ruleFor)).toEqual([
      '#lamps',
      'lamps',
      '"café"',
      '"glass river"',
      '"say  hi"',
    ])
  })

  it('for the next attempt go up to their ends, each for its own kind', () => {
    const backOff = startBackOff()
    const delays = (kind: 'network' | 'http' | 'rate', times: number) =>
      Array.from({ length: times }, () => backOff.afterFailure(kind))
    expect(delays('network', 70).slice(-7)).toEqual([16_000, 16_000, 16_000, 16_000, 16_000, 16_000, 16_000])
    expect(delays('http', 8)).toEqual([5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 320_000, 320_000])
    expect(delays('rate', 3)).toEqual([60_000, 120_000, 240_000])
    backOff.afterSuccess()
    expect(delays('rate', 1)).toEqual([60_000])
  })
})
