import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createConnection } from 'mysql2/promise'
import { projectRoot } from '../src/local/paths.ts'
import { startEmbedded } from '../src/local/start-embedded.ts'
import { openStore } from '../src/store/store.ts'
import { addressesOf } from './dashboard-addresses.ts'
import { fillTables } from './dashboard-data.ts'
import { firstPaints } from './dashboard-paint.ts'
import { wholeNumber } from './flags.ts'
import { openBench } from './open-bench.ts'
import { dashboardReport, type ServerFigures } from './dashboard-report.ts'
import { steadyLoad } from './steady-load.ts'

const { values } = parseArgs({
  options: {
    authors: { type: 'string', default: '1000000' },
    rate: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '60' },
  },
})
const WARM_UP_SECONDS = 10
const CORE = '0' // the dashboard's own; what asks, and the database, have the others
const SEED = 9

const sizes = {
  authors: wholeNumber('authors', values),
  rate: wholeNumber('rate', values),
  seconds: wholeNumber('seconds', values),
}
await bench(sizes)

/** Asks for every page of a large slot at a steady rate, and measures what a phone sees first. */
async function bench({ authors, rate, seconds }: typeof sizes): Promise<void> {
  leaveCore()
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
  await step('warm up', () => steadyLoad({ ...load, seconds: WARM_UP_SECONDS, seed: SEED }))
  const before = await figuresOf(dashboard.url)
  const measured = await step(`ask for ${rate} pages a second, ${seconds} s`, () =>
    steadyLoad({ ...load, seconds, seed: SEED + 1 }),
  )
  const after = await figuresOf(dashboard.url)
  const paths = Object.entries(addresses).map(([name, [path = '/']]) => ({
    name,
    url: new URL(path, dashboard.url).href,
  }))
  const paints = await step('look at it on a phone', () => firstPaints(paths))
  process.stdout.write(dashboardReport({ measured, paints, before, after }))
}

/** Leaves the dashboard's core to it: what this process starts from now on runs on the others, and so does itself. */
function leaveCore(): void {
  const cores = availableParallelism()
  if (process.platform !== 'linux' || cores === 1) return
  execFileSync('taskset', ['-acp', `1-${cores - 1}`, String(process.pid)], { stdio: 'ignore' })
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

/** What the dashboard's process says of itself. */
async function figuresOf(url: string): Promise<ServerFigures> {
  const text = await (await fetch(new URL('/metrics', url))).text()
  const figure = (name: string): number =>
    Number(new RegExp(String.raw`^${name} (\S+)`, 'm').exec(text)?.[1] ?? Number.NaN)
  return {
    cpuSeconds: figure('process_cpu_seconds_total'),
    // Since the last time that somebody asked.
    loopP99Ms: figure('nodejs_eventloop_lag_p99_seconds') * 1000,
    loopMostMs: figure('nodejs_eventloop_lag_max_seconds') * 1000,
    memoryBytes: figure('process_resident_memory_bytes'),
  }
}
