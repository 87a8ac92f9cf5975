import { call } from '../../plan/expression.ts'
import type { AnyNumeric, WithNull } from '../../types/value.ts'
import { Column, expressionOf } from '../column.ts'
import { literalNode } from '../literal.ts'
import { t, type AnyType, type ArrayType, type StructType } from '../../types/data-type.ts'
import { callFunction, type DoubleType, type NumberOrColumn } from './call.ts'

/** Shares of the rows, 0 to 1. */
type Shares = readonly number[]

const sharesNode = (share: number | Shares) =>
  typeof share === 'number'
    ? literalNode(share, t.double)
    : call(
        'array',
        share.map((one) => literalNode(one, t.double)),
      )

interface Percentile {
  (column: Column<AnyNumeric>, share: number, frequency?: NumberOrColumn): Column<DoubleType<boolean>>
  (
    column: Column<AnyNumeric>,
    shares: Shares,
    frequency?: NumberOrColumn,
  ): Column<ArrayType<DoubleType<false>, boolean>>
}

/**
 * The exact value below which a share of the values lies, between neighbours in proportion; of several shares an array. Each value counts `frequency` times, once unless said.
 * @example spark.range(0n, 3n).agg((c) => ({ x: percentile(c.id, 0.25) })) // => [{ x: 0.5 }]
 * @example spark.range(0n, 3n).agg((c) => ({ x: percentile(c.id, [0, 1]) })) // => [{ x: [0, 2] }]
 */
export const percentile: Percentile = (
  column: Column<AnyNumeric>,
  share: number | Shares,
  frequency: NumberOrColumn = 1,
) => new Column<never>(call('percentile', [column.expression, sharesNode(share), expressionOf(frequency)]))

interface ApproximatePercentile {
  <T extends AnyType>(column: Column<T>, share: number, accuracy?: number): Column<WithNull<T, boolean>>
  <T extends AnyType>(
    column: Column<T>,
    shares: Shares,
    accuracy?: number,
  ): Column<ArrayType<WithNull<T, false>, boolean>>
}

const approximate =
  (name: string): ApproximatePercentile =>
  (column: Column<AnyType>, share: number | Shares, accuracy = 10_000) =>
    new Column<never>(call(name, [column.expression, sharesNode(share), literalNode(accuracy)]))

/**
 * A value of the column below which about a share of them lies; of several shares an array. The rank is wrong by at most `1 / accuracy` of the rows, 1/10000 unless said.
 * @example spark.range(0n, 3n).agg((c) => ({ x: percentileApprox(c.id, 0.5) })) // => [{ x: 1n }]
 * @example spark.range(0n, 3n).agg((c) => ({ x: percentileApprox(c.id, [0, 1]) })) // => [{ x: [0n, 2n] }]
 */
export const percentileApprox = approximate('percentile_approx')

/**
 * About a percentile; another name of `percentileApprox`.
 * @example spark.range(0n, 3n).agg((c) => ({ x: approxPercentile(c.id, 0.5) })) // => [{ x: 1n }]
 */
export const approxPercentile = approximate('approx_percentile')

/**
 * The value in the middle, between two in proportion; null where a group has none.
 * @example spark.range(0n, 3n).agg((c) => ({ x: median(c.id) })) // => [{ x: 1 }]
 */
export const median = <T extends AnyNumeric>(column: Column<T>): Column<DoubleType<boolean>> =>
  callFunction('median', column)

/**
 * The most frequent value, of several the lowest if it is to be deterministic (servers from 4.0 on), else any; null where a
 * group has none.
 * @example spark.range(0n, 3n).agg((c) => ({ x: mode(c.id.mod(2)) })) // => [{ x: 0n }]
 */
export const mode = <T extends AnyType>(
  column: Column<T>,
  isDeterministic = false,
): Column<WithNull<T, boolean>> =>
  isDeterministic ? callFunction('mode', column, true) : callFunction('mode', column)

interface HistogramBin<T extends AnyType> {
  readonly [field: string]: AnyType
  readonly x: WithNull<T, boolean>
  readonly y: DoubleType<boolean>
}

/**
 * A histogram of at most `bins` bins of uneven width: their centres `x` and heights `y`; null where a group has no value.
 * @example spark.range(0n, 3n).agg((c) => ({ x: histogramNumeric(c.id, 2) })) // => [{ x: [{ x: 0n, y: 1 }, { x: 1n, y: 2 }] }]
 */
export const histogramNumeric = <T extends AnyNumeric>(
  column: Column<T>,
  bins: number,
): Column<ArrayType<StructType<HistogramBin<T>, boolean>, boolean>> =>
  callFunction('histogram_numeric', column, bins)
