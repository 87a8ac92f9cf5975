import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { SparkSession } from 'spark-connect-js'

import { startVersion, versions } from '../../packages/spark-connect-js/test/versions/servers.ts'
import { readObservations } from '../../src/jobs/read-observations.ts'
import { SPARK_SETTINGS } from '../../src/jobs/spark-settings.ts'
import { projectRoot } from '../../src/local/paths.ts'
import { slotTableNames, slotTables, type SlotTable } from '../../src/store/slot-tables.ts'
import { testServices } from '../environment/services.ts'
import { scratchDatabase } from '../store/scratch-database.ts'
import { INVENTED_SLOT, inventedFollows, inventedRecords } from './invented-slot.ts'

const program = join(projectRoot, 'src', 'cli', 'main.ts')

type Rows = readonly Readonly<Record<string, unknown>>[]

let folder: string
let input: string
let follows: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ripplerank-versions-'))
  ;[input, follows] = [join(folder, 'records.json'), join(folder, 'follows.tsv')]
  await writeFile(input, inventedRecords.join('\n'))
  await writeFile(follows, inventedFollows().join('\n'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

let reads = 0

/** What a server makes of each record. */
async function parsedBy(remote: string): Promise<Rows> {
  await using spark = await SparkSession.builder().remote(remote).getOrCreate()
  await spark.conf.setAll({ ...SPARK_SETTINGS, 'spark.sql.codegen.factoryMode': 'NO_CODEGEN' })
  const silver = join(folder, `silver-${(reads += 1)}`)
  const read = await readObservations({ spark, inputs: [input], silver, term: 'versions', options: {} })
  return await read.records.orderBy((c) => c.record_id).collect()
}

type Published = Readonly<Record<SlotTable | 'rejected', Rows>>

/** What a server publishes of the slot. */
async function publishedBy(remote: string): Promise<Published> {
  await using database = await scratchDatabase()
  const slot = ['--slot', INVENTED_SLOT, '--window', '24h', '--term', 'versions']
  const argv = ['score', '--input', input, '--follows', follows, ...slot]
  const env = {
    ...process.env,
    ...testServices().variables,
    SPARK_REMOTE: remote,
    DATABASE_URL: database.url,
    RIPPLERANK_LAKE: join(folder, 'lake'),
  }
  // As a process of its own: within jest, looking up places takes a minute.
  await promisify(execFile)(process.execPath, ['--conditions=source', program, ...argv], { env })
  const tableOf = async (table: SlotTable) => {
    const columns = slotTables[table].join(', ')
    return [
      table,
      (await database.rows(`select ${columns} from ${table} order by ${columns}`)).map(inTenDigits),
    ] as const
  }
  const tables = await Promise.all(slotTableNames.map(tableOf))
  const rejected = await database.rows(
    'select reason, record_number, record from rejected order by record_number',
  )
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one entry for each table
  return { ...Object.fromEntries(tables), rejected } as Published
}

/** Sums may be taken in another order, so the last digits of a double may differ. */
const inTenDigits = (row: Readonly<Record<string, string | null>>) =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      value !== null && /^-?\d*\.\d+(?:e-?\d+)?$/.test(value) ? Number(value).toPrecision(10) : value,
    ]),
  )

const sizesOf = (published: Published) =>
  Object.fromEntries(Object.entries(published).map(([table, rows]) => [table, rows.length]))

let reference: { readonly parsed: Rows; readonly published: Published }
beforeAll(async () => {
  const { sparkRemote } = testServices()
  reference = { parsed: await parsedBy(sparkRemote), published: await publishedBy(sparkRemote) }
})

describe('the Spark that Ripplerank runs on', () => {
  it('reads and publishes something of everything', () => {
    const { parsed, published } = reference
    const kinds = new Set(parsed.map((row) => row['kind']))
    expect(kinds).toEqual(
      new Set(['original', 'retweet', 'quote', 'reply', 'like', 'follow', 'delete', null]),
    )
    expect(Math.min(...Object.values(sizesOf(published)))).toBeGreaterThan(5)
    const methods = new Set(published.cascade_score.map((row) => row['depth_method']))
    expect(methods).toEqual(new Set(['explicit', 'follows', 'expected', 'none']))
  })
})

describe.each(versions)('Spark %s', (version) => {
  let server: Awaited<ReturnType<typeof startVersion>>
  beforeAll(async () => {
    server = await startVersion(version)
  })
  afterAll(async () => server[Symbol.asyncDispose]())

  it('reads the same rows from the same records', async () => {
    expect(await parsedBy(server.remote)).toEqual(reference.parsed)
  })

  it('publishes the same rows for the same slot', async () => {
    const published = await publishedBy(server.remote)
    expect(sizesOf(published)).toEqual(sizesOf(reference.published))
    expect(published).toEqual(reference.published)
  })
})
