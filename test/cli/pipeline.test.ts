import { randomUUID } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { runProgram } from '../../src/cli/run-program.ts'
import { testServices } from '../environment/services.ts'
import { capturedOutput } from './captured-output.ts'

const NOWHERE = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_REGION: 'eu-west-1' }

async function run(argv: readonly string[], variables: NodeJS.ProcessEnv = testServices().variables) {
  const [stdout, stderr] = [capturedOutput(), capturedOutput()]
  const { signal } = new AbortController()
  const code = await runProgram(['pipeline', ...argv], { variables, signal, stdout, stderr })
  return { code, stdout: stdout.text(), stderr: stderr.text() }
}

const newTerm = (): string => `photo of the day #${randomUUID().slice(0, 8)}`

describe('ripplerank pipeline', () => {
  it('creates, shows and deletes a pipeline, each as often as it is asked', async () => {
    const term = newTerm()
    const created = await run(['create', term])
    expect([created.code, created.stdout.split('\n')[0]]).toEqual([0, 'Done:'])
    const [place = ''] = /s3:\/\/ripplerank\/raw\/photo-of-the-day-\S+\//.exec(created.stdout) ?? []
    expect(created.stdout).toMatch(/^ {2}stream {2}ripplerank-photo-of-the-day-\S+: create$/m)
    expect(created.stderr).toMatch(/^stream ripplerank-photo-of-the-day-\S+: \d+\.\d s, create$/m)

    const again = await run(['create', term])
    expect(again.stdout).toMatch(/^The pipeline is there, and as it should be\.\n/)
    const status = await run(['status', term])
    expect(status.stdout).toMatch(/: ACTIVE since \d{4}-\d\d-\d\d \d\d:\d\d UTC, encrypted$/m)
    expect(status.stdout).toContain(place)

    const deleted = await run(['delete', term])
    expect(deleted.stdout).toContain(`Its data, if there is any, is kept in ${place}\n`)
    const gone = await run(['delete', term])
    expect([gone.code, gone.stdout.split('\n')[0]]).toEqual([
      0,
      `There is no pipeline for ${term}; nothing to do.`,
    ])
    expect(await run(['status', term])).toMatchObject({
      code: 0,
      stdout: `There is no pipeline for ${term}.\n`,
    })
  })

  it('says what it would do, and does not', async () => {
    const term = newTerm()
    const dry = await run(['create', term, '--dry-run', '--gzip'])
    expect(dry.stdout).toMatch(/^Nothing was changed; without --dry-run this would be:\n/)
    expect((await run(['status', term])).stdout).toBe(`There is no pipeline for ${term}.\n`)
    await run(['create', term])
    expect((await run(['create', term, '--dry-run', '--gzip'])).stdout).toContain(': compress by gzip\n')
    expect((await run(['delete', term, '--dry-run', '--delete-data'])).stdout).toMatch(/ role .*: delete\n/)
    expect(JSON.parse((await run(['status', term, '--json'])).stdout)).toMatchObject({
      status: 'ACTIVE',
      gzip: false,
    })
    await run(['delete', term])
  })

  it('speaks JSON', async () => {
    const term = newTerm()
    const document = async (...argv: string[]): Promise<unknown> =>
      JSON.parse((await run([...argv, term, '--json'])).stdout)
    expect(await document('create')).toMatchObject({
      term,
      dry_run: false,
      location: expect.stringMatching(/^s3:\/\/ripplerank\/raw\//),
      buffer_seconds: 300,
      buffer_mebibytes: 5,
      gzip: false,
      parts: [
        { part: 'bucket' },
        { part: 'role' },
        { part: 'logs' },
        { part: 'stream', changes: ['create'] },
      ],
    })
    expect(await document('status')).toMatchObject({ status: 'ACTIVE', encrypted: true, problems: [] })
    expect(await document('delete')).toMatchObject({
      data: { location: expect.stringMatching(/^s3:\/\/ripplerank\/raw\//), kept: true },
    })
    expect(await document('status')).toMatchObject({ status: 'none', created_at: null })
  })

  it('prints a policy without calling anybody', async () => {
    const { stdout, code } = await run(['policy', '--bucket', 'tweets'], { AWS_REGION: 'cn-north-1' })
    expect(code).toBe(0)
    expect(JSON.parse(stdout).Statement[0].Resource).toBe('arn:aws-cn:s3:::tweets')
  })

  it.each([
    [['create', ' '], 'the search term is empty'],
    [['create', 'storm'], '--bucket is missing; name the S3 bucket, or set RIPPLERANK_BUCKET'],
    [['create', 'storm', '--bucket', 'My_Bucket'], '--bucket My_Bucket is no name of a bucket'],
    [
      ['create', 'storm', '--bucket', 'abc', '--buffer-mib', '129'],
      '--buffer-mib takes a whole number from 1 to 128',
    ],
    [
      ['create', 'storm', '--bucket', 'abc', '--buffer-seconds', '1e2'],
      '--buffer-seconds takes a whole number',
    ],
    [['policy', '--bucket', 'abc', '--account', '1'], '--account takes the 12 digits'],
  ])('refuses %j with one sentence and exit code 2', async (argv, sentence) => {
    const { code, stderr } = await run(argv, NOWHERE)
    expect([code, stderr.startsWith(`ripplerank: ${sentence}`)]).toEqual([2, true])
  })

  it('ends with 4 where nobody answers', async () => {
    const { code, stderr } = await run(['status', 'storm'], {
      ...NOWHERE,
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
    })
    expect(code).toBe(4)
    expect(stderr).toMatch(/^ripplerank: DescribeDeliveryStream: .*ECONNREFUSED/m)
  })
})
