import type { AnyType } from '../../types/data-type.ts'
import type { AnyNull, WithNull } from '../../types/value.ts'
import type { Column } from '../column.ts'
import type { Comparable, TypeOf } from '../operand.ts'
import { callFunction, type DoubleType, type IntegerType } from './call.ts'

/**
 * The row’s number in its partition, from 1.
 * @example spark.range(0n, 3n).select((c) => ({ x: rowNumber().over(Window.orderBy(c.id)) })) // => [{ x: 1 }, { x: 2 }, { x: 3 }]
 */
export const rowNumber = (): Column<IntegerType<false>> => callFunction('row_number')

/**
 * The rank, from 1; equal values share one, the next rank leaves a gap.
 * @example spark.range(0n, 3n).select((c) => ({ x: rank().over(Window.orderBy(c.id.gt(1))) })) // => [{ x: 1 }, { x: 1 }, { x: 3 }]
 */
export const rank = (): Column<IntegerType<false>> => callFunction('rank')

/**
 * The rank, from 1; equal values share one, the next rank leaves no gap.
 * @example spark.range(0n, 3n).select((c) => ({ x: denseRank().over(Window.orderBy(c.id.gt(1))) })) // => [{ x: 1 }, { x: 1 }, { x: 2 }]
 */
export const denseRank = (): Column<IntegerType<false>> => callFunction('dense_rank')

/**
 * `(rank - 1) / (rows - 1)`, 0 to 1.
 * @example spark.range(0n, 3n).select((c) => ({ x: percentRank().over(Window.orderBy(c.id)) })) // => [{ x: 0 }, { x: 0.5 }, { x: 1 }]
 */
export const percentRank = (): Column<DoubleType<false>> => callFunction('percent_rank')

/**
 * `(rows up to and including peers) / rows`, above 0 to 1.
 * @example spark.range(0n, 2n).select((c) => ({ x: cumeDist().over(Window.orderBy(c.id)) })) // => [{ x: 0.5 }, { x: 1 }]
 */
export const cumeDist = (): Column<DoubleType<false>> => callFunction('cume_dist')

/**
 * The row’s group, 1 to `groups`, where the partition is cut into as many of about equal size.
 * @example spark.range(0n, 3n).select((c) => ({ x: ntile(2).over(Window.orderBy(c.id)) })) // => [{ x: 1 }, { x: 1 }, { x: 2 }]
 */
export const ntile = (groups: number): Column<IntegerType<false>> => callFunction('ntile', groups)

/**
 * The value in the row of this position in the window’s frame, from 1; null where the frame is shorter.
 * @example spark.range(0n, 3n).select((c) => ({ x: nthValue(c.id, 2).over(Window.orderBy(c.id)) })) // => [{ x: null }, { x: 1n }, { x: 1n }]
 */
export const nthValue = <T extends AnyType>(
  column: Column<T>,
  position: number,
  { ignoreNulls = false }: { readonly ignoreNulls?: boolean } = {},
): Column<WithNull<T, boolean>> => callFunction('nth_value', column, position, ignoreNulls)

interface Neighbour {
  <T extends AnyType>(column: Column<T>, offset?: number): Column<WithNull<T, boolean>>
  <T extends AnyType, const D extends Comparable<T>>(
    column: Column<T>,
    offset: number,
    fallback: D,
  ): Column<WithNull<T, AnyNull<T | Extract<TypeOf<D>, AnyType>>>>
}

const neighbour =
  (name: string): Neighbour =>
  (column: Column<AnyType>, offset = 1, fallback?: Comparable<AnyType>) =>
    fallback === undefined
      ? callFunction<never>(name, column, offset)
      : callFunction<never>(name, column, offset, fallback)

/**
 * The value `offset` rows before, within the window’s partition; where there is none, null or the fallback.
 * @example spark.range(0n, 3n).select((c) => ({ x: lag(c.id).over(Window.orderBy(c.id)) })) // => [{ x: null }, { x: 0n }, { x: 1n }]
 * @example spark.range(0n, 3n).select((c) => ({ x: lag(c.id, 2, -1n).over(Window.orderBy(c.id)) })) // => [{ x: -1n }, { x: -1n }, { x: 0n }]
 */
export const lag = neighbour('lag')

/**
 * The value `offset` rows after, within the window’s partition; where there is none, null or the fallback.
 * @example spark.range(0n, 3n).select((c) => ({ x: lead(c.id).over(Window.orderBy(c.id)) })) // => [{ x: 1n }, { x: 2n }, { x: null }]
 * @example spark.range(0n, 3n).select((c) => ({ x: lead(c.id, 1, c.id).over(Window.orderBy(c.id)) })) // => [{ x: 1n }, { x: 2n }, { x: 2n }]
 */
export const lead = neighbour('lead')
