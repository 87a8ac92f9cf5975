import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { FirehoseClient } from '@aws-sdk/client-firehose'
import { collect } from '../src/collect/collect.ts'
import type { CollectCounts } from '../src/collect/delivery/counts.ts'
import { replaySource } from '../src/collect/sources/replay.ts'

/** What one run of the collector took. */
export interface MeasuredCollect {
  readonly counts: CollectCounts
  readonly seconds: number
  readonly cpuSeconds: number // of all threads of the process, while it collected
  readonly peakBytes: number // of the process
}

const options = {
  input: { type: 'string' },
  endpoint: { type: 'string' },
  stream: { type: 'string' },
} as const
const { input = '', endpoint = '', stream = '' } = parseArgs({ options }).values
const folder = await mkdtemp(join(tmpdir(), 'ripplerank-bench-'))
const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' }
const firehose = new FirehoseClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 })
const begunMs = performance.now()
const before = process.cpuUsage()
const counts = await collect({
  term: 'bench',
  stream,
  source: replaySource({ path: input }),
  sourceName: 'replay',
  isLive: false,
  firehose,
  folder,
  mostSpooledBytes: 64 * 2 ** 20,
  signal: new AbortController().signal,
  onEvent: () => {},
})
const seconds = (performance.now() - begunMs) / 1_000
const { user, system } = process.cpuUsage(before)
await rm(folder, { recursive: true })
const measured: MeasuredCollect = {
  counts,
  seconds,
  cpuSeconds: (user + system) / 1e6,
  peakBytes: process.resourceUsage().maxRSS * 1_024,
}
process.stdout.write(JSON.stringify(measured))
