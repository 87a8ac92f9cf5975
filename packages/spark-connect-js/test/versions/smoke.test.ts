import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import {
  schema,
  SparkConnectError,
  SparkSession,
  t,
  Timestamp,
  Window,
  type AnyType,
  type Row,
} from 'spark-connect-js'
import * as F from 'spark-connect-js/functions'

import { AnalyzePlanRequestSchema, PlanSchema } from '../../src/generated/spark/connect/base_pb.js'
import { SINCE, type Release } from '../../src/plan/version-table.ts'
import { has } from '../../src/plan/versions.ts'
import { ENDLESS, failureOf } from '../spark/open-session.ts'
import { UNSENT, HARMLESS } from './harmless.ts'
import { fieldsOfProtos, fieldsWithin, messageOf } from './proto-fields.ts'
import { protosOf, reasonToSkip, startVersion, versions } from './servers.ts'

const EveryKind = schema({
  id: t.long,
  small: t.integer.nullable,
  real: t.double,
  text: t.string,
  price: t.decimal(38, 10),
  bytes: t.binary,
  day: t.date,
  at: t.timestamp,
  clock: t.timestampNtz,
  tags: t.array(t.string.nullable),
  counts: t.map(t.string, t.long),
  inner: t.struct({ yes: t.boolean }).nullable,
})

const rows: readonly Row<typeof EveryKind>[] = [
  {
    id: -(2n ** 63n),
    small: null,
    real: -0,
    text: '👩‍🚀 "é"',
    price: '-1234567890123456789012345678.0123456789',
    bytes: Uint8Array.of(0, 255),
    day: '1901-02-03',
    at: new Timestamp(-1n),
    clock: '1969-12-31T23:59:59.999999',
    tags: ['a', null],
    counts: new Map([['a', 1n]]),
    inner: null,
  },
]

const nulls = (count: number): readonly string[] => Array.from({ length: count }, () => 'null')

interface Needed {
  readonly version: string
  readonly release: Release
  readonly what: string
}

/** What some work gives, or else the sentence with which it is refused. */
const outcomeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.catch((cause: unknown) => SparkConnectError.from(cause).message)

/** What it should be: a value where the server has a release's protocol, a sentence where it has not. */
const since = ({ version, release, what }: Needed, value: unknown): unknown =>
  has(version, release) ? value : `${what} needs Spark ${release} or later; the server runs ${version}`

const smoke = (version: string): void => {
  let server: Awaited<ReturnType<typeof startVersion>>
  let spark: SparkSession
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spark-connect-js-'))
    server = await startVersion(version)
    spark = await SparkSession.builder().remote(server.remote).getOrCreate()
  })
  afterAll(async () => {
    await spark[Symbol.asyncDispose]()
    await server[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  })

  it('says its version, and is asked once', async () => {
    expect(await spark.version()).toBe(version)
    expect(spark.version()).toBe(spark.version())
  })

  it('gives back the rows and types that were made here', async () => {
    const frame = spark.createDataFrame(rows, EveryKind)
    expect(await frame.collect()).toStrictEqual(rows)
    expect(await frame.schema()).toEqual(EveryKind)
  })

  it('takes many rows whole, through its cache', async () => {
    const numbers = Array.from({ length: 70_000 }, (_, i) => ({ id: BigInt(i), half: i / 2 }))
    const frame = spark.createDataFrame(numbers, schema({ id: t.long, half: t.double }))
    expect(await frame.count()).toBe(70_000n)
  })

  it('filters, joins, groups and looks back', async () => {
    const numbers = spark.range(10n).withColumns((c) => ({ third: c.id.mod(3) }))
    const names = spark.createDataFrame(
      [{ third: 0n, name: 'none' }],
      schema({ third: t.long, name: t.string }),
    )
    const frame = numbers
      .filter((c) => c.id.gt(0))
      .groupBy('third')
      .agg((c) => ({ n: F.count(), last: F.max(c.id) }))
      .join(names, { on: 'third', how: 'left' })
      .withColumns((c) => ({ before: F.lag(c.last).over(Window.orderBy(c.third)) }))
      .orderBy((c) => c.third)
    expect(await frame.select('n', 'name', 'before').collect()).toEqual([
      { n: 3n, name: 'none', before: null },
      { n: 3n, name: null, before: 9n },
      { n: 3n, name: null, before: 7n },
    ])
  })

  it('tries to convert texts, and gives null for what does not', async () => {
    const texts = [' 7 ', '1.5', 'x', '-1e3', '9223372036854775808', '2018-12-09T22:10:30Z', 'true', null]
    const frame = spark.createDataFrame(
      texts.map((text) => ({ text })),
      schema({ text: t.string.nullable }),
    )
    const [row] = await frame
      .agg((c) => {
        const tried = (type: AnyType) =>
          F.collectList(F.coalesce(c.text.tryCast(type).cast(t.string), F.lit('null')))
        return { long: tried(t.long), real: tried(t.double), at: tried(t.timestamp), flag: tried(t.boolean) }
      })
      .collect()
    expect(row).toEqual({
      long: ['7', ...nulls(7)],
      real: ['7.0', '1.5', 'null', '-1000.0', '9.223372036854776E18', ...nulls(3)],
      at: [...nulls(5), '2018-12-09 22:10:30', ...nulls(2)],
      flag: [...nulls(6), 'true', 'null'],
    })
  })

  it('writes files and reads them', async () => {
    const path = join(folder, 'numbers')
    await spark.range(5n).write.parquet(path)
    const read = spark.read.schema(schema({ id: t.long })).parquet(path)
    expect(await read.count()).toBe(5n)
  })

  it('takes parameters, settings, artifacts and questions to its catalog', async () => {
    expect(await spark.sql('select :x + 1 as y', { x: 1 }).collect()).toEqual([{ y: 2 }])
    await spark.conf.set('spark.sql.shuffle.partitions', 3)
    expect(await spark.conf.get('spark.sql.shuffle.partitions')).toBe('3')
    await spark.range(1n).createOrReplaceTempView('one')
    expect(await spark.catalog.listColumns('one')).toMatchObject([{ name: 'id', dataType: 'bigint' }])
    await spark.addArtifact({ path: import.meta.filename, kind: 'files' })
  })

  it('says what is wrong, and what it interrupted', async () => {
    const error = await failureOf(spark.sql('select nope from range(1)').collect())
    expect(error.message).toContain('[UNRESOLVED_COLUMN.WITH_SUGGESTION]')
    const abort = new AbortController()
    const interrupted = failureOf(spark.sql(ENDLESS).collect({ signal: abort.signal }))
    await spark.range(1n).collect()
    abort.abort()
    expect((await interrupted).code).toBe('CANCELLED')
  })

  it('streams all that is there from a source to its end', async () => {
    const ticks = spark.readStream.format('rate').load()
    const query = await ticks.writeStream.format('noop').trigger({ availableNow: true }).start()
    expect(await query.awaitTermination({ timeoutMs: 60_000 })).toBe(true)
    const listener = { onQueryIdle: () => undefined }
    const listening = spark.streams.addListener(listener).then(() => spark.streams.removeListener(listener))
    const what = 'Command.streaming_query_listener_bus_command'
    expect(await outcomeOf(listening)).toEqual(since({ version, release: '4.0', what }, undefined))
  })

  it('lets nobody in without its token', async () => {
    const remote = server.remote.replace(/token=.*/, 'token=another')
    const open = SparkSession.builder().remote(remote).config('spark.sql.ansi.enabled', 'true').getOrCreate()
    expect((await failureOf(open)).code).toBe('UNAUTHENTICATED')
  })

  it('is not asked for what came with 4.0 if it is older', async () => {
    const sized = spark.sql('select size(:list) as n', { list: F.array(F.lit(1)) }).collect()
    const needed = { version, release: '4.0', what: 'SQL.named_arguments' } as const
    expect(await outcomeOf(sized)).toEqual(since(needed, [{ n: 1 }]))
  })

  it('is not asked for what came with 4.1 if it is older', async () => {
    await spark.conf.set('spark.sql.shuffle.partitions', 7)
    const cloned = spark.cloneSession().then(async (twin) => {
      await using session = twin
      return session.conf.get('spark.sql.shuffle.partitions')
    })
    const needed = { version, release: '4.1', what: 'SparkSession.cloneSession' } as const
    expect(await outcomeOf(cloned)).toEqual(since(needed, '7'))
  })

  it('lacks no field of a plan that the table of versions does not name', () => {
    const known = fieldsOfProtos(protosOf(version))
    const knownMessages = new Set([...known].map(messageOf))
    const sent = new Set([...fieldsWithin(PlanSchema), ...fieldsWithin(AnalyzePlanRequestSchema)])
    const lacking = [...sent].filter((field) => !known.has(field) && knownMessages.has(messageOf(field)))
    const isNamed = (field: string) => !has(version, SINCE.get(`spark.connect.${field}`) ?? '3.5')
    const unnamed = lacking.filter((field) => !isNamed(field) && !UNSENT.includes(messageOf(field)))
    expect(HARMLESS).toEqual(expect.arrayContaining(unnamed))
    const wronglyNamed = [...SINCE].filter(
      ([field, release]) => has(version, release) && !known.has(field.replace('spark.connect.', '')),
    )
    expect(wronglyNamed).toEqual([])
  })
}

for (const version of versions) {
  const reason = reasonToSkip(version)
  const describeHere = reason === undefined ? describe : describe.skip
  describeHere(reason === undefined ? `Spark ${version}` : `skipped: ${reason}`, () => smoke(version))
}
