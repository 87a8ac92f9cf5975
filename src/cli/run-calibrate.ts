import { constants } from 'node:fs'
import { access, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

import { z } from 'zod'

import { KernelName } from '../calibration/kernel-file.ts'
import type { CalibrateReport } from '../jobs/calibrate.ts'
import { calibrate } from '../jobs/calibrate.ts'
import { checked } from './checked.ts'
import type { CommandContext } from './command-context.ts'
import { ConfigError } from './config-error.ts'
import { kernelFileName } from './kernel-choice.ts'
import { knownCascadesOptions } from './known-cascades-options.ts'
import { formatThousandths, formatWhole } from './number-format.ts'
import { onKnownCascades } from './on-known-cascades.ts'
import { textTable } from './text-table.ts'

const schema = z
  .object({ ...knownCascadesOptions, name: z.string(), out: z.string().optional() })
  .superRefine(({ name }, context) => {
    const [issue] = KernelName.safeParse(name).error?.issues ?? []
    if (issue) context.addIssue({ code: 'custom', message: `--name ${name} ${issue.message}` })
  })
  .transform(({ input, out, name, ...rest }) => ({
    ...rest,
    name,
    inputs: input,
    out: out ?? kernelFileName(name),
  }))

/** Fits a kernel, saves it and prints what it found, or with `--json` the report. */
export async function runCalibrate(flags: unknown, context: CommandContext): Promise<void> {
  const { json, out, ...options } = checked(await schema.safeParseAsync(flags))
  await requireWritable(out)
  await onKnownCascades(options, {
    context,
    work: async (opened) => {
      const report = await calibrate({ ...options, ...opened })
      await writeFile(out, `${JSON.stringify(report.kernel, undefined, 2)}\n`)
      context.stdout.write(json ? `${JSON.stringify({ ...report, out })}\n` : summaryOf(report, out))
    },
  })
}

async function requireWritable(out: string): Promise<void> {
  try {
    await access(dirname(resolve(out)), constants.W_OK)
  } catch {
    throw new ConfigError(`--out ${out} cannot be written; name a file in a folder that exists and is yours`)
  }
}

/** The report for people. */
function summaryOf({ kernel, iterations, left_out }: CalibrateReport, out: string): string {
  const { fit, name } = kernel
  if (!fit) return ''
  const rows = Object.entries(fit.coefficients).map(([label, found]) => [
    label,
    ...[found.estimate, found.standard_error, found.clustered_standard_error].map(formatThousandths),
  ])
  const leftOut = [
    ...(left_out.unlisted > 0 ? [`${formatWhole(left_out.unlisted)} of which the list says nothing`] : []),
    ...(left_out.followers_unknown > 0
      ? [`${formatWhole(left_out.followers_unknown)} whose followers are unknown`]
      : []),
  ]
  return [
    `Kernel ${name}: ${formatWhole(fit.retweets)} retweets of ${formatWhole(fit.cascades)} cascades, converged after ${iterations} steps\n`,
    leftOut.length > 0 ? `Cascades left out: ${leftOut.join(', ')}\n` : '',
    `Log-likelihood ${formatThousandths(fit.log_likelihood_per_retweet)} a retweet\n\n`,
    textTable([['', 'coefficient', 'standard error', 'clustered by cascade'], ...rows]),
    `\nSaved to ${out}; score with it by --kernel ${out}\n`,
  ].join('')
}
