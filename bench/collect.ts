import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { resultOf } from './child.ts'
import type { MeasuredCollect } from './collect-child.ts'
import { wholeNumber } from './flags.ts'
import { openBench } from './open-bench.ts'
import { median, textTable } from './report.ts'
import { benchStream } from './stream.ts'

const { values } = parseArgs({
  options: { records: { type: 'string', default: '200000' }, runs: { type: 'string', default: '3' } },
})
// The last as bin/ripplerank.mjs gives it to `collect`.
const flags = ['--conditions=source', '--disable-warning=ExperimentalWarning', '--max-semi-space-size=8']

await bench({ records: wholeNumber('records', values), runs: wholeNumber('runs', values) })

/** Times the collector from a file through sentiment and spool to a local Firehose, which has a process of its own. */
async function bench({ records, runs }: { readonly records: number; readonly runs: number }): Promise<void> {
  using opened = openBench()
  const { step, signal } = opened
  const input = await step(`simulate ${records} records`, () => benchStream(records))
  using firehose = await step('start Firehose', startFirehose)
  const measured: MeasuredCollect[] = []
  for (let run = 1; run <= runs; run++) {
    const child = fileURLToPath(new URL('./collect-child.ts', import.meta.url))
    const { endpoint, stream } = firehose
    const args = [...flags, child, '--input', input, '--endpoint', endpoint, '--stream', stream]
    const command = process.execPath
    measured.push(await step(`run ${run}`, () => resultOf<MeasuredCollect>({ command, args, signal })))
  }
  process.stdout.write(report(measured))
}

async function startFirehose() {
  const program = fileURLToPath(new URL('./firehose-child.ts', import.meta.url))
  // Its input ends with this process, however that ends.
  const child = spawn(process.execPath, [...flags, program], { stdio: ['pipe', 'pipe', 'inherit'] })
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own child wrote it
  const place = JSON.parse(String(line)) as { readonly endpoint: string; readonly stream: string }
  return { ...place, [Symbol.dispose]: () => void child.stdin.end() }
}

function report(measured: readonly MeasuredCollect[]): string {
  const cells = measured.map(({ counts, seconds, cpuSeconds, peakBytes }) => [
    counts.sent.toLocaleString('en'),
    `${Math.round(counts.sent / seconds).toLocaleString('en')}/s`,
    `${((cpuSeconds / counts.sent) * 1e6).toFixed(1)} us`,
    `${(peakBytes / 1e6).toFixed(0)} MB`,
  ])
  const perCpuSecond = median(measured.map(({ counts, cpuSeconds }) => counts.sent / cpuSeconds))
  return [
    ...textTable([['records', 'by the clock', 'CPU a record', 'peak memory'], ...cells]),
    `${Math.round(perCpuSecond).toLocaleString('en')} records for each second of one core.`,
    '',
  ].join('\n')
}
