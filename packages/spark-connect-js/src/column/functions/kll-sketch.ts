import { t, type AnyType, type ArrayType, type ScalarType } from '../../types/data-type.ts'
import type { Column } from '../column.ts'
import type { LiteralValue } from '../literal.ts'
import { given, unary, type AnyBinary, type BinaryType, type Long } from './argument.ts'
import { callFunction, type NullOf } from './call.ts'
import { array } from './array.ts'
import { lit } from './conditional.ts'

type Sketch = Column<AnyBinary>

const aggregate =
  <T extends AnyType>(name: string) =>
  (column: Column<T>, k?: number): Column<BinaryType<false>> =>
    callFunction(name, column, ...given(k))

const merge =
  (name: string) =>
  <A extends Sketch, B extends Sketch>(first: A, second: B): Column<BinaryType<NullOf<A | B>>> =>
    callFunction(name, first, second)

/** Asks a sketch about one value, or about several at once. */
interface Inquiry<V, Result extends 'long' | 'float' | 'double'> {
  <R extends Sketch>(sketch: R, value: V): Column<ScalarType<Result, NullOf<R>>>
  <R extends Sketch>(sketch: R, values: readonly V[]): Column<ArrayType<ScalarType<Result, false>, NullOf<R>>>
}

const inquiry =
  <V extends LiteralValue, Result extends 'long' | 'float' | 'double'>(
    name: string,
    type: AnyType,
  ): Inquiry<V, Result> =>
  (sketch: Sketch, value: V | readonly V[]): Column<never> =>
    callFunction(
      name,
      sketch,
      Array.isArray(value) ? array(...value.map((one: V) => lit(one, type))) : lit(value as V, type),
    )

/**
 * A KLL sketch of a group's whole numbers: their ranks and quantiles, the finer the larger `k` (8 to 65535, else 200).
 * @since Spark 4.1
 * @example kllSketchGetNBigint(kllSketchAggBigint(lit(7n))) // => 1n
 */
export const kllSketchAggBigint = aggregate<Long>('kll_sketch_agg_bigint')

/**
 * How many whole numbers a KLL sketch has seen.
 * @since Spark 4.1
 * @example kllSketchGetNBigint(kllSketchAggBigint(lit(7n), 400)) // => 1n
 */
export const kllSketchGetNBigint = unary<AnyBinary, 'long'>('kll_sketch_get_n_bigint')

/**
 * The number at a rank of 0 to 1, or those at several ranks.
 * @since Spark 4.1
 * @example kllSketchGetQuantileBigint(kllSketchAggBigint(lit(7n)), 0.5) // => 7n
 * @example kllSketchGetQuantileBigint(kllSketchAggBigint(lit(7n)), [0, 1]) // => [7n, 7n]
 */
export const kllSketchGetQuantileBigint = inquiry<number, 'long'>('kll_sketch_get_quantile_bigint', t.double)

/**
 * The rank of a number, 0 to 1, or those of several numbers.
 * @since Spark 4.1
 * @example kllSketchGetRankBigint(kllSketchAggBigint(lit(7n)), 7n) // => 1
 */
export const kllSketchGetRankBigint = inquiry<bigint | number, 'double'>('kll_sketch_get_rank_bigint', t.long)

/**
 * The sketch of what either KLL sketch of whole numbers has seen.
 * @since Spark 4.1
 * @example kllSketchGetNBigint(kllSketchMergeBigint(kllSketchAggBigint(lit(7n)), kllSketchAggBigint(lit(7n)))) // => 2n
 */
export const kllSketchMergeBigint = merge('kll_sketch_merge_bigint')

/**
 * A text about a KLL sketch of whole numbers, for people.
 * @since Spark 4.1
 * @example kllSketchToStringBigint(kllSketchAggBigint(lit(7n))) // a text about the sketch
 */
export const kllSketchToStringBigint = unary<AnyBinary, 'string'>('kll_sketch_to_string_bigint')

/**
 * A KLL sketch of a group's doubles: their ranks and quantiles, the finer the larger `k` (8 to 65535, else 200).
 * @since Spark 4.1
 * @example kllSketchGetNDouble(kllSketchAggDouble(lit(1.5))) // => 1n
 */
export const kllSketchAggDouble = aggregate<ScalarType<'float' | 'double', boolean>>('kll_sketch_agg_double')

/**
 * How many doubles a KLL sketch has seen.
 * @since Spark 4.1
 * @example kllSketchGetNDouble(kllSketchAggDouble(lit(1.5), 400)) // => 1n
 */
export const kllSketchGetNDouble = unary<AnyBinary, 'long'>('kll_sketch_get_n_double')

/**
 * The number at a rank of 0 to 1, or those at several ranks.
 * @since Spark 4.1
 * @example kllSketchGetQuantileDouble(kllSketchAggDouble(lit(1.5)), 0.5) // => 1.5
 * @example kllSketchGetQuantileDouble(kllSketchAggDouble(lit(1.5)), [0, 1]) // => [1.5, 1.5]
 */
export const kllSketchGetQuantileDouble = inquiry<number, 'double'>(
  'kll_sketch_get_quantile_double',
  t.double,
)

/**
 * The rank of a number, 0 to 1, or those of several numbers.
 * @since Spark 4.1
 * @example kllSketchGetRankDouble(kllSketchAggDouble(lit(1.5)), 1.5) // => 1
 */
export const kllSketchGetRankDouble = inquiry<number, 'double'>('kll_sketch_get_rank_double', t.double)

/**
 * The sketch of what either KLL sketch of doubles has seen.
 * @since Spark 4.1
 * @example kllSketchGetNDouble(kllSketchMergeDouble(kllSketchAggDouble(lit(1.5)), kllSketchAggDouble(lit(1.5)))) // => 2n
 */
export const kllSketchMergeDouble = merge('kll_sketch_merge_double')

/**
 * A text about a KLL sketch of doubles, for people.
 * @since Spark 4.1
 * @example kllSketchToStringDouble(kllSketchAggDouble(lit(1.5))) // a text about the sketch
 */
export const kllSketchToStringDouble = unary<AnyBinary, 'string'>('kll_sketch_to_string_double')

/**
 * A KLL sketch of a group's floats: their ranks and quantiles, the finer the larger `k` (8 to 65535, else 200).
 * @since Spark 4.1
 * @example kllSketchGetNFloat(kllSketchAggFloat(lit(1.5, t.float))) // => 1n
 */
export const kllSketchAggFloat = aggregate<ScalarType<'float', boolean>>('kll_sketch_agg_float')

/**
 * How many floats a KLL sketch has seen.
 * @since Spark 4.1
 * @example kllSketchGetNFloat(kllSketchAggFloat(lit(1.5, t.float), 400)) // => 1n
 */
export const kllSketchGetNFloat = unary<AnyBinary, 'long'>('kll_sketch_get_n_float')

/**
 * The number at a rank of 0 to 1, or those at several ranks.
 * @since Spark 4.1
 * @example kllSketchGetQuantileFloat(kllSketchAggFloat(lit(1.5, t.float)), 0.5) // => 1.5
 * @example kllSketchGetQuantileFloat(kllSketchAggFloat(lit(1.5, t.float)), [0, 1]) // => [1.5, 1.5]
 */
export const kllSketchGetQuantileFloat = inquiry<number, 'float'>('kll_sketch_get_quantile_float', t.double)

/**
 * The rank of a number, 0 to 1, or those of several numbers.
 * @since Spark 4.1
 * @example kllSketchGetRankFloat(kllSketchAggFloat(lit(1.5, t.float)), 1.5) // => 1
 */
export const kllSketchGetRankFloat = inquiry<number, 'double'>('kll_sketch_get_rank_float', t.float)

/**
 * The sketch of what either KLL sketch of floats has seen.
 * @since Spark 4.1
 * @example kllSketchGetNFloat(kllSketchMergeFloat(kllSketchAggFloat(lit(1.5, t.float)), kllSketchAggFloat(lit(1.5, t.float)))) // => 2n
 */
export const kllSketchMergeFloat = merge('kll_sketch_merge_float')

/**
 * A text about a KLL sketch of floats, for people.
 * @since Spark 4.1
 * @example kllSketchToStringFloat(kllSketchAggFloat(lit(1.5, t.float))) // a text about the sketch
 */
export const kllSketchToStringFloat = unary<AnyBinary, 'string'>('kll_sketch_to_string_float')
