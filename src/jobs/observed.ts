import { randomUUID } from 'node:crypto'
import type {
  ActionOptions,
  ColumnRecord,
  ColumnsOf,
  DataFrame,
  Row,
  Schema,
  SchemaOfRecord,
  SparkSession,
} from 'spark-connect-js'

/** What to count of the rows that pass a frame on their way to somewhere else. */
interface Passing<S extends Schema, R extends ColumnRecord> {
  readonly frame: DataFrame<S>
  /** Where the same rows can be read again for less; the frame itself by default. */
  readonly again?: DataFrame<S>
  readonly metrics: (c: ColumnsOf<S>) => R
}

/** A frame that counts what passes, and the counts once an action on it has ended. */
interface Observed<S extends Schema, R extends ColumnRecord> {
  readonly frame: DataFrame<S>
  readonly values: (spark: SparkSession, options: ActionOptions) => Promise<RowOfRecord<R>>
}

type RowOfRecord<R extends ColumnRecord> = Row<SchemaOfRecord<R>>

/**
 * Spark's observed metrics, as numbers to rely on. The server waits a tenth of a second for a metric and then ends
 * the operation without it, and sends none for a frame that it proved empty: what did not come is computed.
 */
export function observed<S extends Schema, const R extends ColumnRecord>({
  frame,
  again = frame,
  metrics,
}: Passing<S, R>): Observed<S, R> {
  const name = randomUUID() // a name of its own, so that an earlier run's value is never taken for this one's
  const values = async (spark: SparkSession, options: ActionOptions) =>
    spark.observed<SchemaOfRecord<R>>(name) ?? (await aggregated({ frame: again, metrics }, options))
  return { frame: frame.observe(name, metrics), values }
}

async function aggregated<S extends Schema, const R extends ColumnRecord>(
  { frame, metrics }: Passing<S, R>,
  options: ActionOptions,
): Promise<RowOfRecord<R>> {
  const [row] = await frame.agg(metrics).collect(options)
  if (row === undefined) throw new Error('an aggregate without groups gave no row')
  return row
}
