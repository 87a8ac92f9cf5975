import { lit } from 'spark-connect-js/functions'
import { t } from 'spark-connect-js'
import type { OwnServices } from '../src/cli/own-machine.ts'
import { ingest } from '../src/jobs/ingest.ts'
import { scoreAuthors } from '../src/jobs/score-authors.ts'
import { fitToRecords, SPARK_SETTINGS } from '../src/jobs/spark-settings.ts'
import { stageRows } from '../src/jobs/stage-rows.ts'
import { underLease } from '../src/jobs/under-lease.ts'
import { slotTableNames, type SlotRows } from '../src/store/slot-tables.ts'
import type { Bench } from './open-bench.ts'
import { benchSource, forgetSlots } from './spark-score.ts'
import { BENCH_SLOT } from './stream.ts'

/**
 * The score job's way from raw objects to published rows with one table of six, that of the authors with the four parts
 * of their scores: what the peers compute at the least. In seconds.
 */
export async function scoreFourParts(
  { progress }: Pick<Bench, 'progress'>,
  services: OwnServices,
  folder: string,
): Promise<number> {
  const { spark, store, lake, openS3, signal } = services
  await forgetSlots(services)
  const startedMs = performance.now()
  const { slotEnd, windowHours } = BENCH_SLOT
  const source = benchSource(folder)
  await spark.conf.setAll(SPARK_SETTINGS)
  await underLease({ store, signal }, async (ledger, held) => {
    const options = { signal: held }
    const onStage = progress.stage
    const silver = await ingest({ spark, ledger, lake, source, slotEnd, openS3, onStage, signal: held })
    await fitToRecords(spark, silver.usable)
    const run = await ledger.beginSlot(
      { slotEnd, windowHours, kernel: 'calibrated' },
      source,
      silver.batchSeq,
    )
    const target = { spark, jdbc: () => store.jdbcTarget(), run, options }
    const counts = await scoreAuthors({
      spark,
      observations: silver.records.filter((c) => c.reject_reason.isNull()),
      evidence: { namesParents: false, hasLikes: false },
      window: run,
      kernel: 'calibrated',
      write: ({ authors }) =>
        stageRows(
          'author_score',
          authors.withColumns(() => ({ kernel: lit(run.kernel, t.string) })),
          target,
        ),
      options,
    })
    const none = Object.fromEntries(slotTableNames.map((table) => [table, { rows: 0, checksum: 0n }]))
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a row for each name
    const rows = { ...(none as SlotRows), author_score: counts.written }
    await ledger.publish(run, { ...counts, setAside: 0, rejected: 0, stagedRejected: 0, rows })
  })
  return (performance.now() - startedMs) / 1_000
}
