import { z } from 'zod'

import type { EvaluateReport } from '../jobs/evaluate.ts'
import { evaluate } from '../jobs/evaluate.ts'
import { checked } from './checked.ts'
import type { CommandContext } from './command-context.ts'
import { kernelChoice } from './kernel-choice.ts'
import { knownCascadesOptions } from './known-cascades-options.ts'
import { formatThousandths, formatWhole } from './number-format.ts'
import { onKnownCascades } from './on-known-cascades.ts'
import { textTable } from './text-table.ts'

const schema = z
  .object({ ...knownCascadesOptions, kernel: z.array(kernelChoice).default([]) })
  .transform(({ input, kernel, ...rest }) => ({ ...rest, inputs: input, kernels: kernel }))

/** Measures the kernels and prints a table, or with `--json` the report. */
export async function runEvaluate(flags: unknown, context: CommandContext): Promise<void> {
  const { json, ...options } = checked(await schema.safeParseAsync(flags))
  await onKnownCascades(options, {
    context,
    work: async (opened) => {
      const report = await evaluate({ ...options, ...opened })
      context.stdout.write(json ? `${JSON.stringify(report)}\n` : summaryOf(report))
    },
  })
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
