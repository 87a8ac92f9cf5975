import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import {
  schemaDdl,
  type AnyType,
  type Column,
  type DataFrame,
  type Schema,
  type SparkSession,
} from 'spark-connect-js'

import { columnsOf } from '../../src/frame/columns.ts'
import { typeDdl } from '../../src/types/ddl.ts'
import { groupFacts, nestedFacts, sessionFacts } from './function-types/nested-facts.ts'
import { textFacts } from './function-types/text-facts.ts'
import { timeFacts, windowFacts } from './function-types/time-facts.ts'
import { Sample } from './function-types/sample.ts'
import type { Fact } from './library/fact.ts'
import { openSession } from './open-session.ts'

let spark: SparkSession
let sample: DataFrame<typeof Sample>
beforeAll(async () => {
  spark = await openSession()
  await spark.conf.setAll({
    'spark.sql.timeType.enabled': 'true',
    'spark.sql.geospatial.enabled': 'true',
    'spark.sql.ansi.enabled': 'true',
  })
  sample = spark.sql<typeof Sample>(`select ${columnsSql()} from (select ${nullsSql()})`)
})
afterAll(() => spark[Symbol.asyncDispose]())

const nullsSql = () =>
  Object.entries(Sample)
    .map(([name, type]) => `cast(null as ${typeDdl(type)}) as ${name}`)
    .join(', ')

/** Only the plan's types are asked for, so a value that would fail is as good as any. */
const columnsSql = () =>
  Object.entries(Sample)
    .map(([name, type]) => (type.isNullable ? name : `${neverNull(name, type)} as ${name}`))
    .join(', ')

const neverNull = (name: string, type: AnyType) =>
  `coalesce(${name}, ${A_VALUE[type.kind as never] as string})`

const A_VALUE = {
  string: "'a'",
  binary: "X'00'",
  boolean: 'true',
  byte: '1Y',
  integer: '1',
  long: '1L',
  float: '1F',
  double: '1D',
  decimal: 'cast(1BD as decimal(10, 2))',
  date: "date'2020-01-01'",
  timestamp: "timestamp'2020-01-01 00:00:00'",
  timestamp_ntz: "timestamp_ntz'2020-01-01 00:00:00'",
  time: "time'00:00:00'",
  day_time_interval: "interval '1 02:03:04' day to second",
  year_month_interval: "interval '1-2' year to month",
  calendar_interval: 'make_interval(1)',
  variant: "parse_json('1')",
  array: "array('a')",
  struct: "named_struct('x', 1)",
} as const

const c = columnsOf<typeof Sample>()
const recordOf = (facts: readonly Fact[]): Readonly<Record<string, Column<AnyType>>> =>
  Object.fromEntries(facts.map(({ column }, index) => [String(index), column]))

/** The call as text: the arguments tell apart two facts about one function. */
const shown = ({ column }: Fact): string => {
  const text = JSON.stringify(column.expression, (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  )
  return [...text.matchAll(/"(?:functionName|unparsedIdentifier|value)":"?([^",{}]+)/g)]
    .map(([, name]) => name)
    .join(' ')
}

describe('a function’s type is for the compiler what it is for the server', () => {
  it('holds for the sample', async () => {
    expect(schemaDdl(await sample.schema())).toBe(schemaDdl(Sample))
  })

  const themes: readonly (readonly [string, readonly Fact[], 'select' | 'agg'])[] = [
    ['texts', textFacts(c), 'select'],
    ['nested values', nestedFacts(c), 'select'],
    ['times', timeFacts(c), 'select'],
    ['nulls, bits, sketches and the session', sessionFacts(c), 'select'],
    ['groups', groupFacts(c), 'agg'],
    ...windowFacts.map((made, index) => [`window ${index}`, [made(c)], 'select'] as const),
  ]
  it.each(themes)('%s', async (_, facts, verb) => {
    const named = () => recordOf(facts)
    const frame: DataFrame<Schema> = verb === 'agg' ? sample.agg(named) : sample.select(named)
    const columns = Object.values(await frame.schema())
    const saidOf = (types: readonly (AnyType | undefined)[]) =>
      facts.map((one, index) => `${shown(one)}: ${JSON.stringify(types[index])}`)
    expect(saidOf(columns)).toEqual(saidOf(facts.map(({ type }) => type)))
  })
})
