import { Readable } from 'node:stream'
import { parseArgs } from 'node:util'
import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise'
import type { OwnServices } from '../src/cli/own-machine.ts'
import { stageRows } from '../src/jobs/stage-rows.ts'
import type { SlotRun } from '../src/store/slot-runs.ts'
import { slotTableNames, slotTables, type SlotRows } from '../src/store/slot-tables.ts'
import { wholeNumber } from './flags.ts'
import { openBench } from './open-bench.ts'
import { median, textTable } from './report.ts'
import { authorRows } from './store-rows.ts'

const { values } = parseArgs({
  options: { authors: { type: 'string', default: '100000' }, runs: { type: 'string', default: '5' } },
})
const authors = wholeNumber('authors', values)
const runs = wholeNumber('runs', values)

const FIRST_SLOT_MS = Date.UTC(2026, 0, 2, 3, 15)
const QUARTER_HOUR_MS = 900_000
const ROWS_PER_INSERT = 5_000
const PUBLISH = 'staging to published, in one transaction'
const PEER = 'author_score_peer'
const columns = slotTables.author_score.join(', ')

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one entry a table
const nothing = Object.fromEntries(
  slotTableNames.map((table) => [table, { rows: 0, checksum: 0n }]),
) as unknown as SlotRows

using bench = openBench()
const { step, openServices } = bench
await using services = await openServices()
const connection = await createConnection({
  uri: services.variables['DATABASE_URL'] ?? '',
  timezone: 'Z',
  supportBigNumbers: true,
})
try {
  const measured = new Map<string, number[]>()
  for (let slot = 0; slot <= runs; slot++) {
    const seconds = await step(`slot ${slot} of ${runs}`, () => oneSlot(services, connection, slot))
    // The first slot warms up; its authors alone are all new.
    for (const [name, took] of Object.entries(seconds)) {
      if (slot === 0 && name !== PUBLISH) continue
      const title = slot === 0 ? `${name}, all authors new` : name
      measured.set(title, [...(measured.get(title) ?? []), took])
    }
  }
  process.stdout.write(report(measured))
} finally {
  await connection.end()
}

/** Stages and publishes one slot, and writes the same rows in the two ways that a database has for many rows. */
async function oneSlot({ spark, store, signal }: OwnServices, peer: Connection, slot: number) {
  await using ledger = await store.openLedger({ holder: 'the bench' })
  const slotEnd = new Date(FIRST_SLOT_MS + slot * QUARTER_HOUR_MS)
  const run = await ledger.beginSlot({ slotEnd, windowHours: 24, kernel: 'calibrated' }, { inputs: [] }, 0)
  const target = { spark, jdbc: () => store.jdbcTarget(), run, options: { signal } }
  let rows = nothing
  const jdbc = await timed(async () => {
    const frame = authorRows(spark, authors)
    rows = { ...rows, author_score: await stageRows('author_score', frame, target) }
  })
  const peers = await peerSeconds(peer, run)
  const counted = { observations: authors, duplicates: 0, setAside: 0, rejected: 0, stagedRejected: 0 }
  const published = await timed(() => ledger.publish(run, { ...counted, rows }))
  return { 'Spark to staging, by JDBC': jdbc, [PUBLISH]: published, ...peers }
}

async function peerSeconds(peer: Connection, { fence }: SlotRun) {
  const staged = `select ${columns} from author_score_staging where fence = ?`
  const [rows] = await peer.query<(RowDataPacket & (string | null)[])[]>({
    sql: staged,
    values: [fence],
    rowsAsArray: true,
    typeCast: (field) => field.string(),
  })
  const inserted = await intoPeer(peer, async () => {
    for (let start = 0; start < rows.length; start += ROWS_PER_INSERT) {
      const some = rows.slice(start, start + ROWS_PER_INSERT)
      await peer.query(`insert into ${PEER} (${columns}) values ?`, [some])
    }
  })
  const lines = rows.map((row) => `${row.map((value) => value ?? String.raw`\N`).join('\t')}\n`)
  const loaded = await intoPeer(peer, async () => {
    await peer.query({
      sql: `load data local infile 'rows' into table ${PEER} (${columns})`,
      infileStreamFactory: () => Readable.from([Buffer.from(lines.join(''))]),
    })
  })
  return { 'peer: insert, 5,000 rows a statement': inserted, 'peer: load data': loaded }
}

/** The same table, in one transaction, committed. */
async function intoPeer(peer: Connection, write: () => Promise<void>): Promise<number> {
  await peer.query(`drop table if exists ${PEER}`)
  await peer.query(`create table ${PEER} like author_score`)
  const seconds = await timed(async () => {
    await peer.beginTransaction()
    await write()
    await peer.commit()
  })
  const [[counted]] = await peer.query<RowDataPacket[]>(`select count(*) as found from ${PEER}`)
  if (Number(counted?.['found']) !== authors)
    throw new Error(`${PEER} holds ${String(counted?.['found'])} rows`)
  return seconds
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begunMs = performance.now()
  await work()
  return (performance.now() - begunMs) / 1_000
}

function report(measured: ReadonlyMap<string, readonly number[]>): string {
  const cells = [...measured].map(([name, seconds]) => [
    name,
    String(seconds.length),
    ...[median(seconds), Math.min(...seconds), Math.max(...seconds)].map((time) => `${time.toFixed(2)} s`),
  ])
  const title = `${authors.toLocaleString('en')} author rows`
  return [title, ...textTable([['', 'runs', 'median', 'fastest', 'slowest'], ...cells]), ''].join('\n')
}
