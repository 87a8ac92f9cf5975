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
export function benchStream(records: number): Promise<string> {
  const endMs = BENCH_SLOT.slotEnd.getTime()
  const startMs = endMs - STREAM_HOURS * 3_600_000
  return madeOnce(`stream-${EDITION}-${SEED}-${records}`, async (folder) => {
    const stream = simulateRecords({ seed: SEED, records, startMs, endMs, shares: PLAIN })
    const options = { stream: 'bench', prefix: '', seed: SEED, bufferSeconds: 900 }
    await writeFirehoseObjects(firehoseObjects(stream, options), folder)
  })
}

// No broken ones: DuckDB loses the whole record that follows one that is cut, and would differ. No named parents:
// DuckDB's side knows expected depth only.
const PLAIN = { broken: 0, namingParents: 0 } as const

/** A folder of the bench's own by its name; whole, or not there. */
async function madeOnce(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(projectRoot, '.ripplerank', 'bench', name)
  if (await exists(folder)) return folder
  const unfinished = `${folder}.${process.pid}.part`
  await mkdir(unfinished, { recursive: true })
  try {
    await make(unfinished)
    await rename(unfinished, folder)
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
  return folder
}

/** The slot of `slotStream`, and its window. */
export const LONG_SLOT = { slotEnd: BENCH_SLOT.slotEnd, windowHours: 720 } as const

/**
 * A folder with 30 days of so many simulated records under `raw`, and the records that come next under `new`; made once,
 * then kept.
 */
export function slotStream({
  old,
  fresh,
}: {
  readonly old: number
  readonly fresh: number
}): Promise<string> {
  const endMs = LONG_SLOT.slotEnd.getTime()
  const startMs = endMs - LONG_SLOT.windowHours * 3_600_000
  return madeOnce(`slot-${EDITION}-${SEED}-${old}-${fresh}`, async (folder) => {
    const stream = simulateRecords({ seed: SEED, records: old + fresh, startMs, endMs, shares: PLAIN })
    const options = { stream: 'bench', prefix: '', seed: SEED, bufferSeconds: 900 }
    await writeFirehoseObjects(firehoseObjects(first(old, stream), options), join(folder, 'raw', 'old'))
    await writeFirehoseObjects(firehoseObjects(first(fresh, stream), options), join(folder, 'new'))
  })
}

/** The next so many; the rest stays where it is. */
function* first<Item>(count: number, items: Iterator<Item>): Generator<Item> {
  for (let taken = 0; taken < count; taken++) {
    const next = items.next()
    if (next.done === true) return
    yield next.value
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
