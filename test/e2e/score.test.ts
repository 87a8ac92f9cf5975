import { createReadStream, existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { createGunzip, gzipSync } from 'node:zlib'

import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { runProgram } from '../../src/cli/run-program.ts'
import { runSchedule } from '../../src/cli/run-schedule.ts'
import type { ScoreReport } from '../../src/jobs/score.ts'
import { capturedOutput } from '../cli/captured-output.ts'
import { testServices } from '../environment/services.ts'
import type { ScratchDatabase } from '../store/scratch-database.ts'
import { scratchDatabase } from '../store/scratch-database.ts'

const REAL_DATA = process.env['RIPPLERANK_REAL_DATA']
const GERMANWINGS = REAL_DATA ? join(REAL_DATA, 'pheme_germanwings.v11.jsonl.gz') : ''
const itOnRealData = existsSync(GERMANWINGS) ? it : it.skip

let database: ScratchDatabase
let folder: string

beforeAll(async () => {
  database = await scratchDatabase()
  folder = await mkdtemp(join(tmpdir(), 'ripplerank-e2e-'))
})

afterAll(async () => {
  await database[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

async function run(...argv: readonly string[]) {
  const [stdout, stderr] = [capturedOutput(), capturedOutput()]
  const variables = { ...testServices().runVariables, DATABASE_URL: database.url }
  const code = await runProgram(argv, { variables, signal: new AbortController().signal, stdout, stderr })
  return { code, stdout: stdout.text(), stderr: stderr.text() }
}

async function scored(...argv: readonly string[]): Promise<ScoreReport> {
  const { code, stdout, stderr } = await run('score', '--json', ...argv)
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout) as ScoreReport
}

async function putObject(key: string, body: string | Uint8Array): Promise<string> {
  const { endpoint, region, accessKeyId, secretAccessKey, bucket } = testServices().s3
  const credentials = { accessKeyId, secretAccessKey }
  const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true })
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }))
  client.destroy()
  return `s3://${bucket}/${key}`
}

/** A retweet of one root, at a minute after it. */
const flatRecord = (id: number, minute: number, user: string, followers: number) =>
  JSON.stringify({
    status_id: String(9_007_199_254_740_993n + BigInt(id)),
    status_created_at: `Sun Dec 09 22:${String(minute).padStart(2, '0')}:30 +0000 2018`,
    status_user_id: user,
    status_user_followers_count: String(followers),
    searched_names: 'tidal lamps',
    sentiment: 'None',
    rt_status_id: '9007199254740993',
    rt_status_created_at: 'Sun Dec 09 22:00:30 +0000 2018',
    rt_status_text: 'The lamps }{ are "lit" }{',
    rt_status_favorite_count: String(10 + minute),
    rt_status_retweet_count: '4',
    rt_status_user_id: '77',
    rt_status_user_name: 'Ida Nordhavn 🌊',
    rt_status_user_screen_name: 'ida_n',
    rt_status_user_followers_count: '500',
    rt_status_favorited: 'False',
  })

const records = [flatRecord(1, 1, 'a', 10), flatRecord(2, 2, 'b', 1000), flatRecord(3, 3, 'c', 0)]

describe('score, from objects on S3 to rows in MySQL', () => {
  it('reads plain, compressed and undelimited objects, leaves repeats out and keeps what it cannot read', async () => {
    await putObject('e2e/one/2018/12/09/22/plain', `${records[0]}\n${records[0]}\n`)
    await putObject('e2e/one/2018/12/09/22/packed.gz', gzipSync(`${records[1]}\n`))
    await putObject('e2e/one/2018/12/09/22/undelimited', `${records[2]}${records[2]}{"status_id":"1","te`)
    const report = await scored('--input', `s3://${testServices().s3.bucket}/e2e/one`, '--window', '24h')
    expect(report).toMatchObject({
      slot: '2018-12-09T22:15:00Z',
      windowHours: 24,
      observations: 3,
      duplicates: 2,
      rejected: 1,
      cascades: 1,
      authors: 1,
      published: 1,
    })
    expect(report.top[0]).toMatchObject({
      rank: 1,
      term: 'tidal lamps',
      author: 'ida_n',
      name: 'Ida Nordhavn 🌊',
      retweets: 3,
      favourites: 13,
      followers: 500,
      depth_method: 'expected',
    })
    const [rejected] = await database.rows('select object, record_number, reason, record from rejected')
    expect(rejected).toEqual({
      object: expect.stringContaining('/undelimited'),
      record_number: '3',
      reason: 'not one whole JSON object',
      record: '{"status_id":"1","te',
    })
  })

  it('publishes the same rows when a slot is run again', async () => {
    const input = join(folder, 'again.json')
    await writeFile(input, records.join('\n'))
    const argv = ['--input', input, '--window', '7d', '--slot', '2018-12-09T22:30:00Z'] as const
    const rows = () => database.rows("select * from author_score where slot_end = '2018-12-09 22:30:00'")
    await scored(...argv)
    const once = await rows()
    await scored(...argv)
    expect(once).toHaveLength(1)
    expect(await rows()).toEqual(once)
    const verified = await run('verify', '--slot', '2018-12-09T22:30:00Z', '--window', '7d')
    expect(verified).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/1 raw objects, no difference\n$/),
    })
  })

  it('finds a published row that its raw objects do not make', async () => {
    const at = "slot_end = '2018-12-09 22:30:00' and window_hours = 168"
    await database.run(`update author_score set retweets = retweets + 1 where ${at}`)
    await database.run(`delete from topic_score where ${at}`)
    const { code, stdout } = await run('verify', '--window', '7d', '--json')
    expect(code).toBe(1)
    const { differences, ...found } = JSON.parse(stdout)
    expect(found).toMatchObject({ slot: '2018-12-09T22:30:00Z', windowHours: 168, objects: 1, counts: [] })
    expect(differences).toEqual([
      {
        table: 'author_score',
        key: { term: 'tidal lamps', author_id: '77' },
        kind: 'different',
        columns: { retweets: { published: 4, recomputed: 3 } },
      },
      expect.objectContaining({ table: 'topic_score', kind: 'missing' }),
    ])
  })

  it('is done by a schedule once for each slot that is due, without what happened after it', async () => {
    const input = join(folder, 'later.json')
    await writeFile(input, records.join('\n'))
    const once = async () => {
      const [stdout, stderr] = [capturedOutput(), capturedOutput()]
      const variables = { ...testServices().runVariables, DATABASE_URL: database.url }
      const flags = {
        input: [input],
        window: ['30d'],
        kernel: 'calibrated',
        delay: 6,
        catchUp: 0,
        once: true,
      }
      const context = { variables, signal: new AbortController().signal, stdout, stderr }
      await runSchedule(flags, context, () => new Date('2018-12-09T22:06:00Z'))
      return stdout.text()
    }
    expect(await once()).toMatch(
      /^2018-12-09T22:00:00Z 720 h published: 0 observations, 0 authors, [\d.]+ s\n$/,
    )
    expect(await once()).toBe('')
  })

  it('says in one sentence what is wrong with the password of the database, and ends with 2', async () => {
    const url = new URL(database.url)
    url.password = 'not-the-password'
    const [stdout, stderr] = [capturedOutput(), capturedOutput()]
    const variables = { ...testServices().variables, DATABASE_URL: url.href }
    const input = join(folder, 'unread.json')
    await writeFile(input, '{}')
    const signal = new AbortController().signal
    const code = await runProgram(['score', '--input', input], { variables, signal, stdout, stderr })
    expect(code).toBe(2)
    expect(stderr.text()).not.toContain('not-the-password')
    expect(stdout.text()).toBe('')
  })
})

describe('score, on real retweets of one evening', () => {
  const expected = [
    {
      author: 'u_91d8fc2ec0',
      retweets: 356,
      favourites: 218,
      followers: 610_345,
      depth: [55.946, 1.178, 49.674],
    },
    {
      author: 'u_f77df1b8b0',
      retweets: 175,
      favourites: 94,
      followers: 147_064,
      depth: [94.724, 1.962, 46.189],
    },
  ]

  const expectReference = (report: ScoreReport) => {
    expect(report).toMatchObject({ observations: 1855, cascades: 50, authors: 39 })
    for (const { depth, ...row } of expected) {
      const found = report.top.find((author) => author.author === row.author)
      expect(found).toMatchObject(row)
      const measures = [found?.non_primary_retweets, found?.mean_depth, found?.influence]
      for (const [index, measure] of measures.entries()) expect(measure).toBeCloseTo(depth[index] ?? NaN, 3)
    }
  }

  itOnRealData('agrees with an independent reference', async () => {
    const argv = ['--input', GERMANWINGS, '--term', 'germanwings', '--window', '30d'] as const
    expectReference(await scored(...argv))
    expect((await scored(...argv, '--kernel', 'debatenight')).top[0]?.influence).toBeCloseTo(50.009, 3)
  })

  itOnRealData('gives the same scores from one line without ends, its last record cut', async () => {
    const lines = (await text(createReadStream(GERMANWINGS).pipe(createGunzip()))).trimEnd().split('\n')
    const input = await putObject('e2e/real/undelimited', `${lines.join('')}${lines[0]?.slice(0, 300)}`)
    const report = await scored('--input', input, '--term', 'germanwings', '--window', '30d')
    expectReference(report)
    expect(report.rejected).toBe(1)
  })
})
