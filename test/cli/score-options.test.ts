import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { parseScoreOptions } from '../../src/cli/score-options.ts'

const defaults = { slot: 'auto', window: '30d', kernel: 'calibrated', top: '10' }

let folder: string
let file: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'score-options-'))
  file = join(folder, 'tweets.jsonl')
  await writeFile(file, '{}\n')
})

afterAll(async () => {
  await rm(folder, { recursive: true })
})

const parse = (flags: Readonly<Record<string, unknown>>) =>
  parseScoreOptions({ ...defaults, input: [file], ...flags })

describe('the flags of score', () => {
  it('have sensible defaults', async () => {
    expect(await parse({})).toEqual({
      inputs: [file],
      slot: 'auto',
      windowHours: 720,
      kernel: 'calibrated',
      top: 10,
      json: false,
    })
  })

  it.each([
    ['24h', 24],
    ['7d', 168],
    ['30d', 720],
  ])('take the window %s as %d hours', async (window, windowHours) => {
    expect(await parse({ window })).toMatchObject({ windowHours })
  })

  it('take files, folders, file URLs and S3 prefixes, and make paths absolute', async () => {
    const input = [
      relative(process.cwd(), file),
      folder,
      pathToFileURL(file).href,
      's3://bucket',
      's3://my.bucket/a/b',
    ]
    expect(await parse({ input })).toMatchObject({
      inputs: [file, folder, file, 's3://bucket', 's3://my.bucket/a/b'],
    })
  })

  it('take follow lists as they take inputs', async () => {
    expect(
      await parse({ follows: [relative(process.cwd(), file), 's3://bucket/follows.parquet'] }),
    ).toMatchObject({
      follows: [file, 's3://bucket/follows.parquet'],
    })
  })

  it.each(['2026-01-02T03:15:00Z', '2026-01-02T03:15Z', '2026-01-02T04:45:00+01:30'])(
    'take %s as a slot',
    async (slot) => {
      expect(await parse({ slot })).toMatchObject({ slot: new Date('2026-01-02T03:15:00Z') })
    },
  )

  it.each([
    [{ slot: '2026-01-02T03:16:00Z' }, /not a UTC quarter hour; the nearest are .*03:15:00Z and .*03:30:00Z/],
    [{ slot: '2026-01-02T03:15:00.001Z' }, /not a UTC quarter hour/],
    [{ slot: '1969-12-31T23:59:00Z' }, /the nearest are 1969-12-31T23:45:00Z and 1970-01-01T00:00:00Z/],
    [{ slot: '2026-01-02T03:15:00' }, /--slot 2026-01-02T03:15:00 is not a time/],
    [{ slot: '2026-13-02T03:15:00Z' }, /is not a time/],
    [{ slot: 'noon' }, /is not a time/],
    [{ window: '8d' }, /--window 8d is unknown; choose 24h, 7d or 30d/],
    [{ kernel: 'best' }, /--kernel best is unknown; choose calibrated or debatenight/],
    [{ top: '0' }, /--top takes a whole number/],
    [{ top: 'ten' }, /--top takes a whole number/],
    [{ term: ' ' }, /--term is empty/],
    [{ input: ['nowhere'] }, /--input nowhere does not exist/],
    [{ follows: ['nowhere'] }, /--follows nowhere does not exist/],
    [{ input: ['gs://bucket/x'] }, /--input gs:\/\/bucket\/x has the scheme gs/],
    [{ input: ['s3:///prefix'] }, /names no bucket/],
  ])('say in one sentence what is wrong with %j', async (flags, sentence) => {
    const error = await parse(flags).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ name: 'ConfigError', problems: [expect.stringMatching(sentence)] })
  })

  it('say everything that is wrong at once', async () => {
    const error = await parse({ window: 'x', kernel: 'y', input: ['nowhere'] }).catch(
      (thrown: unknown) => thrown,
    )
    expect(error).toHaveProperty('problems.length', 3)
  })
})
