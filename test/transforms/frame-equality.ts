import type { Schema } from 'spark-connect-js'
import { schemaDdl, Timestamp } from 'spark-connect-js'

const RELATIVE_TOLERANCE = 1e-9

type AnyRow = Readonly<Record<string, unknown>>

/**
 * How the columns that Spark resolved differ from those declared, a sentence each; empty means equal. Whether a
 * column may be null is not compared: Spark's optimizer decides that.
 */
export function schemaDifferences(found: Schema, expected: Schema): readonly string[] {
  const [resolved, declared] = [ddlOf(found), ddlOf(expected)]
  return [
    ...declared.filter((ddl) => !resolved.includes(ddl)).map((ddl) => `missing column: ${ddl}`),
    ...resolved.filter((ddl) => !declared.includes(ddl)).map((ddl) => `unexpected column: ${ddl}`),
  ]
}

const ddlOf = (columns: Schema): readonly string[] =>
  Object.entries(columns).map(([name, type]) => schemaDdl({ [name]: type.nullable }))

/**
 * How rows differ from those expected, in whatever order either come: a sentence for each difference; empty means
 * equal. Doubles may be 1e-9 of each other apart.
 *
 * @example expect(rowDifferences(await frame.collect(), rows)).toEqual([])
 */
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
