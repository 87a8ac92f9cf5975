import { parseArgs } from 'node:util'
import { wholeNumber } from './flags.ts'
import { openBench } from './open-bench.ts'
import { exponentOf, median, textTable } from './report.ts'
import { scoreBySpark, warmUp } from './spark-score.ts'
import { benchStream } from './stream.ts'

const SIZES = [100_000, 1_000_000, 5_000_000]

const { values } = parseArgs({
  options: {
    records: { type: 'string', default: String(SIZES.at(-1)) },
    runs: { type: 'string', default: '1' },
  },
})
await bench({ most: wholeNumber('records', values), runs: wholeNumber('runs', values) })

/** Times the score job on more and more records, and says how its cost grows. */
async function bench({ most, runs }: { readonly most: number; readonly runs: number }): Promise<void> {
  using opened = openBench()
  const { step, openServices } = opened
  const sizes = SIZES.filter((size) => size <= most)
  const folders = new Map<number, string>()
  for (const size of sizes) folders.set(size, await step(`simulate ${size} records`, () => benchStream(size)))
  await using services = await openServices()
  await warmUp(opened, services, folders.get(sizes.at(1) ?? most) ?? (await benchStream(most)))
  const measured: { readonly records: number; readonly seconds: number }[] = []
  for (const [records, folder] of folders) {
    const seconds: number[] = []
    for (let run = 1; run <= runs; run++) {
      seconds.push(await step(`${records} records, run ${run}`, () => scoreBySpark(opened, services, folder)))
    }
    measured.push({ records, seconds: median(seconds) })
  }
  process.stdout.write(report(measured))
}

function report(measured: readonly { readonly records: number; readonly seconds: number }[]): string {
  const cells = measured.map(({ records, seconds }) => [
    records.toLocaleString('en'),
    `${seconds.toFixed(1)} s`,
    `${((seconds / records) * 1e6).toFixed(1)} us`,
  ])
  const exponent = exponentOf(measured.map(({ records, seconds }) => [records, seconds]))
  const lines = textTable([['records', 'median', 'a record'], ...cells])
  return [...lines, `Cost grows with the number of records to the power of ${exponent.toFixed(2)}.`, ''].join(
    '\n',
  )
}
