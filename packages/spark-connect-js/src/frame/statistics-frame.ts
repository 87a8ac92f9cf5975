import type { RelationNode } from '../plan/relation.ts'
import * as statistics from '../plan/statistics.ts'
import type { Schema } from '../types/data-type.ts'
import type { Names } from './columns.ts'
import { CombinedFrame } from './combined-frame.ts'
import type { DataFrame } from './data-frame.ts'
import type { ActionOptions } from './executor.ts'
import {
  DataFrameNaFunctions,
  type Dropped,
  type FillValues,
  type Filled,
  type Replaced,
} from './na-functions.ts'
import type { DropnaOptions, FilledAll, FillValue } from './na-functions.ts'
import {
  DataFrameStatFunctions,
  type FrequentItems,
  type NumericNames,
  type SummaryOf,
} from './stat-functions.ts'
import type { QuantileOptions, SampleByOptions } from './stat-functions.ts'

/** What the values of a frame are like, and what stands for those that are missing. */
export abstract class StatisticsFrame<C extends Schema> extends CombinedFrame<C> {
  /**
   * Functions on missing values.
   * @example spark.range(1n).na.fill(0) // => [{ id: 0n }]
   */
  get na(): DataFrameNaFunctions<C> {
    return new DataFrameNaFunctions(this.relation, this.derive)
  }

  /**
   * `na.drop`.
   * @example spark.range(1n).dropna('id') // => [{ id: 0n }]
   */
  dropna<S extends Schema, K extends Names<S>>(
    this: DataFrame<S>,
    ...names: readonly K[]
  ): DataFrame<Dropped<S, K>>
  dropna<S extends Schema>(this: DataFrame<S>, options: DropnaOptions<S>): DataFrame<S>
  dropna<S extends Schema>(
    this: DataFrame<S>,
    ...choice: readonly (Names<S> | DropnaOptions<S>)[]
  ): DataFrame<Schema> {
    return this.na.drop(...(choice as readonly Names<S>[]))
  }

  /**
   * `na.fill`.
   * @example spark.range(1n).fillna({ id: 7n }) // => [{ id: 0n }]
   */
  fillna<S extends Schema, const V extends FillValues<S>>(
    this: DataFrame<S>,
    values: V,
  ): DataFrame<Filled<S, V>>
  fillna<S extends Schema, const V extends FillValue, K extends Names<S>>(
    this: DataFrame<S>,
    value: V,
    ...names: readonly K[]
  ): DataFrame<FilledAll<S, V, K>>
  fillna<S extends Schema>(
    this: DataFrame<S>,
    value: FillValue | FillValues<S>,
    ...names: readonly Names<S>[]
  ): DataFrame<Schema> {
    return this.na.fill(value as FillValue, ...names)
  }

  /**
   * `na.replace`.
   * @example spark.range(1n).replace(new Map([[0, 7]]), 'id') // => [{ id: 7n }]
   */
  replace<S extends Schema, const V extends FillValue | null, K extends Names<S>>(
    this: DataFrame<S>,
    replacements: ReadonlyMap<FillValue, V>,
    ...names: readonly K[]
  ): DataFrame<Replaced<S, V, K>> {
    return this.na.replace(replacements, ...names)
  }

  /**
   * Statistical functions.
   * @example await spark.range(3n).stat.cov('id', 'id') // => 1
   */
  get stat(): DataFrameStatFunctions<C> {
    const value = <V>(relation: RelationNode, options: object) => this.value<V>(relation, options)
    return new DataFrameStatFunctions(this.relation, { derive: this.derive, value })
  }

  /**
   * Count, mean, standard deviation, least and greatest of columns of numbers and texts, as texts.
   * @example spark.range(1n).describe('id').filter((c) => c.summary.eq('max')) // => [{ summary: 'max', id: '0' }]
   */
  describe<S extends Schema>(this: DataFrame<S>): DataFrame<SummaryOf<S, Names<S>>>
  describe<S extends Schema, K extends Names<S>>(
    this: DataFrame<S>,
    ...names: readonly K[]
  ): DataFrame<SummaryOf<S, K>>
  describe<S extends Schema>(this: DataFrame<S>, ...names: readonly Names<S>[]): DataFrame<Schema> {
    return this.derive(statistics.describe(this.relation, names))
  }

  /**
   * `describe` with quartiles, or the statistics named: `count`, `mean`, `stddev`, `min`, `max`, `count_distinct`,
   * `approx_count_distinct` and percentages such as `75%`.
   * @example spark.range(1n).summary('max') // => [{ summary: 'max', id: '0' }]
   */
  summary<S extends Schema>(
    this: DataFrame<S>,
    ...names: readonly string[]
  ): DataFrame<SummaryOf<S, Names<S>>> {
    return this.derive(statistics.summary(this.relation, names))
  }

  /**
   * `stat.approxQuantile`.
   * @example await spark.range(5n).approxQuantile('id', { probabilities: [0, 1], relativeError: 0 }) // => [0, 4]
   */
  approxQuantile<S extends Schema>(
    this: DataFrame<S>,
    column: NumericNames<S>,
    options: QuantileOptions,
  ): Promise<readonly number[]>
  approxQuantile<S extends Schema>(
    this: DataFrame<S>,
    columns: readonly NumericNames<S>[],
    options: QuantileOptions,
  ): Promise<readonly (readonly number[])[]>
  approxQuantile<S extends Schema>(
    this: DataFrame<S>,
    columns: NumericNames<S> | readonly NumericNames<S>[],
    options: QuantileOptions,
  ): Promise<readonly number[] | readonly (readonly number[])[]> {
    return typeof columns === 'string'
      ? this.stat.approxQuantile(columns, options)
      : this.stat.approxQuantile(columns, options)
  }

  /**
   * `stat.corr`.
   * @example await spark.range(3n).corr('id', 'id') // => 1
   */
  corr<S extends Schema>(
    this: DataFrame<S>,
    col1: NumericNames<S>,
    col2: NumericNames<S>,
    options: ActionOptions = {},
  ): Promise<number> {
    return this.stat.corr(col1, col2, options)
  }

  /**
   * `stat.cov`.
   * @example await spark.range(3n).cov('id', 'id') // => 1
   */
  cov<S extends Schema>(
    this: DataFrame<S>,
    col1: NumericNames<S>,
    col2: NumericNames<S>,
    options: ActionOptions = {},
  ): Promise<number> {
    return this.stat.cov(col1, col2, options)
  }

  /**
   * `stat.crosstab`.
   * @example spark.range(1n).select(() => ({ a: 1, b: 2 })).crosstab('a', 'b') // => [{ a_b: '1', 2: 1n }]
   */
  crosstab<S extends Schema>(this: DataFrame<S>, col1: Names<S>, col2: Names<S>): DataFrame<Schema> {
    return this.stat.crosstab(col1, col2)
  }

  /**
   * `stat.freqItems`.
   * @example spark.range(1n).freqItems(['id']) // => [{ id_freqItems: [0n] }]
   */
  freqItems<S extends Schema, K extends Names<S>>(
    this: DataFrame<S>,
    names: readonly K[],
    support?: number,
  ): DataFrame<FrequentItems<S, K>> {
    return this.stat.freqItems(names, support)
  }

  /**
   * `stat.sampleBy`.
   * @example spark.range(3n).sampleBy('id', { fractions: new Map([[1n, 1]]) }) // => [{ id: 1n }]
   */
  sampleBy<S extends Schema>(this: DataFrame<S>, name: Names<S>, options: SampleByOptions): DataFrame<S> {
    return this.stat.sampleBy(name, options)
  }
}
