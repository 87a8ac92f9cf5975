import { appendFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { collect } from '../../src/collect/collect.ts'
import type { Source } from '../../src/collect/source.ts'
import { firehoseClient } from '../collect/delivery/firehose-client.ts'
import { inventedSource } from '../collect/delivery/invented-source.ts'

const Target = z.object({ endpoint: z.url(), stream: z.string(), folder: z.string() })
const Work = z.object({
  resumed: Target.extend({ records: z.int() }),
  live: Target.extend({ from: z.int(), to: z.int(), taken: z.string() }),
})
export type CollectWork = z.infer<typeof Work>

const { resumed, live } = Work.parse(JSON.parse(process.argv[2] ?? ''))

let hasBegun = false

/** Says when work has begun, and keeps it at some 10,000 records a second, so that a death finds the collector at it. */
const pace = async (index: number): Promise<void> => {
  if (!hasBegun) process.stdout.write('begun\n')
  hasBegun = true
  if (index % 50 === 0) await sleep(5)
}

/** Never gives a record twice. It notes those that were taken: asking for the next one answers for the one before. */
const liveSource: Source = async function* (options) {
  const all = inventedSource({ records: live.to, hasPositions: false, before: pace })
  for await (const record of all({ ...options, after: String(live.from - 1) })) {
    yield record
    appendFileSync(live.taken, `${record.tweetId}\n`)
  }
}

async function collectFrom(
  source: Source,
  { endpoint, stream, folder }: z.infer<typeof Target>,
): Promise<void> {
  const firehose = firehoseClient(endpoint)
  const { signal } = new AbortController()
  const place = { term: 'storm', stream, sourceName: 'invented', isLive: false, firehose, folder }
  await collect({ ...place, source, mostSpooledBytes: 64 * 2 ** 20, signal, onEvent: () => {} })
}

await Promise.all([
  collectFrom(inventedSource({ records: resumed.records, before: pace }), resumed),
  collectFrom(liveSource, live),
])
