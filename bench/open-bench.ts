import { join } from 'node:path'
import { listenForInterrupt } from '../src/cli/interrupt.ts'
import { openOwnServices, type OwnServices } from '../src/cli/own-machine.ts'
import { createProgress, type Progress } from '../src/cli/progress.ts'
import { projectRoot } from '../src/local/paths.ts'

/** What a bench has at hand. */
export interface Bench extends Disposable {
  /** Ctrl-C and SIGTERM abort it. */
  readonly signal: AbortSignal
  readonly progress: Progress
  /** Does a part of the work as a stage of the progress. */
  readonly step: <Result>(name: string, work: () => Promise<Result>) => Promise<Result>
  /** Starts services for this bench alone, of which nothing is left. */
  readonly openServices: () => Promise<OwnServices>
}

/** Begins a bench, which tells people on stderr what it does and stops when they say so. */
export function openBench(): Bench {
  const interrupt = listenForInterrupt()
  const progress = createProgress({ stream: process.stderr })
  const { signal } = interrupt
  return {
    signal,
    progress,
    step: async (name, work) => {
      const stage = progress.stage({ name })
      const result = await work()
      stage.done()
      return result
    },
    openServices: () => {
      const stateDirectory = join(projectRoot, '.ripplerank', 'bench', `state-${process.pid}`)
      const context = { signal, stdout: process.stdout, stderr: process.stderr }
      return openOwnServices({ context, progress, stateDirectory, isTemporary: true })
    },
    [Symbol.dispose]: () => {
      progress[Symbol.dispose]()
      interrupt[Symbol.dispose]()
    },
  }
}
