import { appendFileSync } from 'node:fs'
import { expect } from '@jest/globals'
import { testServices } from '../../environment/services.ts'
import { scratchDatabase, type ScratchDatabase } from '../../store/scratch-database.ts'
import { compare, readPublished, untidiness, type Difference, type Published } from './published.ts'
import { SLOT } from './raw-objects.ts'
import type { ScoreWork } from './score-child.ts'
import { startScore, type ScoreOutcome, type ScoreProcess } from './score-process.ts'

export type LabRun = Partial<ScoreWork> & {
  /** Instead of the lab's own, such as by way of a proxy. */
  readonly databaseUrl?: string
  /** Where the lab's database is made, instead of the server that all tests share. */
  readonly serverUrl?: string
  readonly variables?: Readonly<Record<string, string>>
}

/** A database of its own in which runs are disturbed. */
export interface FaultLab extends AsyncDisposable {
  readonly database: ScratchDatabase
  readonly start: (run?: LabRun) => ScoreProcess
  /** Runs to the end. */
  readonly run: (run?: LabRun) => Promise<ScoreOutcome>
  /** Runs undisturbed, which must succeed. */
  readonly runWell: (run?: LabRun) => Promise<ScoreOutcome>
  /** Runs until a stage begins, and dies there. */
  readonly killedAt: (stage: string, run?: LabRun) => Promise<void>
  readonly published: () => Promise<Published>
}

/** Short, so that nobody waits long for the dead. */
const LEASE_SECONDS = 1

/** Opens a new database for runs over some inputs, on the servers that all tests share. */
export async function faultLab(inputs: readonly string[], more: LabRun = {}): Promise<FaultLab> {
  const { serverUrl, variables: common, ...given } = more
  const database = await scratchDatabase(serverUrl)
  const { runVariables, lake } = testServices()
  const start = ({ databaseUrl, variables, ...run }: LabRun = {}): ScoreProcess => {
    const work = { inputs, slot: SLOT, lake, leaseSeconds: LEASE_SECONDS, ...given, ...run }
    const own = { ...runVariables, ...common, ...variables, DATABASE_URL: databaseUrl ?? database.url }
    return startScore(work, own)
  }
  const runIt = async (run?: LabRun): Promise<ScoreOutcome> => {
    using process = start(run)
    return await process.ended
  }
  return {
    database,
    start,
    run: runIt,
    runWell: async (run) => {
      const outcome = await runIt(run)
      expect({ code: outcome.code, stderr: outcome.code === 0 ? '' : outcome.stderr }).toEqual({
        code: 0,
        stderr: '',
      })
      return outcome
    },
    killedAt: async (stage, run) => {
      const { code, stages, stderr } = await runIt({ ...run, at: { stage, signal: 'SIGKILL' } })
      expect({ code, last: stages.at(-1), stderr: code === null ? '' : stderr }).toEqual({
        code: null,
        last: stage,
        stderr: '',
      })
    },
    published: () => readPublished(database),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  }
}

/** What a single undisturbed run publishes in a new database. */
export async function undisturbed(inputs: readonly string[], run: LabRun = {}): Promise<Published> {
  await using lab = await faultLab(inputs, run)
  await lab.runWell()
  return await lab.published()
}

interface Verdict {
  readonly fault: string
  readonly runs: number
  readonly begunMs: number
  readonly expected: Published
  /** `table.column`s that the fault changes by its nature. */
  readonly leaveOut?: readonly string[]
  /** Whether Spark may still be at work for a run that was killed: what it stages after a sweep waits for the next. */
  readonly mayWriteOn?: boolean
}

/** What `judge` finds where a fault has left no trace. */
export const AS_UNDISTURBED = { lost: 0, doubled: 0, examples: [], untidy: [] } as const

/** Compares what is there after a fault with what should be, and enters it into the table. */
export async function judge(
  lab: FaultLab,
  { fault, runs, begunMs, expected, leaveOut, mayWriteOn = false }: Verdict,
): Promise<Difference & { readonly untidy: readonly string[] }> {
  const difference = compare(expected, await lab.published(), leaveOut)
  const { lost, doubled } = difference
  enter({ fault, runs, lost, doubled, seconds: (performance.now() - begunMs) / 1000 })
  return { ...difference, untidy: await untidiness(lab.database, mayWriteOn) }
}

/** A line of the table that `npm run test:faults` ends with. */
interface FaultLine {
  readonly fault: string
  readonly runs: number
  readonly lost: number
  readonly doubled: number
  readonly seconds: number
}

/** Test files are modules of their own: the table is gathered in a file. */
function enter(line: FaultLine): void {
  const file = process.env['RIPPLERANK_FAULT_LINES']
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(line)}\n`)
}
