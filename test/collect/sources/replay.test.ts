import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { replaySource } from '../../../src/collect/sources/replay.ts'
import { collectedFrom, flat } from '../collected.ts'
import { xV1Tweet, xV2Tweet } from '../record/fixtures.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ripplerank-replay-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function written(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name)
  await mkdir(join(path, '..'), { recursive: true })
  await writeFile(path, content)
  return path
}
const line = (id: string, more: object = {}): string => JSON.stringify(xV1Tweet(id, more))
const ids = ({ records }: Awaited<ReturnType<typeof collectedFrom>>) => records.map(({ tweetId }) => tweetId)

describe('a replay', () => {
  it('reads a folder in the order of names, gzip or not, and goes on after a position', async () => {
    await written('folder/2/b', gzipSync(`${line('3')}\n${line('4')}\n`))
    await written('folder/1/a', `${line('1')}${line('2')}\n\n`)
    await written('folder/_SUCCESS', 'x')
    await written('folder/.hidden/c', line('9'))
    const source = replaySource({ path: join(folder, 'folder') })
    const all = await collectedFrom(source)
    expect(ids(all)).toEqual(['1', '2', '3', '4'])
    expect(all.records.map(({ position }) => position)).toEqual(['1/a#1', '1/a#2', '2/b#1', '2/b#2'])
    for (const [index, { position }] of all.records.entries())
      expect(ids(await collectedFrom(source, { after: position }))).toEqual(ids(all).slice(index + 1))
  })

  it('counts refused records and tweets of a page in positions', async () => {
    const page = { data: [xV2Tweet('1'), null, xV2Tweet('2')], includes: {} }
    const path = await written('page', `{}\n${JSON.stringify(page)}\n${line('3')}`)
    const { records, refused, events } = await collectedFrom(replaySource({ path }))
    expect(records.map(({ position }) => position)).toEqual([`${path}#2`, `${path}#4`, `${path}#5`])
    expect(refused.map(({ reason }) => reason)).toEqual([
      'no known format: neither a flat record, nor one of the X API or of Jetstream',
      'a page of the X API v2 without tweets',
    ])
    expect(events.filter(({ kind }) => kind === 'received')).toHaveLength(5)
  })

  it('says what it cannot use, and why', async () => {
    const broken = Buffer.from(line('2', { text: 'a?b' }))
    broken[broken.indexOf('?')] = 0xff
    const content = [Buffer.from(`${line('1')}\n`), broken, Buffer.from(`\n{"id_str":"3"\n${line('None')}`)]
    const { records, refused } = await collectedFrom(
      replaySource({ path: await written('broken', Buffer.concat(content)) }),
    )
    expect(records.map((record) => flat(record)['status_text'])).toEqual(['text of 1', 'a\uFFFDb'])
    expect(refused.map(({ reason }) => reason)).toEqual(['not one whole JSON object', 'no tweet id'])
    expect(refused[0]?.data).toBe('{"id_str":"3"')
  })

  it('holds no more than a record where nothing ends a line', async () => {
    const long = 'x'.repeat(2_000_000)
    const lines = Array.from({ length: 3_000 }, (_, index) => line(String(index)))
    const content = [...lines, line('long', { text: long }), ...lines].join('')
    const result = await collectedFrom(replaySource({ path: await written('joined', content) }))
    expect(result.refused).toEqual([])
    expect(result.records).toHaveLength(6_001)
    expect(flat(result.records[3_000]!)['status_text']).toHaveLength(2_000_000)
  })

  it('refuses what is too long for a record, and goes on with the next line', async () => {
    const path = await written('endless', `{"id_str":"${'9'.repeat(20_000_000)}\n${line('1')}`)
    const result = await collectedFrom(replaySource({ path }))
    expect(ids(result)).toEqual(['1'])
    expect(result.refused.map(({ data }) => data.length)).toEqual([2_000])
  })

  it('gives what stands before the break in compressed data', async () => {
    const lines = Array.from({ length: 5_000 }, (_, index) =>
      line(String(index), { text: String(Math.sin(index)) }),
    )
    const whole = gzipSync(lines.join('\n'))
    await written('cut/a.gz', whole.subarray(0, whole.length / 2))
    await written('cut/b', line('last'))
    const result = await collectedFrom(replaySource({ path: join(folder, 'cut') }))
    expect(result.records.length).toBeGreaterThan(1_000)
    expect(result.records.at(-1)?.tweetId).toBe('last')
    expect(result.refused.at(-1)?.reason).toBe('a file whose compressed data is broken: a.gz')
  })

  it('keeps the values of flat records, and adds how they sound', async () => {
    const known = {
      status_id: '1',
      status_created_at: 'Tue Mar 24 10:45:02 +0000 2015',
      status_user_id: 'u',
      record_version: '7',
    }
    const said = { ...known, status_text: 'a good day', status_lang: 'en' }
    const rows = [
      { ...said, searched_names: 'mine', sentiment: '0', sentiment_score: '0.01' },
      { ...said, searched_names: 'mine', status_user_followers_count: 3, sentiment: 'None' },
      { ...known, searched_names: 'mine', sentiment: 'None' },
      known,
    ].map((row) => JSON.stringify(row))
    const { records } = await collectedFrom(replaySource({ path: await written('flat', rows.join('\n')) }))
    expect([records[0]?.data, records[2]?.data]).toEqual([rows[0], rows[2]])
    expect(flat(records[1]!)).toEqual({
      ...said,
      searched_names: 'mine',
      status_user_followers_count: '3',
      sentiment: '1',
      sentiment_score: '0.4404',
    })
    expect(flat(records[3]!)).toEqual({ ...known, searched_names: 'tests' })
  })

  it('gives a retweet the sentiment of what it repeats, and the term that it names', async () => {
    const retweet = line('1', {
      text: 'RT @s_u10: a…',
      retweeted_status: xV1Tweet('10', { text: 'a good day' }),
    })
    const tagged = { data: xV2Tweet('2', { text: 'bad' }), matching_rules: [{ tag: 'lamps' }] }
    const path = await written('mood', `${retweet}\n${JSON.stringify(tagged)}`)
    const { records } = await collectedFrom(replaySource({ path }))
    expect(records.map(flat)).toMatchObject([
      { sentiment: '1', sentiment_score: '0.4404', searched_names: 'tests' },
      { sentiment: '-1', sentiment_score: '-0.5423', searched_names: 'lamps' },
    ])
  })

  it('goes as fast as it is told to', async () => {
    const at = (second: number) => `Tue Mar 24 10:45:${String(second).padStart(2, '0')} +0000 2015`
    const tweets = [2, 4, 3, 10].map((second) => line(String(second), { created_at: at(second) }))
    const lines = tweets.toSpliced(2, 0, JSON.stringify({ delete: { status: { id_str: '1' } } }))
    let nowMs = 1_000
    const arrivals: number[] = []
    const clock = {
      now: () => nowMs,
      sleep: (ms: number) => {
        nowMs += ms
        return Promise.resolve()
      },
    }
    const source = replaySource({ path: await written('paced', lines.join('\n')), speed: 4, clock })
    const { signal } = new AbortController()
    for await (const _ of source({ term: 't', after: null, signal, onEvent: () => undefined }))
      arrivals.push(nowMs - 1_000)
    expect(arrivals).toEqual([0, 500, 500, 500, 2_000])
  })

  it('ends when it is told to', async () => {
    const lines = Array.from({ length: 2_000 }, (_, index) => line(String(index)))
    const controller = new AbortController()
    const path = await written('ended', lines.join('\n'))
    const seen: string[] = []
    const options = { term: 't', after: null, signal: controller.signal, onEvent: () => undefined }
    for await (const { tweetId } of replaySource({ path })(options)) {
      seen.push(tweetId)
      if (seen.length === 10) controller.abort()
    }
    expect(seen).toHaveLength(10)
  })

  it('names what is not there', async () => {
    await mkdir(join(folder, 'empty'), { recursive: true })
    const path = await written('there', line('1'))
    await expect(collectedFrom(replaySource({ path: join(folder, 'gone') }))).rejects.toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('gone'),
    })
    await expect(collectedFrom(replaySource({ path: join(folder, 'empty') }))).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(collectedFrom(replaySource({ path }), { after: 'other#3' })).rejects.toMatchObject({
      message: expect.stringContaining('has no file other'),
    })
    expect(() => replaySource({ path, speed: 0 })).toThrow('give a number above 0')
  })
})
