import { literalOf } from '../column/literal.ts'
import type { LiteralNode } from '../plan/expression.ts'
import * as statistics from '../plan/statistics.ts'
import type { RelationNode } from '../plan/relation.ts'
import type { AnyType, Schema } from '../types/data-type.ts'
import type { NumericKind, WithNull } from '../types/value.ts'
import type { Names } from './columns.ts'
import type { DataFrame } from './data-frame.ts'
import type { Derive } from './query.ts'

/** What may stand for a missing value. */
export type FillValue = string | number | bigint | boolean

type NumericKinds = NumericKind | 'decimal'
type KindsOf<V> = V extends number | bigint
  ? NumericKinds
  : V extends string
    ? 'string'
    : V extends boolean
      ? 'boolean'
      : never

type FillValueOf<T extends AnyType> = T['kind'] extends NumericKinds
  ? number | bigint
  : T['kind'] extends 'string'
    ? string
    : T['kind'] extends 'boolean'
      ? boolean
      : `a column of type ${T['kind']} cannot be filled: use coalesce`

/** A value for each of some columns. */
export type FillValues<S extends Schema> = { readonly [K in Names<S>]?: FillValueOf<S[K]> }

/** A decimal stays nullable: the value may not fit into it. */
type FilledType<T extends AnyType> = T['kind'] extends 'decimal' ? T : WithNull<T, false>

/** `S` with the columns of `V` never null. */
export type Filled<S extends Schema, V> = {
  readonly [K in keyof S]: K extends keyof V ? FilledType<S[K]> : S[K]
}

/** `S` with those of the columns `K` never null that can hold the value. */
export type FilledAll<S extends Schema, V, K> = {
  readonly [N in keyof S]: N extends K ? (S[N]['kind'] extends KindsOf<V> ? FilledType<S[N]> : S[N]) : S[N]
}

/** `S` with the columns `K` never null. */
export type Dropped<S extends Schema, K> = {
  readonly [N in keyof S]: N extends K ? WithNull<S[N], false> : S[N]
}

/** `S`, where a replacement by null makes the columns `K` nullable. */
export type Replaced<S extends Schema, V, K> = null extends V
  ? { readonly [N in keyof S]: N extends K ? WithNull<S[N], boolean> : S[N] }
  : S

export interface DropnaOptions<S extends Schema> {
  /** Whether any null makes a row go, or only nulls in all columns. */
  readonly how?: 'any' | 'all'
  /** How many values a row needs to stay; stands above `how`. */
  readonly thresh?: number
  /** The columns that count; all unless said. */
  readonly subset?: readonly Names<S>[]
}

// The server takes no integer here, though it fills columns of integers.
const fillLiteral = (value: FillValue): LiteralNode =>
  literalOf(typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : value)

/** Functions on missing values: `frame.na`. */
export class DataFrameNaFunctions<C extends Schema> {
  /** Exists for the compiler only. */
  declare readonly rowSchema: C
  readonly #input: RelationNode
  readonly #derive: Derive

  constructor(input: RelationNode, derive: Derive) {
    this.#input = input
    this.#derive = derive
  }

  /**
   * Removes rows with a null in one of the columns named, of all if none is, and tells the compiler. Or by
   * options: rows with nulls in all of them, or with too few values. NaN counts as null.
   * @example spark.range(1n).na.drop({ thresh: 1 }) // => [{ id: 0n }]
   */
  drop<S extends Schema, K extends Names<S>>(
    this: DataFrameNaFunctions<S>,
    ...names: readonly K[]
  ): DataFrame<Dropped<S, K>>
  drop<S extends Schema>(this: DataFrameNaFunctions<S>, options: DropnaOptions<S>): DataFrame<S>
  drop<S extends Schema>(
    this: DataFrameNaFunctions<S>,
    ...choice: readonly (Names<S> | DropnaOptions<S>)[]
  ): DataFrame<Schema> {
    const [options] = choice
    if (typeof options !== 'object') {
      return this.#derive(statistics.dropNulls(this.#input, choice as readonly Names<S>[]))
    }
    const { how = 'any', thresh = how === 'all' ? 1 : undefined, subset = [] } = options
    return this.#derive(statistics.dropNulls(this.#input, subset, thresh))
  }

  /**
   * Puts values where there are none: one for each of some columns, or one for all that can hold it. NaN counts
   * as missing.
   * @example spark.range(1n).select(() => ({ n: nullOf(t.long), s: nullOf(t.string) })).na.fill({ n: 7n, s: '-' }) // => [{ n: 7n, s: '-' }]
   */
  fill<S extends Schema, const V extends FillValues<S>>(
    this: DataFrameNaFunctions<S>,
    values: V,
  ): DataFrame<Filled<S, V>>
  fill<S extends Schema, const V extends FillValue, K extends Names<S>>(
    this: DataFrameNaFunctions<S>,
    value: V,
    ...names: readonly K[]
  ): DataFrame<FilledAll<S, V, K>>
  fill<S extends Schema>(
    this: DataFrameNaFunctions<S>,
    value: FillValue | FillValues<S>,
    ...names: readonly Names<S>[]
  ): DataFrame<Schema> {
    if (typeof value !== 'object') {
      return this.#derive(statistics.fillNulls(this.#input, names, [fillLiteral(value)]))
    }
    const values = Object.entries(value as Readonly<Record<string, FillValue>>)
    const columns = values.map(([name]) => name)
    return this.#derive(
      statistics.fillNulls(
        this.#input,
        columns,
        values.map(([, filling]) => fillLiteral(filling)),
      ),
    )
  }

  /**
   * Puts values into the place of others, in the columns named, or in all that can hold them.
   * @example spark.range(2n).na.replace(new Map([[1, 7]]), 'id') // => [{ id: 0n }, { id: 7n }]
   */
  replace<S extends Schema, const V extends FillValue | null, K extends Names<S>>(
    this: DataFrameNaFunctions<S>,
    replacements: ReadonlyMap<FillValue, V>,
    ...names: readonly K[]
  ): DataFrame<Replaced<S, V, K>> {
    const pairs = [...replacements].map(([from, to]) => [literalOf(from), literalOf(to)] as const)
    return this.#derive(statistics.replaceValues(this.#input, names, pairs))
  }
}
