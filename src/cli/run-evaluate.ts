import { z } from 'zod'

import type { EvaluateReport } from '../jobs/evaluate.ts'
import { evaluate } from '../jobs/evaluate.ts'
import type { CommandContext } from './command-context.ts'
import { ConfigError } from './config-error.ts'
import { kernelChoice } from './kernel-choice.ts'
import { knownCascadesFlags } from './known-cascades-options.ts'
import { formatThousandths, formatWhole } from './number-format.ts'
import { createProgress } from './progress.ts'
import { openSparkServices } from './spark-services.ts'
import { textTable } from './text-table.ts'

const schema = z
  .object({ ...knownCascadesFlags, kernel: z.array(kernelChoice).default([]) })
  .transform(({ input, kernel, ...rest }) => ({ ...rest, inputs: input, kernels: kernel }))

/** Measures the kernels and prints a table, or with `--json` the report. */
export async function runEvaluate(flags: unknown, context: CommandContext): Promise<void> {
  const parsed = await schema.safeParseAsync(flags)
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map((issue) => issue.message))
  const { json, lake, ...options } = parsed.data
  using progress = createProgress({ stream: context.stderr })
  const sources = [...options.inputs, ...options.follows]
  await using services = await openSparkServices({ context, progress, sources, lake })
  const report = await evaluate({ ...options, ...services, onStage: progress.stage }).catch(
    (error: unknown) => {
      // What ended the work says more than the error of whoever noticed.
      services.signal.throwIfAborted()
      throw error
    },
  )
  context.stdout.write(json ? `${JSON.stringify(report)}\n` : summaryOf(report))
}

const TITLES = [
  'kernel',
  'log-likelihood a retweet',
  'mean depth true',
  'estimated',
  'mean absolute error',
  'rho depth',
  'rho non-primary',
] as const

/** The report for people. */
function summaryOf({ cascades, retweets, kernels }: EvaluateReport): string {
  const rows = Object.entries(kernels).map(([name, found]) => [
    name,
    ...[
      found.log_likelihood,
      found.mean_depth_true,
      found.mean_depth_estimated,
      found.mae,
      found.rho_depth,
      found.rho_non_primary,
    ].map(formatThousandths),
  ])
  return `${formatWhole(retweets)} retweets of ${formatWhole(cascades)} cascades with known parents\n\n${textTable([TITLES, ...rows])}`
}
