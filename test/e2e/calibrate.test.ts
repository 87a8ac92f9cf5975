import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { fitPowerLaw } from '../../src/calibration/fit-power-law.ts'
import { KernelFile } from '../../src/calibration/kernel-file.ts'
import type { KnownCascade } from '../../src/calibration/known-cascade.ts'
import { measureKernel } from '../../src/calibration/measure-kernel.ts'
import { powerLogWeights } from '../../src/calibration/power-law.ts'
import { runProgram } from '../../src/cli/run-program.ts'
import type { CalibrateReport } from '../../src/jobs/calibrate.ts'
import type { EvaluateReport } from '../../src/jobs/evaluate.ts'
import { drawCascades } from '../calibration/invented-cascades.ts'
import { capturedOutput } from '../cli/captured-output.ts'
import { testServices } from '../environment/services.ts'
import { scratchDatabase } from '../store/scratch-database.ts'

const REAL_DATA = process.env['RIPPLERANK_REAL_DATA']
const GERMANWINGS = REAL_DATA ? join(REAL_DATA, 'pheme_germanwings.v11.jsonl.gz') : ''
const FOLLOWS = REAL_DATA ? join(REAL_DATA, 'pheme_germanwings_follows.tsv.gz') : ''
const itOnRealData = existsSync(GERMANWINGS) ? it : it.skip

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ripplerank-calibrate-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function run(argv: readonly string[], variables = testServices().runVariables) {
  const [stdout, stderr] = [capturedOutput(), capturedOutput()]
  const code = await runProgram(argv, { variables, signal: new AbortController().signal, stdout, stderr })
  return { code, stdout: stdout.text(), stderr: stderr.text() }
}

async function reported<R>(...argv: readonly string[]): Promise<R> {
  const { code, stdout, stderr } = await run([...argv, '--json'])
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout) as R
}

const file = async (name: string, content: string): Promise<string> => {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

const LAW = { followersExponent: 0.6, hoursExponent: 1, rootLogFactor: 1.5 }
const BEGIN_MS = Date.UTC(2018, 11, 9, 10)

/** To the second, as records tell times. */
const drawn = drawCascades(powerLogWeights(LAW), { cascades: 12, events: 30, seed: 11 }).map(
  (cascade, index) => ({
    ...cascade,
    rootId: String(1000 + index),
    seconds: cascade.seconds.map(Math.floor),
  }),
)

const userOf = (cascade: KnownCascade, j: number): string => (j === 0 ? 'author' : `u${cascade.rootId}${j}`)

/** As X writes times. */
const timeOf = (seconds: number): string => {
  const [day, date, month, year, time] = new Date(BEGIN_MS + 1000 * seconds)
    .toUTCString()
    .replace(',', '')
    .split(' ')
  return `${day} ${month} ${date} ${time} +0000 ${year}`
}

const recordsOf = (cascade: KnownCascade): readonly string[] =>
  cascade.seconds.slice(1).map((seconds, index) =>
    JSON.stringify({
      status_id: `${cascade.rootId}${String(index).padStart(3, '0')}`,
      status_created_at: timeOf(seconds),
      status_user_id: userOf(cascade, index + 1),
      status_user_followers_count: String(cascade.followers[index + 1]),
      rt_status_id: cascade.rootId,
      rt_status_created_at: timeOf(0),
      rt_status_text: 'a tide',
      rt_status_user_id: 'author',
      rt_status_user_followers_count: String(cascade.followers[0]),
    }),
  )

const followsOf = (cascade: KnownCascade): readonly string[] =>
  cascade.parents.slice(1).map((parent, index) => `${userOf(cascade, index + 1)}\t${userOf(cascade, parent)}`)

const tweets = () => file('tweets.json', drawn.flatMap(recordsOf).join('\n'))
const follows = () => file('follows.tsv', drawn.flatMap(followsOf).join('\n'))

describe('calibrate and evaluate, from records to a kernel', () => {
  it('fit, save and measure', async () => {
    const source = ['--input', await tweets(), '--follows', await follows()]
    const out = join(folder, 'tide.json')
    const { code, stdout } = await run(['calibrate', ...source, '--name', 'tide', '--out', out])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Kernel tide: 360 retweets of 12 cascades, converged after \d+ steps\n/)
    expect(stdout).toMatch(/ {3}coefficient {3}standard error {3}clustered by cascade\n {2}time +\d\.\d{3}/)
    const kernel = KernelFile.parse(JSON.parse(await readFile(out, 'utf8')))
    const expected = fitPowerLaw(drawn)
    expect(kernel.followers_exponent).toBeCloseTo(expected.law.followersExponent, 9)
    expect(kernel.hours_exponent).toBeCloseTo(expected.law.hoursExponent, 9)
    expect(kernel.root_log_factor).toBeCloseTo(expected.law.rootLogFactor, 9)
    expect(kernel.fit).toMatchObject({ cascades: 12, retweets: 360 })

    const measured = await reported<EvaluateReport>('evaluate', ...source, '--kernel', out)
    expect(Object.keys(measured.kernels)).toEqual(['calibrated', 'debatenight', 'tide'])
    expect(measured).toMatchObject({ cascades: 12, retweets: 360 })
    const accuracy = measureKernel(drawn, powerLogWeights(expected.law))
    expect(measured.kernels['tide']?.mae).toBeCloseTo(accuracy.meanAbsoluteError, 9)
    expect(measured.kernels['tide']?.log_likelihood).toBeCloseTo(accuracy.logLikelihood, 9)
    expect(measured.kernels['tide']?.mean_depth_true).toBeCloseTo(accuracy.meanDepthTrue, 9)
  })

  it('give score a kernel by which the expected trees are those of the fit', async () => {
    const kernel = {
      format: 'ripplerank-kernel/1',
      name: 'tide-2',
      followers_exponent: 0.3,
      hours_exponent: 0.7,
      root_log_factor: 2,
    }
    const saved = await file('tide-2.kernel.json', JSON.stringify(kernel))
    await using database = await scratchDatabase()
    const variables = { ...testServices().runVariables, DATABASE_URL: database.url }
    const argv = ['score', '--input', await tweets(), '--term', 'tide', '--kernel', saved, '--json']
    expect((await run(argv, variables)).code).toBe(0)
    const law = { followersExponent: 0.3, hoursExponent: 0.7, rootLogFactor: 2 }
    const [row] = await database.rows('select kernel, mean_depth from author_score')
    expect(row?.['kernel']).toBe('tide-2')
    // All cascades are one author's, and as long as each other.
    const { meanDepthEstimated } = measureKernel(drawn, powerLogWeights(law))
    expect(Number(row?.['mean_depth'])).toBeCloseTo(meanDepthEstimated, 9)
  })

  it('end with 2 and one sentence where followers tell nothing', async () => {
    const equal = drawn.flatMap((cascade) =>
      recordsOf({ ...cascade, followers: cascade.followers.map(() => 50) }),
    )
    const source = ['--input', await file('equal.json', equal.join('\n')), '--follows', await follows()]
    const { code, stderr } = await run(['calibrate', ...source, '--out', join(folder, 'never.json')])
    expect(code).toBe(2)
    expect(stderr).toMatch(/^ripplerank: all participants have the same number of followers/m)
    expect(existsSync(join(folder, 'never.json'))).toBe(false)
  })

  it.each<[readonly string[], string]>([
    [['--name', 'My Kernel'], '--name My Kernel takes lower-case letters, digits and hyphens, 64 at most'],
    [['--name', 'calibrated'], '--name calibrated is a kernel of Ripplerank itself'],
    [['--out', 'nowhere/at/all.json'], '--out nowhere/at/all.json cannot be written'],
    [['--min-retweeters', '1'], '--min-retweeters takes a whole number from 2'],
    [['--root-followers', 'middle'], '--root-followers middle is unknown; choose first or last'],
    [['--follows', 'nowhere.tsv'], '--follows nowhere.tsv does not exist'],
  ])('refuse %j before anything starts', async (flags, sentence) => {
    const argv = ['calibrate', '--input', import.meta.filename, '--follows', import.meta.filename, ...flags]
    const { code, stderr } = await run(argv, {})
    expect(code).toBe(2)
    expect(stderr).toContain(`ripplerank: ${sentence}`)
  })
})

describe('calibrate and evaluate, on real retweets of one evening', () => {
  const source = ['--input', GERMANWINGS, '--follows', FOLLOWS] as const

  itOnRealData('find the kernel calibrated again', async () => {
    const { kernel } = await reported<CalibrateReport>(
      'calibrate',
      ...source,
      '--out',
      join(folder, 'gw.json'),
    )
    expect(kernel.fit).toMatchObject({ cascades: 36, retweets: 1752 })
    expect(kernel.hours_exponent).toBeCloseTo(0.859, 3)
    expect(kernel.followers_exponent).toBeCloseTo(0.61, 3)
    expect(kernel.root_log_factor).toBeCloseTo(1.542, 3)
    const { time, followers, root } = kernel.fit?.coefficients ?? {}
    for (const [found, errors] of [
      [time, [0.074, 0.35]],
      [followers, [0.016, 0.039]],
      [root, [0.083, 0.293]],
    ] as const) {
      expect(found?.standard_error).toBeCloseTo(errors[0], 3)
      expect(found?.clustered_standard_error).toBeCloseTo(errors[1], 2)
    }
  })

  const measures = ['log_likelihood', 'mae', 'rho_depth', 'rho_non_primary'] as const
  itOnRealData('have the published accuracy', async () => {
    const report = await reported<EvaluateReport>('evaluate', ...source)
    expect(report).toMatchObject({ cascades: 36, retweets: 1752 })
    for (const [kernel, figures] of [
      ['calibrated', [-1.288, 0.394, 0.589, 0.808]],
      ['debatenight', [-1.539, 0.469, 0.535, 0.767]],
    ] as const) {
      const found = report.kernels[kernel]
      expect(measures.map((measure) => Number(found?.[measure]?.toFixed(3)))).toEqual(figures)
      expect(found?.mean_depth_true).toBeCloseTo(1.732, 3)
    }
  })
})
