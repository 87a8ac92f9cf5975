import { Column, DataFrame, type AnyType, type SparkSession } from 'spark-connect-js'

import type { RunnableExample, Surroundings } from './example-module.ts'

/** What an example gave. */
export type Outcome = { readonly value: unknown } | { readonly error: unknown }

/** As many columns as one query computes quickly. */
const BATCH = 50

/**
 * Runs examples in turn: a column is selected over one row, a frame's rows are collected, anything else is the value.
 * Columns go many to a query; where that fails, in halves, until only the culprit fails.
 */
export const runExamples = async (
  examples: readonly RunnableExample[],
  surroundings: Surroundings,
): Promise<readonly Outcome[]> => {
  const made = await inTurn(examples, (example) => outcomeOf(() => settle(example.run(surroundings))))
  const columns = made.flatMap((outcome) =>
    'value' in outcome && outcome.value instanceof Column ? [outcome.value] : [],
  )
  const values = await columnValues(surroundings.spark, columns)
  const valueOf = new Map(columns.map((column, index) => [column, values[index]]))
  return made.map((outcome) =>
    'value' in outcome && outcome.value instanceof Column ? (valueOf.get(outcome.value) ?? outcome) : outcome,
  )
}

const settle = async (result: unknown): Promise<unknown> => {
  const value = await result
  return value instanceof DataFrame ? value.collect() : value
}

const columnValues = async (
  spark: SparkSession,
  columns: readonly Column<AnyType>[],
): Promise<readonly Outcome[]> => {
  if (columns.length > BATCH) return halves(spark, columns)
  const together = await outcomeOf(() => select(spark, columns))
  if ('value' in together) return (together.value as readonly unknown[]).map((value) => ({ value }))
  return columns.length > 1 ? halves(spark, columns) : [together]
}

const halves = async (
  spark: SparkSession,
  columns: readonly Column<AnyType>[],
): Promise<readonly Outcome[]> => {
  const middle = Math.ceil(columns.length / 2)
  const first = await columnValues(spark, columns.slice(0, middle))
  return [...first, ...(await columnValues(spark, columns.slice(middle)))]
}

const select = async (
  spark: SparkSession,
  columns: readonly Column<AnyType>[],
): Promise<readonly unknown[]> => {
  const named = Object.fromEntries(columns.map((column, index) => [`c${index}`, column]))
  const rows = await spark
    .range(0n, 1n)
    .select(() => named)
    .collect()
  if (rows.length !== 1)
    throw new Error(`a column over one row gives ${rows.length} rows: show it as a frame`)
  return Object.values(rows[0] ?? {})
}

const outcomeOf = async (work: () => Promise<unknown>): Promise<Outcome> => {
  try {
    return { value: await work() }
  } catch (error) {
    return { error }
  }
}

const inTurn = async <T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> => {
  const results: R[] = []
  for (const item of items) results.push(await work(item))
  return results
}
