import { once } from 'node:events'
import { createServer } from 'node:http'
import { Counter, Gauge, Registry } from 'prom-client'
import type { CollectCounts } from './counts.ts'

interface Described {
  readonly count: keyof CollectCounts
  readonly help: string
}

const COUNTERS: readonly Described[] = [
  { count: 'received', help: 'Records that came from the source, of the term or not' },
  { count: 'matched', help: 'Usable records of the term' },
  { count: 'sent', help: 'Records that Firehose took' },
  { count: 'retried', help: 'Records that were sent again because Firehose did not take them' },
  { count: 'refused', help: 'Records that cannot be used or are too large' },
  { count: 'dropped', help: 'Records that are lost; anything but 0 is an error' },
]
const GAUGES: readonly (Described & { readonly name: string })[] = [
  { count: 'spooled', name: 'spooled', help: 'Records on the disk that Firehose has not taken' },
  {
    count: 'lagSeconds',
    name: 'lag_seconds',
    help: 'How long the oldest record has waited that is not sent',
  },
]

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
    if (request.url !== '/metrics') {
      response.writeHead(404).end()
      return
    }
    registry.metrics().then(
      (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
      () => response.destroy(),
    )
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
  for (const { count, help } of COUNTERS) {
    const counter = new Counter({
      name: `ripplerank_collect_${count}_total`,
      help,
      registers: [],
      collect: () => {
        counter.reset()
        counter.inc(counts[count])
      },
    })
    registry.registerMetric(counter)
  }
  for (const { count, name, help } of GAUGES) {
    const collect = (): void => gauge.set(counts[count])
    const gauge = new Gauge({ name: `ripplerank_collect_${name}`, help, registers: [], collect })
    registry.registerMetric(gauge)
  }
  return registry
}
