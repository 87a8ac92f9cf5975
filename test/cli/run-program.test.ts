import { readFile } from 'node:fs/promises'

import { describe, expect, it } from '@jest/globals'

import { runProgram } from '../../src/cli/run-program.ts'
import { testServices } from '../environment/services.ts'
import { capturedOutput } from './captured-output.ts'

async function run(argv: readonly string[], { variables = {}, signal = new AbortController().signal } = {}) {
  const [stdout, stderr] = [capturedOutput(), capturedOutput()]
  const code = await runProgram(argv, { variables, signal, stdout, stderr })
  return { code, stdout: stdout.text(), stderr: stderr.text() }
}

const anInput = ['score', '--input', import.meta.filename]

describe('the command line', () => {
  it('says its version', async () => {
    const manifest: { readonly version: string } = JSON.parse(await readFile('package.json', 'utf8'))
    expect(await run(['--version'])).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' })
  })

  it('says what it can do', async () => {
    const { code, stdout } = await run(['--help'])
    expect(code).toBe(0)
    for (const command of ['demo', 'score', 'budget', 'calibrate', 'evaluate', 'pipeline', 'up', 'store'])
      expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'))
  })

  it('says how to score', async () => {
    const { code, stdout } = await run(['score', '--help'])
    expect(code).toBe(0)
    for (const flag of [
      '--input',
      '--term',
      '--slot',
      '--window',
      '--kernel',
      '--top',
      '--json',
      '--verbose',
    ]) {
      expect(stdout).toContain(flag)
    }
  })

  it.each([
    [['scor'], "ripplerank: unknown command 'scor'"],
    [['score'], "ripplerank: required option '--input <source...>' not specified"],
    [[...anInput, '--windw', '7d'], "ripplerank: unknown option '--windw'"],
    [
      [...anInput, '--slot', '2026-01-02T03:16:00Z'],
      'ripplerank: --slot 2026-01-02T03:16:00Z is not a UTC quarter hour',
    ],
    [['score', '--input', 'nowhere'], 'ripplerank: --input nowhere does not exist'],
  ])('refuses %j with one sentence and exit code 2', async (argv, sentence) => {
    const { code, stdout, stderr } = await run(argv)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr.startsWith(sentence)).toBe(true)
  })

  it('refuses a Spark address that is none, before it starts anything', async () => {
    const { code, stderr } = await run(anInput, { variables: { SPARK_REMOTE: 'localhost' } })
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        'ripplerank: SPARK_REMOTE is not a Spark Connect address; write it as sc://host:15002/;token=...\n',
    })
  })

  it('ends with 4 and one sentence when no Spark answers', async () => {
    const variables = { SPARK_REMOTE: 'sc://127.0.0.1:1', DATABASE_URL: testServices().databaseUrl }
    const { code, stderr } = await run(anInput, { variables })
    expect(code).toBe(4)
    expect(stderr).toContain('no Spark Connect server answers at 127.0.0.1:1')
  })

  it('ends with 2 and one sentence when Spark refuses the token', async () => {
    const { databaseUrl, sparkRemote } = testServices()
    const SPARK_REMOTE = sparkRemote.replace(/token=[^;]+/, 'token=not-the-token')
    const { code, stderr } = await run(anInput, { variables: { SPARK_REMOTE, DATABASE_URL: databaseUrl } })
    expect(code).toBe(2)
    expect(stderr).toContain('Correct the token in SPARK_REMOTE.')
    expect(stderr).not.toContain('not-the-token')
  })

  it('ends with 2 and one sentence when the database refuses the password', async () => {
    const url = new URL(testServices().databaseUrl)
    url.password = 'not-the-password'
    const { code, stderr } = await run(anInput, { variables: { DATABASE_URL: url.href } })
    expect(code).toBe(2)
    expect(stderr).toMatch(/^ripplerank: the database at .* does not let this user in .*\n$/)
    expect(stderr).not.toContain('not-the-password')
  })

  it('ends with 130 when it was interrupted', async () => {
    const variables = { DATABASE_URL: testServices().databaseUrl }
    const { code, stderr } = await run(anInput, { variables, signal: AbortSignal.abort() })
    expect({ code, stderr }).toEqual({ code: 130, stderr: 'ripplerank: interrupted\n' })
  })
})
