import type { DataFrame, Row, Schema } from 'spark-connect-js'
import { schemaDdl, Timestamp } from 'spark-connect-js'

const RELATIVE_TOLERANCE = 1e-9

type AnyRow = Readonly<Record<string, unknown>>

/** What a frame should be: its columns in order, and its rows in any order. */
interface ExpectedFrame<S extends Schema> {
  readonly columns: S
  readonly rows: readonly Row<S>[]
}

/**
 * How a frame differs from the one expected, a sentence for each difference; empty means equal. Doubles may be
 * 1e-9 of each other apart. Whether a column may be null is not compared: Spark's optimizer decides that.
 *
 * @example expect(await frameDifferences(authors, { columns: AuthorScore, rows })).toEqual([])
 * @throws SparkConnectError
 */
export async function frameDifferences<S extends Schema>(
  frame: DataFrame<S>,
  { columns, rows }: ExpectedFrame<S>,
): Promise<readonly string[]> {
  const columnsFound = await frame.schema()
  const schemas = schemaDifferences(columnsFound, columns)
  return schemas.length > 0 ? schemas : rowDifferences(await frame.collect(), rows)
}

/** How the columns that Spark resolved differ from those declared, whether or not they may be null. */
export function schemaDifferences(found: Schema, expected: Schema): readonly string[] {
  const [declared, resolved] = [expected, found].map((columns) => [...Object.entries(columns)].map(columnDdl))
  const missing = declared?.filter((ddl) => !resolved?.includes(ddl)).map((ddl) => `missing column: ${ddl}`)
  const extra = resolved?.filter((ddl) => !declared?.includes(ddl)).map((ddl) => `unexpected column: ${ddl}`)
  return [...(missing ?? []), ...(extra ?? [])]
}

const columnDdl = ([name, type]: readonly [string, Schema[string]]): string =>
  schemaDdl({ [name]: type.nullable })

/** How rows differ from those expected, in whatever order either come. */
export function rowDifferences(found: readonly AnyRow[], expected: readonly AnyRow[]): readonly string[] {
  const unmatched = [...found]
  const missing = expected.filter((row) => {
    const at = unmatched.findIndex((other) => differingColumns(other, row).length === 0)
    if (at >= 0) unmatched.splice(at, 1)
    return at < 0
  })
  return [
    ...missing.map((row) => closestDifference(unmatched, row)),
    ...unmatched.map((row) => `unexpected row: ${print(row)}`),
  ]
}

/** Takes the most similar row out of those left, so that a row with one wrong value is one sentence, not two rows. */
function closestDifference(unmatched: AnyRow[], row: AnyRow): string {
  const [closest] = unmatched.toSorted(
    (a, b) => differingColumns(a, row).length - differingColumns(b, row).length,
  )
  const columns = closest ? differingColumns(closest, row) : []
  if (!closest || columns.length > Object.keys(row).length / 2) return `missing row: ${print(row)}`
  unmatched.splice(unmatched.indexOf(closest), 1)
  const changes = columns.map((name) => `${name} is ${print(closest[name])}, not ${print(row[name])}`)
  return `${changes.join('; ')} in ${print(row)}`
}

const differingColumns = (left: AnyRow, right: AnyRow): readonly string[] =>
  [...new Set([...Object.keys(left), ...Object.keys(right)])].filter(
    (name) => !areEqual(left[name], right[name]),
  )

function areEqual(left: unknown, right: unknown): boolean {
  if (typeof left === 'number' && typeof right === 'number') {
    const distance = Math.abs(left - right)
    return Object.is(left, right) || distance <= RELATIVE_TOLERANCE * Math.max(1, Math.abs(right))
  }
  if (left instanceof Timestamp && right instanceof Timestamp) return left.epochMicros === right.epochMicros
  return left === right
}

const print = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part)) ?? 'undefined'
