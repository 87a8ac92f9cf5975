import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { ScoreReport } from '../../../src/jobs/score.ts'
import type { ScoreWork } from './score-child.ts'

const program = fileURLToPath(new URL('./score-child.ts', import.meta.url))

/** How a run ended. */
export interface ScoreOutcome {
  /** Null if a signal ended it. */
  readonly code: number | null
  readonly report: ScoreReport | undefined
  readonly stderr: string
  readonly stages: readonly string[]
}

/** A run in a process of its own. Disposing kills it. */
export interface ScoreProcess extends Disposable {
  readonly child: ChildProcess
  /** Resolves once a stage of this name has begun; fails if the run ends before. */
  readonly begun: (stage: string) => Promise<void>
  /** Resolves once the process has stopped itself at a stage: a signal to go on that comes earlier would be lost. */
  readonly stoppedAt: (stage: string) => Promise<void>
  readonly ended: Promise<ScoreOutcome>
}

/** What runs have written so far, for a look at what they gave away. */
export const written: string[] = []

/** Starts `score-child.ts` with nothing but the given variables. */
export function startScore(work: ScoreWork, variables: Readonly<Record<string, string>>): ScoreProcess {
  const flags = ['--conditions=source', '--disable-warning=ExperimentalWarning']
  const child = spawn(process.execPath, [...flags, program, JSON.stringify(work)], {
    env: { PATH: process.env['PATH'], ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stages: string[] = []
  const waiting = new Map<string, () => void>()
  let report: ScoreReport | undefined
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  createInterface(child.stdout).on('line', (line) => {
    written.push(line)
    const [kind, rest] = [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]
    if (kind === 'report') report = JSON.parse(rest) as ScoreReport
    if (kind !== 'stage') return
    stages.push(rest)
    waiting.get(rest)?.()
  })
  const ended = once(child, 'close').then((): ScoreOutcome => {
    written.push(stderr)
    return { code: child.exitCode, report, stderr, stages }
  })
  const begun = async (stage: string): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>()
    if (stages.includes(stage)) resolve()
    else waiting.set(stage, resolve)
    const early = ended.then(({ code }) => {
      if (!stages.includes(stage)) throw new Error(`it ended with ${code} before ${stage}: ${stderr}`)
    })
    await Promise.race([promise, early])
    early.catch(() => {}) // a process that is killed later has begun
  }
  const stoppedAt = async (stage: string): Promise<void> => {
    await begun(stage)
    while (
      !spawnSync('ps', ['-o', 'stat=', '-p', String(child.pid)])
        .stdout.toString()
        .startsWith('T')
    ) {
      await sleep(10)
    }
  }
  return { child, begun, stoppedAt, ended, [Symbol.dispose]: () => void child.kill('SIGKILL') }
}
