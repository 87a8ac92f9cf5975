import type { OwnServices } from '../src/cli/own-machine.ts'
import { score } from '../src/jobs/score.ts'
import { BENCH_SLOT } from './stream.ts'

/** From raw objects to published rows, in seconds. */
export async function scoreBySpark(
  { spark, store, lake, signal }: OwnServices,
  folder: string,
): Promise<number> {
  const startedMs = performance.now()
  const { slotEnd, windowHours } = BENCH_SLOT
  const job = { spark, store, lake, inputs: [folder], slot: slotEnd, windowHours, signal }
  await score({ ...job, kernel: 'calibrated', top: 1 })
  return (performance.now() - startedMs) / 1_000
}
