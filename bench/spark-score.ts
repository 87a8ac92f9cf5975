import { randomUUID } from 'node:crypto'
import type { OwnServices } from '../src/cli/own-machine.ts'
import { score } from '../src/jobs/score.ts'
import type { Bench } from './open-bench.ts'
import { BENCH_SLOT } from './stream.ts'

/** From raw objects to published rows, in seconds. */
export async function scoreBySpark(
  { spark, store, lake, openS3, signal }: OwnServices,
  folder: string,
): Promise<number> {
  const startedMs = performance.now()
  const { slotEnd, windowHours } = BENCH_SLOT
  // Under another term it is another source, of which nothing has been read yet.
  const source = { inputs: [folder], term: `bench ${randomUUID()}` }
  const job = { spark, store, lake, openS3, ...source, slot: slotEnd, windowHours, signal }
  await score({ ...job, kernel: 'calibrated', top: 1 })
  return (performance.now() - startedMs) / 1_000
}

const WARM_UP_RUNS = 3 // the JVM goes on compiling for as many what the first one made hot

/** Lets Spark's JVM compile what the measured runs will use. */
export async function warmUp({ step }: Bench, services: OwnServices, folder: string): Promise<void> {
  for (let run = 1; run <= WARM_UP_RUNS; run++) {
    await step(`warm Spark up, run ${run}`, () => scoreBySpark(services, folder))
  }
}
