import { writeSync } from 'node:fs'
import { z } from 'zod'
import { exitCodeOf } from '../../../src/cli/exit.ts'
import { createProgress } from '../../../src/cli/progress.ts'
import { reportError } from '../../../src/cli/report-error.ts'
import { openServices } from '../../../src/cli/services.ts'
import { score, type ScoreReport } from '../../../src/jobs/score.ts'
import type { StageListener } from '../../../src/jobs/stage.ts'
import { moveClock } from './moved-clock.ts'

const Work = z.object({
  inputs: z.array(z.string()).readonly(),
  term: z.string().optional(),
  slot: z.coerce.date(),
  lake: z.string(),
  leaseSeconds: z.number(),
  /** What becomes of the process as a stage begins. */
  at: z
    .object({
      stage: z.string(),
      signal: z.enum(['SIGKILL', 'SIGSTOP']).optional(),
      clockMovesMs: z.number().optional(),
    })
    .optional(),
})
/** What the process of `score-child.ts` is told to do: one slot, as `ripplerank score` does it. */
export type ScoreWork = z.input<typeof Work>

const { at, ...work } = Work.parse(JSON.parse(process.argv[2] ?? ''))

/** Says which stage begins before anything happens to the process: the line is written when the call returns. */
const onStage =
  (listen: StageListener): StageListener =>
  (stage) => {
    writeSync(1, `stage ${stage.name}\n`)
    if (at?.stage === stage.name) {
      if (at.clockMovesMs !== undefined) moveClock(at.clockMovesMs)
      if (at.signal) process.kill(process.pid, at.signal)
    }
    return listen(stage)
  }

async function run(signal: AbortSignal): Promise<ScoreReport> {
  const context = { variables: process.env, signal, stdout: process.stdout, stderr: process.stderr }
  using progress = createProgress({ stream: process.stderr })
  const services = ['spark', 'mariadb', 's3'] as const
  await using opened = await openServices({ context, progress, services, lake: work.lake })
  const { term, ...rest } = work
  return await score({
    windowHours: 24,
    kernel: 'calibrated',
    top: 3,
    ...rest,
    ...(term !== undefined && { term }),
    ...opened,
    onStage: onStage(progress.stage),
  })
}

try {
  const report = await run(new AbortController().signal)
  writeSync(1, `report ${JSON.stringify(report)}\n`)
} catch (error) {
  reportError(error, { stderr: process.stderr, isVerbose: true })
  process.exitCode = exitCodeOf(error)
}
setTimeout(() => process.exit(), 500).unref()
