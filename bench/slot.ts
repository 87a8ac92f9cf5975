import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { OwnServices } from '../src/cli/own-machine.ts'
import { score } from '../src/jobs/score.ts'
import { scoreByDuckdb } from './duckdb-run.ts'
import { wholeNumber } from './flags.ts'
import { type Bench, openBench } from './open-bench.ts'
import { textTable } from './report.ts'
import { LONG_SLOT, slotStream } from './stream.ts'

const QUARTER_HOUR_MS = 900_000

const { values } = parseArgs({
  options: {
    old: { type: 'string', default: '1000000', multiple: false },
    more: { type: 'string', default: '5000000' },
    fresh: { type: 'string', default: '10000' },
  },
})
await bench({
  sizes: [wholeNumber('old', values), wholeNumber('more', values)],
  fresh: wholeNumber('fresh', values),
})

interface SlotSizes {
  readonly sizes: readonly number[]
  readonly fresh: number
}

/** Times one slot of new records on more and more old ones, beside DuckDB, which reads all raw JSON again. */
async function bench({ sizes, fresh }: SlotSizes): Promise<void> {
  using opened = openBench()
  const streams: { readonly old: number; readonly folder: string }[] = []
  for (const old of sizes) {
    const folder = await opened.step(`simulate ${old} and ${fresh} records`, () => slotStream({ old, fresh }))
    streams.push({ old, folder })
  }
  await using services = await opened.openServices()
  const rows: string[][] = []
  for (const { old, folder } of streams) {
    const seconds = await slotSeconds(opened, services, folder)
    const peer = await opened.step('DuckDB', () =>
      scoreByDuckdb({ folder: join(folder, 'raw'), slot: LONG_SLOT, signal: services.signal }),
    )
    rows.push([old.toLocaleString('en'), ...[...seconds, peer.seconds].map((time) => `${time.toFixed(1)} s`)])
  }
  const titles = ['old records', 'the slot before', 'the slot', 'DuckDB']
  const about = `A slot of ${fresh.toLocaleString('en')} new records, from raw to published, by the records of 30 days before it`
  process.stdout.write(`${[about, ...textTable([titles, ...rows])].join('\n')}\n`)
}

/** What the slot with all old records takes, and then the next one, which has the new ones. */
async function slotSeconds(
  { step, progress }: Bench,
  { spark, store, lake, openS3, signal }: OwnServices,
  stream: string,
): Promise<readonly number[]> {
  const raw = join(stream, 'raw')
  const arrived = join(raw, 'new')
  const job = { spark, store, lake, openS3, inputs: [raw], windowHours: LONG_SLOT.windowHours, signal }
  const timed = async (name: string, slot: Date): Promise<number> => {
    const startedMs = performance.now()
    await step(name, () => score({ ...job, slot, kernel: 'calibrated', top: 1, onStage: progress.stage }))
    return (performance.now() - startedMs) / 1_000
  }
  await rm(arrived, { recursive: true, force: true }) // of a run that was killed
  const before = await timed('the slot before', new Date(LONG_SLOT.slotEnd.getTime() - QUARTER_HOUR_MS))
  await cp(join(stream, 'new'), arrived, { recursive: true })
  return [before, await timed('the slot', LONG_SLOT.slotEnd)]
}
