import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { pipelineName } from '../../src/cloud/pipeline-name.ts'
import { runProgram } from '../../src/cli/run-program.ts'
import { openLocalStream, type LocalStream } from '../collect/delivery/local-stream.ts'
import { temporaryFolder } from '../local/temporary-folder.ts'
import { capturedOutput } from './captured-output.ts'

const TERM = 'photo of the day'
const STREAM = pipelineName(TERM).stream

interface RunOptions {
  readonly stream?: LocalStream
  readonly variables?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

async function run(argv: readonly string[], { stream, variables, signal }: RunOptions = {}) {
  const [stdout, stderr] = [capturedOutput(), capturedOutput()]
  const aws = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_REGION: 'us-east-1' }
  const place = stream && { AWS_ENDPOINT_URL_FIREHOSE: stream.local.endpoint }
  const context = { signal: signal ?? new AbortController().signal, stdout, stderr }
  const code = await runProgram(['collect', ...argv], {
    ...context,
    variables: { ...aws, ...place, ...variables },
  })
  return { code, stdout: stdout.text(), stderr: stderr.text() }
}

/** A file of so many records, and a folder for what waits. */
async function written(folder: string, records: number): Promise<readonly string[]> {
  const lines = Array.from({ length: records }, (_, index) => JSON.stringify(flatRecord(index)))
  const input = join(folder, 'tweets.jsonl')
  await writeFile(input, `${lines.join('\n')}\n{"status_id": \n`)
  return [TERM, '--source', 'replay', '--input', input, '--state', join(folder, 'state')]
}

const flatRecord = (index: number) => ({
  status_id: String(1_071_000_000_000_000_000n + BigInt(index)),
  status_created_at: 'Sun Dec 09 22:10:30 +0000 2018',
  searched_names: TERM,
  status_lang: 'en',
  sentiment: 'None',
  rt_status_id: '1070999999999999999',
  rt_status_created_at: 'Sun Dec 09 20:10:30 +0000 2018',
  rt_status_text: 'What a great day!',
  rt_status_user_id: '42',
  rt_status_user_followers_count: '1000',
})

/** Collects while Firehose is down, until all records wait on the disk. */
async function leftInSpool(
  argv: readonly string[],
  { stream, records }: { readonly stream: LocalStream; readonly records: number },
): Promise<void> {
  stream.local.inject({ isDown: true })
  const interrupt = new AbortController()
  setTimeout(() => interrupt.abort(), 3_000)
  const { stdout } = await run(argv, { stream, signal: interrupt.signal })
  expect(stdout).toContain(`${records.toLocaleString('en')} spooled`)
  stream.local.inject({})
}

describe('collect', () => {
  it('brings a file to the stream of the term, and says what it did', async () => {
    await using folder = await temporaryFolder()
    await using stream = await openLocalStream({ name: STREAM })
    const argv = await written(folder.path, 1_000)
    const { code, stdout } = await run([...argv, '--json'], { stream })
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      term: TERM,
      stream: STREAM,
      source: 'replay',
      received: 1_001,
      matched: 1_000,
      sent: 1_000,
      refused: 1,
      spooled: 0,
      dropped: 0,
    })
    const lines = await stream.arrived()
    expect(lines).toHaveLength(1_000)
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ rt_status_text: 'What a great day!', sentiment: '1' })
    expect(await readFile(join(folder.path, 'state', 'refused.jsonl'), 'utf8')).toContain('status_id')
  })

  it('says for people what it did, and again what it does meanwhile', async () => {
    await using folder = await temporaryFolder()
    await using stream = await openLocalStream({ name: STREAM })
    const { code, stdout, stderr } = await run(await written(folder.path, 10), { stream })
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /^11 received, 10 matched, 10 sent, 0 retried, 0 spooled, 1 refused, 0 dropped, 0\.0 s behind, in /,
    )
    expect(stdout).toContain('refused.jsonl, with the reason.')
    expect(stderr).toMatch(/^collect: .*10 sent/)
  })

  it('names the way out where the term has no pipeline', async () => {
    await using folder = await temporaryFolder()
    await using stream = await openLocalStream({ name: 'another' })
    const { code, stderr } = await run(await written(folder.path, 1), { stream })
    expect(code).toBe(2)
    expect(stderr).toContain(`ripplerank: there is no delivery stream ${STREAM}\n`)
    expect(stderr).toContain('  Run `ripplerank pipeline create "photo of the day"` first.\n')
  })

  it('ends within 10 s of Ctrl-C while Firehose is down, says what stays, and sends it with the next run', async () => {
    await using folder = await temporaryFolder()
    await using stream = await openLocalStream({ name: STREAM })
    stream.local.inject({ isDown: true })
    const interrupt = new AbortController()
    const argv = await written(folder.path, 700)
    const begunMs = performance.now()
    setTimeout(() => interrupt.abort(), 500)
    const first = await run(argv, { stream, signal: interrupt.signal })
    expect(performance.now() - begunMs).toBeLessThan(10_500)
    expect(first.code).toBe(0)
    expect(first.stdout).toMatch(/ 0 sent, [\d,]+ retried, 700 spooled, 1 refused, 0 dropped/)
    expect(first.stdout).toContain(
      `700 records stay in ${folder.path}/state; the next run into ${STREAM} sends them.`,
    )
    expect(first.stderr).toMatch(/Firehose takes nothing \(.*socket hang up.*\); records wait in /)
    stream.local.inject({})
    const second = await run([...argv, '--json'], { stream })
    expect(second.stderr).toContain('700 records of a run before go first\n')
    expect(JSON.parse(second.stdout)).toMatchObject({ sent: 1_400, spooled: 0, dropped: 0 })
  })

  it('fails where records were lost, as by a damaged disk', async () => {
    await using folder = await temporaryFolder()
    await using stream = await openLocalStream({ name: STREAM })
    const argv = await written(folder.path, 30_000) // more than one segment of the spool
    await leftInSpool(argv, { stream, records: 30_000 })
    const segment = join(folder.path, 'state', `${'0'.repeat(16)}.spool`)
    const bytes = await readFile(segment)
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
    await writeFile(segment, bytes)
    const { code, stdout, stderr } = await run([...argv, '--json'], { stream })
    const { dropped } = z.object({ dropped: z.number() }).parse(JSON.parse(stdout))
    expect(dropped).toBeGreaterThan(0)
    expect({ code, isNamed: stderr.includes(`${dropped.toLocaleString('en')} records were lost`) }).toEqual({
      code: 1,
      isNamed: true,
    })
  })

  it.each([
    [['--source', 'myspace'], '--source myspace is unknown; choose x, bluesky, replay, simulate'],
    [['--source', 'replay'], '--input is missing; name the file or folder that is to be replayed'],
    [['--source', 'bluesky', '--rate', '5'], '--rate means nothing to --source bluesky; leave it out'],
    [['--source', 'simulate', '--rate', 'fast'], '--rate takes a whole number from 1, such as 5000'],
    [
      ['--source', 'replay', '--input', 'x', '--speed', '0'],
      '--speed takes a number above 0, such as 60, or max',
    ],
    [
      ['--source', 'x', '--since', 'yesterday'],
      '--since yesterday is not a time; write it as 2026-01-02T03:15:00Z',
    ],
    [['--source', 'x'], 'X_BEARER_TOKEN is not set; --source x needs the bearer token of an app of yours'],
    [
      ['--source', 'bluesky', '--stream', 'a b'],
      '--stream takes up to 64 letters, digits, dots, hyphens and underscores',
    ],
    [['--source', 'bluesky', '--metrics-port', '0'], '--metrics-port takes a port from 1 to 65535'],
  ])('refuses %j', async (argv, sentence) => {
    const { code, stderr } = await run([TERM, ...argv])
    expect({ code, stderr }).toEqual({ code: 2, stderr: `ripplerank: ${sentence}\n` })
  })
})
