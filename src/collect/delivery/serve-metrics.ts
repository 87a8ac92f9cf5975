import { once } from 'node:events'
import { createServer } from 'node:http'
import { Counter, Gauge, Registry } from 'prom-client'
import type { CollectCounts } from './counts.ts'

const COUNTED = {
  received: 'Records that came from the source, of the term or not',
  matched: 'Usable records of the term',
  sent: 'Records that Firehose took',
  retried: 'Records that were sent again because Firehose did not take them',
  refused: 'Records that cannot be used or are too large',
  dropped: 'Records that are lost; anything but 0 is an error',
} as const satisfies Partial<Record<keyof CollectCounts, string>>

/** Where a program such as Prometheus reads the counts. */
export interface MetricsServer extends AsyncDisposable {
  readonly url: string
}

/**
 * Serves the counts on loopback as `/metrics`, labelled with the stream.
 * @throws what Node throws when the port is taken
 */
export async function serveMetrics(
  counts: CollectCounts,
  { port, stream }: { readonly port: number; readonly stream: string },
): Promise<MetricsServer> {
  const registry = registryOf(counts, stream)
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') return void response.writeHead(404).end()
    const answer = async (): Promise<void> => {
      const text = await registry.metrics()
      response.writeHead(200, { 'content-type': registry.contentType }).end(text)
    }
    answer().catch(() => response.destroy())
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const bound = address !== null && typeof address === 'object' ? address.port : port
  const stop = async (): Promise<void> => {
    server.close()
    server.closeAllConnections()
  }
  return { url: `http://127.0.0.1:${bound}/metrics`, [Symbol.asyncDispose]: stop }
}

function registryOf(counts: CollectCounts, stream: string): Registry {
  const registry = new Registry()
  registry.setDefaultLabels({ stream })
  for (const [name, help] of Object.entries(COUNTED) as [keyof typeof COUNTED, string][]) {
    new Counter({
      name: `ripplerank_collect_${name}_total`,
      help,
      registers: [registry],
      collect() {
        this.reset()
        this.inc(counts[name])
      },
    })
  }
  new Gauge({
    name: 'ripplerank_collect_spooled',
    help: 'Records on the disk that Firehose has not taken',
    registers: [registry],
    collect() {
      this.set(counts.spooled)
    },
  })
  new Gauge({
    name: 'ripplerank_collect_lag_seconds',
    help: 'How long the oldest record has waited that is not sent',
    registers: [registry],
    collect() {
      this.set(counts.lagSeconds)
    },
  })
  return registry
}
