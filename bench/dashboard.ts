import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import autocannon from 'autocannon'
import { createConnection } from 'mysql2/promise'
import { projectRoot } from '../src/local/paths.ts'
import { startEmbedded } from '../src/local/start-embedded.ts'
import { openStore } from '../src/store/store.ts'
import { fillTables } from './dashboard-data.ts'
import { firstPaints, type FirstPaint } from './dashboard-paint.ts'
import { wholeNumber } from './flags.ts'
import { openBench } from './open-bench.ts'
import { textTable } from './report.ts'

const { values } = parseArgs({
  options: {
    authors: { type: 'string', default: '1000000' },
    rate: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '60' },
  },
})
const WARM_UP_SECONDS = 10
const CORE = '0' // the dashboard's own; what asks, and the database, have the others

const ms = (value: number): string => `${value.toFixed(0)} ms`
const kB = (bytes: number): string => `${(bytes / 1000).toFixed(0)} kB`

/** Addresses of each page: enough of them that few are asked for twice where pages differ. */
function addressesOf(authors: number): Readonly<Record<string, readonly string[]>> {
  const ids = Array.from(
    { length: 400 },
    (_, index) => 1 + Math.floor((authors - 1) * (((index * 37) % 400) / 400) ** 4),
  )
  const idOf = (number: number): string => `1${String(number).padStart(9, '0')}`
  const numbers = Array.from({ length: 200 }, (_, index) => index + 1)
  return {
    overview: ['/'],
    influencers: numbers.flatMap((page) => [
      `/influencers?page=${page}`,
      `/influencers?sort=followers&order=asc&page=${page}&country=GB`,
      `/influencers?search=author_${page}`,
    ]),
    author: ids.map((id) => `/authors/${idOf(id)}`),
    compare: ids
      .slice(0, 100)
      .map((id, index) => `/compare?author=${idOf(id)}&author=${idOf(index + 1)}&author=${idOf(index + 7)}`),
    network: ['/network'],
    topics: ['/topics', '/topics?kind=word', '/topics?kind=mention'],
    map: ['/map', '/map?show=mood'],
    budget: [10_000, 20_000, 50_000].map((total) => `/budget?total=${total}&most=2000`),
    runs: ['/runs'],
  }
}

const sizes = {
  authors: wholeNumber('authors', values),
  rate: wholeNumber('rate', values),
  seconds: wholeNumber('seconds', values),
}
await bench(sizes)

/** Asks for every page of a large slot at a steady rate, and measures what a phone sees first. */
async function bench({ authors, rate, seconds }: typeof sizes): Promise<void> {
  using opened = openBench()
  const { step, signal } = opened
  const stateDirectory = join(projectRoot, '.ripplerank', 'bench', `state-${process.pid}`)
  const environment = { ...process.env, DATABASE_URL: '' }
  await using embedded = await startEmbedded({
    environment,
    services: ['mariadb'],
    stateDirectory,
    isTemporary: true,
    signal,
  })
  const url = embedded.environment['DATABASE_URL'] ?? ''
  await step(`make ${authors} authors`, () => fill(url, authors))
  await using dashboard = await step('start the dashboard', () => startDashboard(url))
  const addresses = addressesOf(authors)
  const load = { url: dashboard.url, addresses, rate }
  await step('warm up', () => loaded({ ...load, seconds: WARM_UP_SECONDS }))
  const cpuBefore = await cpuSecondsOf(dashboard.url)
  const measured = await step(`ask for ${rate} pages a second, ${seconds} s`, () =>
    loaded({ ...load, seconds }),
  )
  const cpuSeconds = (await cpuSecondsOf(dashboard.url)) - cpuBefore
  const paths = Object.entries(addresses).map(([name, [path = '/']]) => ({
    name,
    url: new URL(path, dashboard.url).href,
  }))
  const paints = await step('look at it on a phone', () => firstPaints(paths))
  process.stdout.write(report(measured, paints) + cpuLine(measured, cpuSeconds))
}

async function fill(url: string, authors: number): Promise<void> {
  await using store = await openStore({ url })
  await store.migrate()
  const connection = await createConnection({ uri: url, timezone: 'Z' })
  await fillTables(connection, { authors })
  await connection.end()
}

async function startDashboard(url: string) {
  const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))
  const flags = ['--conditions=source', '--disable-warning=ExperimentalWarning']
  const command = [process.execPath, ...flags, main, 'serve', '--port', '0']
  const [program = '', ...args] = process.platform === 'linux' ? ['taskset', '-c', CORE, ...command] : command
  const environment = { ...process.env, DATABASE_URL: url, RIPPLERANK_TOKEN: '' }
  const child = spawn(program, args, { env: environment, stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  return {
    url: String(line),
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

interface Load {
  readonly url: string
  readonly addresses: Readonly<Record<string, readonly string[]>>
  /** Pages a second, over all. */
  readonly rate: number
  readonly seconds: number
}

interface MeasuredPage {
  readonly name: string
  readonly result: autocannon.Result
}

/** What the dashboard's process has used of CPUs so far, by its own account. */
async function cpuSecondsOf(url: string): Promise<number> {
  const text = await (await fetch(new URL('/metrics', url))).text()
  return Number(/^process_cpu_seconds_total (\S+)/m.exec(text)?.[1])
}

/** A machine that is busy with something else delays pages; this it changes little. */
function cpuLine(measured: readonly MeasuredPage[], cpuSeconds: number): string {
  const pages = measured.reduce((sum, { result }) => sum + result.requests.total, 0)
  return `${((cpuSeconds / pages) * 1000).toFixed(1)} ms of CPU a page, over ${pages} pages.\n`
}

/** All pages side by side, each at its share of the rate. Latencies count from when a request was due. */
async function loaded({ url, addresses, rate, seconds }: Load): Promise<readonly MeasuredPage[]> {
  const pages = Object.entries(addresses)
  return Promise.all(
    pages.map(async ([name, paths]) => {
      const requests = paths.map((path) => ({ path, headers: { 'accept-encoding': 'gzip' } }))
      const overallRate = Math.round(rate / pages.length)
      return {
        name,
        result: await autocannon({ url, requests, overallRate, connections: 2, duration: seconds }),
      }
    }),
  )
}

function report(measured: readonly MeasuredPage[], paints: readonly FirstPaint[]): string {
  const titles = [
    'page',
    'requests',
    'median',
    'p99',
    'slowest',
    'errors',
    'on the wire',
    'unpacked',
    'first paint',
  ]
  const cells = measured.map(({ name, result }) => {
    const paint = paints.find((each) => each.name === name)
    const errors = result.errors + result.timeouts + result.non2xx
    const { p50, p99, max } = result.latency
    return [
      name,
      String(result.requests.total),
      ms(p50),
      ms(p99),
      ms(max),
      String(errors),
      kB(paint?.wireBytes ?? 0),
      kB(paint?.bytes ?? 0),
      ms(paint?.firstPaintMs ?? 0),
    ]
  })
  return [
    ...textTable([titles, ...cells]),
    'First paint: 150 ms to and fro, 1.6 Mbit/s, a quarter of the CPU; weights are of all that a first visit loads.',
    '',
  ].join('\n')
}
