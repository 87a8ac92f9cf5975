import { randomUUID } from 'node:crypto'
import { createConnection } from 'mysql2/promise'
import type { OwnServices } from '../src/cli/own-machine.ts'
import { score } from '../src/jobs/score.ts'
import { slotTableNames } from '../src/store/slot-tables.ts'
import type { Bench } from './open-bench.ts'
import { BENCH_SLOT } from './stream.ts'

/** From raw objects to published rows, in seconds; `progress` is told of each stage. */
export async function scoreBySpark(
  { progress }: Pick<Bench, 'progress'>,
  services: OwnServices,
  folder: string,
): Promise<number> {
  const { spark, store, lake, openS3, signal } = services
  await forgetSlots(services)
  const startedMs = performance.now()
  const { slotEnd, windowHours } = BENCH_SLOT
  const job = { spark, store, lake, openS3, ...benchSource(folder), slot: slotEnd, windowHours, signal }
  const onStage = progress.stage
  await score({ ...job, kernel: 'calibrated', top: 1, onStage })
  return (performance.now() - startedMs) / 1_000
}

/** A slot is published once, as a rule: taking the rows of the run before away is no part of it. */
export async function forgetSlots({ variables }: OwnServices): Promise<void> {
  const connection = await createConnection(variables['DATABASE_URL'] ?? '')
  try {
    for (const table of slotTableNames) await connection.query('truncate table ??', [table])
  } finally {
    await connection.end()
  }
}

/** Under another term it is another source, of which nothing has been read yet. */
export const benchSource = (folder: string) => ({ inputs: [folder], term: `bench ${randomUUID()}` })

const WARM_UP_RUNS = 3 // the JVM goes on compiling for as many what the first one made hot

/** Lets Spark's JVM compile what the measured runs will use. */
export async function warmUp(bench: Bench, services: OwnServices, folder: string): Promise<void> {
  for (let run = 1; run <= WARM_UP_RUNS; run++) {
    await bench.step(`warm Spark up, run ${run}`, () => scoreBySpark(bench, services, folder))
  }
}
