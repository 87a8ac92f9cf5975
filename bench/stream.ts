import { access, mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { simulateRecords } from '../src/collect/sources/simulate.ts'
import { firehoseObjects, writeFirehoseObjects } from '../src/local/firehose-objects.ts'
import { projectRoot } from '../src/local/paths.ts'

const SEED = 20_181_209
const STREAM_HOURS = 36 // longer than the window, so that some events lie before it
const EDITION = 4 // raise it when the simulated stream changes, or old files would be measured

/** The slot that the bench scores, and its window. */
export const BENCH_SLOT = { slotEnd: new Date('2018-12-10T00:00:00Z'), windowHours: 24 } as const

/**
 * A folder with that many simulated flat records as Firehose objects of at most 5 MB; made once, then kept.
 *
 * @returns the folder, absolute
 */
export async function benchStream(records: number): Promise<string> {
  const folder = join(projectRoot, '.ripplerank', 'bench', `stream-${EDITION}-${SEED}-${records}`)
  if (await exists(folder)) return folder
  const unfinished = `${folder}.${process.pid}.part`
  await mkdir(unfinished, { recursive: true })
  try {
    const endMs = BENCH_SLOT.slotEnd.getTime()
    const startMs = endMs - STREAM_HOURS * 3_600_000
    // No broken ones: DuckDB loses the whole record that follows one that is cut, and would differ. No named parents:
    // DuckDB's side knows expected depth only.
    const stream = simulateRecords({
      seed: SEED,
      records,
      startMs,
      endMs,
      shares: { broken: 0, namingParents: 0 },
    })
    const options = { stream: 'bench', prefix: '', seed: SEED, bufferSeconds: 900 }
    await writeFirehoseObjects(firehoseObjects(stream, options), unfinished)
    await rename(unfinished, folder)
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
  return folder
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
