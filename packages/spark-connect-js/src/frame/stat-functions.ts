import { literalOf, type LiteralValue } from '../column/literal.ts'
import { attribute } from '../plan/expression.ts'
import * as statistics from '../plan/statistics.ts'
import type { RelationNode } from '../plan/relation.ts'
import type { ArrayType, ScalarType, Schema } from '../types/data-type.ts'
import type { NumericKind } from '../types/value.ts'
import type { Names } from './columns.ts'
import type { DataFrame } from './data-frame.ts'
import type { ActionOptions } from './executor.ts'
import type { Derive } from './query.ts'
import { randomSeed } from './seed.ts'

type Describable = NumericKind | 'decimal' | 'string'
/** The names of columns of numbers. */
export type NumericNames<S extends Schema> = {
  [N in Names<S>]: S[N]['kind'] extends NumericKind | 'decimal' ? N : never
}[Names<S>]

/** What `describe` and `summary` give: texts, by the names of those columns that can be described. */
export type SummaryOf<S extends Schema, K extends keyof S> = {
  readonly [N in K as S[N]['kind'] extends Describable ? N : never]: ScalarType<'string', boolean>
} & { readonly summary: ScalarType<'string', boolean> }

/** What `freqItems` gives: a list for each column. */
export type FrequentItems<S extends Schema, K extends keyof S> = {
  readonly [N in K as `${N & string}_freqItems`]: ArrayType<S[N], false>
}

export interface QuantileOptions extends ActionOptions {
  /** From 0, the least value, to 1, the greatest. */
  readonly probabilities: readonly number[]
  /** How far a quantile's rank may be off, as a share of the rows; 0 for exact, which costs a sort. */
  readonly relativeError: number
}

export interface SampleByOptions {
  /** The chance of a row by the value of the column; 0 for values that are not named. */
  readonly fractions: ReadonlyMap<LiteralValue, number>
  readonly seed?: bigint
}

interface Frames {
  readonly derive: Derive
  readonly value: <V>(relation: RelationNode, options: ActionOptions) => Promise<V | undefined>
}

/** Statistical functions: `frame.stat`. */
export class DataFrameStatFunctions<C extends Schema> {
  /** Exists for the compiler only. */
  declare readonly rowSchema: C
  readonly #input: RelationNode
  readonly #frames: Frames

  constructor(input: RelationNode, frames: Frames) {
    this.#input = input
    this.#frames = frames
  }

  /**
   * Pearson's correlation of two columns of numbers; NaN where one does not vary.
   * @example await spark.range(3n).stat.corr('id', 'id') // => 1
   */
  async corr<S extends Schema>(
    this: DataFrameStatFunctions<S>,
    col1: NumericNames<S>,
    col2: NumericNames<S>,
    options: ActionOptions = {},
  ): Promise<number> {
    return this.#number(statistics.correlation(this.#input, col1, col2), options)
  }

  /**
   * The sample covariance of two columns of numbers.
   * @example await spark.range(3n).stat.cov('id', 'id') // => 1
   */
  async cov<S extends Schema>(
    this: DataFrameStatFunctions<S>,
    col1: NumericNames<S>,
    col2: NumericNames<S>,
    options: ActionOptions = {},
  ): Promise<number> {
    return this.#number(statistics.covariance(this.#input, col1, col2), options)
  }

  /**
   * Quantiles of a column of numbers, or of several; nulls and NaNs do not count.
   * @example await spark.range(5n).stat.approxQuantile('id', { probabilities: [0.5], relativeError: 0 }) // => [2]
   */
  approxQuantile<S extends Schema>(
    this: DataFrameStatFunctions<S>,
    column: NumericNames<S>,
    options: QuantileOptions,
  ): Promise<readonly number[]>
  approxQuantile<S extends Schema>(
    this: DataFrameStatFunctions<S>,
    columns: readonly NumericNames<S>[],
    options: QuantileOptions,
  ): Promise<readonly (readonly number[])[]>
  async approxQuantile<S extends Schema>(
    this: DataFrameStatFunctions<S>,
    columns: NumericNames<S> | readonly NumericNames<S>[],
    { probabilities, relativeError, ...options }: QuantileOptions,
  ): Promise<readonly number[] | readonly (readonly number[])[]> {
    const cols = [columns].flat()
    const relation = statistics.approxQuantile(this.#input, { cols, probabilities, relativeError })
    const quantiles = await this.#frames.value<readonly (readonly number[])[]>(relation, options)
    return (typeof columns === 'string' ? quantiles?.[0] : quantiles) ?? []
  }

  /**
   * How often each pair of values occurs: a row for each value of the first column, a column for each of the second.
   * The columns depend on the rows; `as` checks them.
   * @example spark.range(1n).select(() => ({ a: 1, b: 2 })).stat.crosstab('a', 'b') // => [{ a_b: '1', 2: 1n }]
   */
  crosstab<S extends Schema>(
    this: DataFrameStatFunctions<S>,
    col1: Names<S>,
    col2: Names<S>,
  ): DataFrame<Schema> {
    return this.#frames.derive(statistics.crosstab(this.#input, col1, col2))
  }

  /**
   * Values that occur in at least a share of the rows, and perhaps some that do not, in one row.
   * @param support the share; 0.01 unless said.
   * @example spark.range(1n).stat.freqItems(['id']) // => [{ id_freqItems: [0n] }]
   */
  freqItems<S extends Schema, K extends Names<S>>(
    this: DataFrameStatFunctions<S>,
    names: readonly K[],
    support: number = 0.01,
  ): DataFrame<FrequentItems<S, K>> {
    return this.#frames.derive(statistics.freqItems(this.#input, names, support))
  }

  /**
   * Takes each row with a chance that depends on the value of a column.
   * @example spark.range(3n).stat.sampleBy('id', { fractions: new Map([[1n, 1]]) }) // => [{ id: 1n }]
   */
  sampleBy<S extends Schema>(
    this: DataFrameStatFunctions<S>,
    name: Names<S>,
    { fractions, seed = randomSeed() }: SampleByOptions,
  ): DataFrame<S> {
    const strata = [...fractions].map(([stratum, fraction]) => [literalOf(stratum), fraction] as const)
    const parts = { col: attribute(name), fractions: strata, seed }
    return this.#frames.derive(statistics.sampleBy(this.#input, parts))
  }

  async #number(relation: RelationNode, options: ActionOptions): Promise<number> {
    return (await this.#frames.value<number>(relation, options)) ?? Number.NaN
  }
}
