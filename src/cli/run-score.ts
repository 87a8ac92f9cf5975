import type { ScoreReport } from '../jobs/score.ts'
import { score } from '../jobs/score.ts'
import type { CommandContext } from './command-context.ts'
import { formatSeconds, formatWhole } from './number-format.ts'
import type { Progress } from './progress.ts'
import { createProgress } from './progress.ts'
import { rankingTable } from './ranking-table.ts'
import type { ScoreOptions } from './score-options.ts'
import { parseScoreOptions } from './score-options.ts'
import { servicesFor } from './services-for.ts'
import { openServices } from './services.ts'
import { slotCounts } from './slot-counts.ts'
import { termSummary } from './term-summary.ts'
import { underSignal } from './under-signal.ts'

/** Scores one slot and prints its ranking, or with `--json` the report. */
export async function runScore(flags: unknown, context: CommandContext): Promise<void> {
  const options = await parseScoreOptions(flags)
  using progress = createProgress({ stream: context.stderr })
  const report = await scoreWithServices(options, { context, progress })
  context.stdout.write(options.json ? `${JSON.stringify(report)}\n` : summaryOf(report))
}

async function scoreWithServices(
  options: ScoreOptions,
  { context, progress }: { readonly context: CommandContext; readonly progress: Progress },
): Promise<ScoreReport> {
  const { inputs, follows, term, slot, windowHours, kernel, top, lake, emrSession } = options
  const services = servicesFor([...inputs, ...(follows ?? [])])
  await using opened = await openServices({ context, progress, services, lake, emrSession })
  const { spark, store, signal } = opened
  return await underSignal(signal, () =>
    score({
      inputs,
      slot,
      windowHours,
      kernel,
      top,
      ...(term !== undefined && { term }),
      ...(follows !== undefined && { follows }),
      spark,
      store,
      lake: opened.lake,
      openS3: opened.openS3,
      onStage: progress.stage,
      signal,
    }),
  )
}

/** The report for people. */
function summaryOf(report: ScoreReport): string {
  const { slot, windowHours, seconds } = report
  const title = `Slot ${slot}, ${formatWhole(windowHours)} h, published in ${formatSeconds(seconds * 1000)}`
  const table =
    report.top.length > 0
      ? rankingTable(report.top, (term) => termSummary(term, report))
      : 'No author was retweeted in this window.\n'
  return `${title}\n${slotCounts(report)}\n\n${table}`
}
