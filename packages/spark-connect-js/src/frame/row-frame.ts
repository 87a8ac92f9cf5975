import { expressionOf, type BooleanColumn } from '../column/column.ts'
import type { ColumnOrLiteral } from '../column/operand.ts'
import { attribute, partitionId, sortOrderExpression } from '../plan/expression.ts'
import * as plan from '../plan/relation.ts'
import type { RelationNode } from '../plan/relation.ts'
import type { Schema } from '../types/data-type.ts'
import type { IntegralKind } from '../types/value.ts'
import { ColumnFrame } from './column-frame.ts'
import {
  namedExpressions,
  scoped,
  sortOrders,
  type ColumnRecord,
  type ColumnsOf,
  type Names,
  type OrderColumns,
} from './columns.ts'
import type { DataFrame } from './data-frame.ts'
import { randomSeed } from './seed.ts'

/** The names of columns of some kinds. */
type NamesOfKind<S extends Schema, K extends string> = {
  [N in Names<S>]: S[N]['kind'] extends K ? N : never
}[Names<S>]

export interface SampleOptions {
  /** Whether a row may be taken more than once. */
  readonly withReplacement?: boolean
  /** The same seed gives the same rows as long as the partitions are the same; random unless said. */
  readonly seed?: bigint
}

type Ordering<S extends Schema> = (c: ColumnsOf<S>) => OrderColumns

/** The rows of a frame: which ones, in what order, in which partitions. */
export abstract class RowFrame<C extends Schema> extends ColumnFrame<C> {
  /**
   * Keeps the rows for which a condition holds; those where it is null go.
   * @example spark.range(9n).filter((c) => c.id.gt(7)) // => [{ id: 8n }]
   */
  filter<S extends Schema>(this: DataFrame<S>, condition: (c: ColumnsOf<S>) => BooleanColumn): DataFrame<S> {
    const { input, result } = scoped(this.relation, condition)
    return this.derive(plan.filter(input, result.expression))
  }

  /**
   * `filter` by SQL's name.
   * @example spark.range(9n).where((c) => c.id.gt(7)) // => [{ id: 8n }]
   */
  where<S extends Schema>(this: DataFrame<S>, condition: (c: ColumnsOf<S>) => BooleanColumn): DataFrame<S> {
    return this.filter(condition)
  }

  /**
   * Keeps one of each set of equal rows.
   * @example spark.range(4n).select((c) => ({ bit: c.id.bitwiseAND(1) })).distinct().orderBy('bit') // => [{ bit: 0n }, { bit: 1n }]
   */
  distinct<S extends Schema>(this: DataFrame<S>): DataFrame<S> {
    return this.dropDuplicates()
  }

  /**
   * Keeps one row, any, of each combination of the named columns; without names, of all columns.
   * @example spark.range(2n).dropDuplicates('id').orderBy('id') // => [{ id: 0n }, { id: 1n }]
   */
  dropDuplicates<S extends Schema>(this: DataFrame<S>, ...names: readonly Names<S>[]): DataFrame<S> {
    return this.derive(plan.deduplicate(this.relation, names))
  }

  /**
   * `dropDuplicates` for streams: forgets what it has seen once the watermark has passed. Since Spark 3.5.
   * @throws SparkConnectError, as an action runs, for a frame that is no stream
   * @example async () => spark.range(1n).dropDuplicatesWithinWatermark('id') // a frame
   */
  dropDuplicatesWithinWatermark<S extends Schema>(
    this: DataFrame<S>,
    ...names: readonly Names<S>[]
  ): DataFrame<S> {
    return this.derive(plan.deduplicate(this.relation, names, true))
  }

  /**
   * Orders all rows: by names, ascending, or by columns and their orders.
   * @example spark.range(2n).orderBy((c) => c.id.desc()) // => [{ id: 1n }, { id: 0n }]
   */
  orderBy<S extends Schema>(this: DataFrame<S>, ...names: readonly Names<S>[]): DataFrame<S>
  orderBy<S extends Schema>(this: DataFrame<S>, columns: Ordering<S>): DataFrame<S>
  orderBy<S extends Schema>(this: DataFrame<S>, ...order: readonly (Names<S> | Ordering<S>)[]): DataFrame<S> {
    return this.#sorted(order, true)
  }

  /**
   * `orderBy` by another name.
   * @example spark.range(2n).sort((c) => c.id.desc()) // => [{ id: 1n }, { id: 0n }]
   */
  sort<S extends Schema>(this: DataFrame<S>, ...names: readonly Names<S>[]): DataFrame<S>
  sort<S extends Schema>(this: DataFrame<S>, columns: Ordering<S>): DataFrame<S>
  sort<S extends Schema>(this: DataFrame<S>, ...order: readonly (Names<S> | Ordering<S>)[]): DataFrame<S> {
    return this.#sorted(order, true)
  }

  /**
   * Orders the rows of each partition, without a shuffle.
   * @example spark.range(2n).coalesce(1).sortWithinPartitions((c) => c.id.desc()) // => [{ id: 1n }, { id: 0n }]
   */
  sortWithinPartitions<S extends Schema>(this: DataFrame<S>, ...names: readonly Names<S>[]): DataFrame<S>
  sortWithinPartitions<S extends Schema>(this: DataFrame<S>, columns: Ordering<S>): DataFrame<S>
  sortWithinPartitions<S extends Schema>(
    this: DataFrame<S>,
    ...order: readonly (Names<S> | Ordering<S>)[]
  ): DataFrame<S> {
    return this.#sorted(order, false)
  }

  /**
   * Keeps the first rows.
   * @example spark.range(9n).limit(1) // => [{ id: 0n }]
   */
  limit<S extends Schema>(this: DataFrame<S>, rows: number): DataFrame<S> {
    return this.derive(plan.limit(this.relation, rows))
  }

  /**
   * Leaves the first rows out.
   * @example spark.range(9n).offset(8) // => [{ id: 8n }]
   */
  offset<S extends Schema>(this: DataFrame<S>, rows: number): DataFrame<S> {
    return this.derive(plan.offset(this.relation, rows))
  }

  /**
   * Takes each row with a chance; with replacement, that many times on average.
   * @example spark.range(2n).sample(1) // => [{ id: 0n }, { id: 1n }]
   */
  sample<S extends Schema>(
    this: DataFrame<S>,
    fraction: number,
    { withReplacement = false, seed = randomSeed() }: SampleOptions = {},
  ): DataFrame<S> {
    const parts = { lowerBound: 0, upperBound: fraction, withReplacement, seed, deterministicOrder: false }
    return this.derive(plan.sample(this.relation, parts))
  }

  /**
   * Splits the rows at random into frames of about these weights; every row is in exactly one.
   * @throws RangeError for a weight below zero, or none above
   * @example spark.range(9n).randomSplit([1]).map((part) => part.relation.relType.case) // a list of frames
   */
  randomSplit<S extends Schema>(
    this: DataFrame<S>,
    weights: readonly number[],
    seed: bigint = randomSeed(),
  ): DataFrame<S>[] {
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    if (!weights.every((weight) => weight >= 0) || !(total > 0)) {
      throw new RangeError(`weights are at least 0, one above, not [${weights.join(', ')}]`)
    }
    const bounds = [0]
    for (const weight of weights) bounds.push((bounds.at(-1) ?? 0) + weight / total)
    const shares = weights.map((_, index) => ({
      lowerBound: bounds[index] ?? 0,
      // Sums of fractions may fall short of 1, and a row would be in no share.
      upperBound: index === weights.length - 1 ? 1 : (bounds[index + 1] ?? 1),
    }))
    return shares.map((share) =>
      this.derive(
        plan.sample(this.relation, { ...share, withReplacement: false, seed, deterministicOrder: true }),
      ),
    )
  }

  /**
   * Shuffles the rows into a number of partitions, or by columns, or both.
   * @example spark.range(2n).repartition(1, 'id').orderBy('id') // => [{ id: 0n }, { id: 1n }]
   */
  repartition<S extends Schema>(
    this: DataFrame<S>,
    numPartitions: number | undefined,
    ...names: readonly Names<S>[]
  ): DataFrame<S>
  repartition<S extends Schema>(this: DataFrame<S>, ...names: readonly Names<S>[]): DataFrame<S>
  repartition<S extends Schema>(
    this: DataFrame<S>,
    first: number | Names<S> | undefined,
    ...others: readonly Names<S>[]
  ): DataFrame<S> {
    const { numPartitions, names } = partitioning(first, others)
    if (names.length === 0 && numPartitions !== undefined) {
      return this.derive(plan.repartition(this.relation, numPartitions, true))
    }
    const expressions = names.map((name) => attribute(name))
    return this.derive(plan.repartitionBy(this.relation, expressions, numPartitions))
  }

  /**
   * Shuffles the rows so that each partition holds a range of values.
   * @example spark.range(2n).repartitionByRange(2, 'id').orderBy('id') // => [{ id: 0n }, { id: 1n }]
   */
  repartitionByRange<S extends Schema>(
    this: DataFrame<S>,
    numPartitions: number | undefined,
    ...names: readonly Names<S>[]
  ): DataFrame<S>
  repartitionByRange<S extends Schema>(
    this: DataFrame<S>,
    numPartitions: number | undefined,
    columns: Ordering<S>,
  ): DataFrame<S>
  repartitionByRange<S extends Schema>(
    this: DataFrame<S>,
    numPartitions: number | undefined,
    ...order: readonly (Names<S> | Ordering<S>)[]
  ): DataFrame<S> {
    const { input, nodes } = ordered(this.relation, order)
    return this.derive(plan.repartitionBy(input, nodes.map(sortOrderExpression), numPartitions))
  }

  /**
   * Shuffles each row into the partition that a column of it says. Since Spark 4.1.
   * @param partitionIdCol at least 0; above the number of partitions, its remainder counts.
   * @example spark.range(2n).withColumn('part', () => 0).repartitionById(2, 'part').select('id') // => [{ id: 0n }, { id: 1n }]
   */
  repartitionById<S extends Schema>(
    this: DataFrame<S>,
    numPartitions: number,
    partitionIdCol: NamesOfKind<S, IntegralKind>,
  ): DataFrame<S> {
    const expressions = [partitionId(attribute(partitionIdCol))]
    return this.derive(plan.repartitionBy(this.relation, expressions, numPartitions))
  }

  /**
   * Lowers the number of partitions without a shuffle.
   * @example spark.range(2n).coalesce(1) // => [{ id: 0n }, { id: 1n }]
   */
  coalesce<S extends Schema>(this: DataFrame<S>, numPartitions: number): DataFrame<S> {
    return this.derive(plan.repartition(this.relation, numPartitions, false))
  }

  /**
   * A hint to the planner, such as `broadcast`, or `rebalance` with a number of partitions and columns.
   * @example spark.range(2n).hint('coalesce', 1) // => [{ id: 0n }, { id: 1n }]
   */
  hint<S extends Schema>(
    this: DataFrame<S>,
    name: string,
    ...parameters: readonly ColumnOrLiteral[]
  ): DataFrame<S> {
    return this.derive(plan.hint(this.relation, name, parameters.map(expressionOf)))
  }

  /**
   * Says how late a stream's rows may come, by a column of their time: later ones may be dropped.
   * @param delayThreshold an interval, such as `10 minutes`.
   * @example spark.sql<{ at: typeof t.timestamp }>("select timestamp '2020-01-01' as at").withWatermark('at', '1 minute').select('at').columns() // names
   */
  withWatermark<S extends Schema>(
    this: DataFrame<S>,
    eventTime: NamesOfKind<S, 'timestamp'>,
    delayThreshold: string,
  ): DataFrame<S> {
    return this.derive(plan.withWatermark(this.relation, eventTime, delayThreshold))
  }

  /**
   * Computes metrics over the rows as they pass, at no extra pass. After an action,
   * `spark.observed(name)` has their values.
   * @example spark.range(2n).observe('seen', (c) => ({ most: max(c.id) })) // => [{ id: 0n }, { id: 1n }]
   */
  observe<S extends Schema>(
    this: DataFrame<S>,
    name: string,
    metrics: (c: ColumnsOf<S>) => ColumnRecord,
  ): DataFrame<S> {
    const { input, result } = scoped(this.relation, metrics)
    return this.derive(plan.collectMetrics(input, name, namedExpressions(result)))
  }

  #sorted<S extends Schema>(
    this: DataFrame<S>,
    order: readonly (Names<S> | Ordering<S>)[],
    isGlobal: boolean,
  ): DataFrame<S> {
    const { input, nodes } = ordered(this.relation, order)
    return this.derive(plan.sort(input, nodes, isGlobal))
  }
}

const partitioning = <N extends string>(first: number | N | undefined, others: readonly N[]) =>
  typeof first === 'string'
    ? { numPartitions: undefined, names: [first, ...others] }
    : { numPartitions: first, names: others }

const ordered = <S extends Schema>(relation: RelationNode, order: readonly (Names<S> | Ordering<S>)[]) => {
  const { input, result } = scoped(relation, (c: ColumnsOf<S>) =>
    order.flatMap<Extract<OrderColumns, readonly unknown[]>[number]>((by) =>
      typeof by === 'function' ? by(c) : c[by],
    ),
  )
  return { input, nodes: sortOrders(result) }
}
