import { z } from 'zod'

import { verify, type VerifyReport } from '../jobs/verify.ts'
import { checked } from './checked.ts'
import type { CommandContext } from './command-context.ts'
import { kernelChoice } from './kernel-choice.ts'
import { formatWhole } from './number-format.ts'
import { createProgress } from './progress.ts'
import { slot, WINDOW_HOURS, windowName } from './score-options.ts'
import { servicesFor } from './services-for.ts'
import { openServices } from './services.ts'
import { sourceOf } from './source.ts'

const schema = z.object({
  slot: z.literal('latest').or(slot),
  window: windowName.transform((name) => WINDOW_HOURS[name]),
  kernel: kernelChoice,
  follows: z.array(sourceOf('--follows')).default([]),
  lake: z.string().optional(),
  json: z.boolean().default(false),
})

/** A published slot is not what its raw objects make of it. */
class VerifyError extends Error {
  override readonly name = 'VerifyError'
}

/**
 * Compares a published slot with a recomputation, and prints what differs.
 * @throws VerifyError if anything does, after it was printed
 */
export async function runVerify(flags: unknown, context: CommandContext): Promise<void> {
  const options = checked(await schema.safeParseAsync(flags))
  using progress = createProgress({ stream: context.stderr })
  const services = servicesFor(['s3://'])
  await using opened = await openServices({ context, progress, services, lake: options.lake })
  const { spark, store, lake, openS3, signal } = opened
  const report = await verify({
    spark,
    store,
    lake,
    openS3,
    signal,
    slotEnd: options.slot instanceof Date ? options.slot : undefined,
    windowHours: options.window,
    kernel: options.kernel,
    follows: options.follows,
    onStage: progress.stage,
  })
  context.stdout.write(options.json ? `${JSON.stringify(report, withBigints)}\n` : verifyText(report))
  const differences = report.counts.length + report.differences.length
  if (differences > 0) {
    throw new VerifyError(
      `the slot ${report.slot} is not what its raw objects make of it; docs/operations.md says what to do`,
    )
  }
}

const withBigints = (_: string, value: unknown): unknown =>
  typeof value === 'bigint' ? Number(value) : value

const MOST_LINES = 50

/** The report for people. */
export function verifyText({
  slot: end,
  windowHours,
  objects,
  rows,
  counts,
  differences,
}: VerifyReport): string {
  const what = `Slot ${end}, ${formatWhole(windowHours)} h: ${formatWhole(rows)} rows from ${formatWhole(objects)} raw objects`
  if (counts.length + differences.length === 0) return `${what}, no difference\n`
  const lines = [
    ...counts.map((it) => `${it.count}: published ${it.published}, recomputed ${it.recomputed}`),
    ...differences.map(({ table, key, kind, columns }) => {
      const values = Object.entries(columns).map(
        ([column, pair]) => `${column} ${String(pair.published)} -> ${String(pair.recomputed)}`,
      )
      return `${table} ${Object.values(key).map(String).join(' / ')}: ${kind} ${values.join(', ')}`.trimEnd()
    }),
  ]
  const more =
    lines.length > MOST_LINES ? [`and ${formatWhole(lines.length - MOST_LINES)} more (--json has all)`] : []
  const shown = [...lines.slice(0, MOST_LINES), ...more].map((line) => `  ${line}\n`).join('')
  return `${what}, ${formatWhole(lines.length)} differences\n${shown}`
}
