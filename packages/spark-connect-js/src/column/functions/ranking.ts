import type { AnyType } from '../../types/data-type.ts'
import type { WithNull } from '../../types/value.ts'
import type { Column } from '../column.ts'
import { callFunction, type DoubleType, type IntegerType } from './call.ts'

/**
 * The row’s number in its partition, from 1.
 * @example spark.range(0n, 3n).select((c) => ({ x: rowNumber().over(Window.orderBy(c.id)) })) // => [{ x: 1 }, { x: 2 }, { x: 3 }]
 */
export const rowNumber = (): Column<IntegerType<false>> => callFunction('row_number')

/**
 * Equal values share a rank; the next rank leaves a gap.
 * @example spark.range(0n, 3n).select((c) => ({ x: rank().over(Window.orderBy(c.id.gt(1))) })) // => [{ x: 1 }, { x: 1 }, { x: 3 }]
 */
export const rank = (): Column<IntegerType<false>> => callFunction('rank')

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
 * The value `offset` rows before, within the window's partition.
 * @example spark.range(0n, 3n).select((c) => ({ x: lag(c.id).over(Window.orderBy(c.id)) })) // => [{ x: null }, { x: 0n }, { x: 1n }]
 */
export const lag = <T extends AnyType>(column: Column<T>, offset = 1): Column<WithNull<T, boolean>> =>
  callFunction('lag', column, offset)

/**
 * The value `offset` rows after, within the window's partition.
 * @example spark.range(0n, 3n).select((c) => ({ x: lead(c.id).over(Window.orderBy(c.id)) })) // => [{ x: 1n }, { x: 2n }, { x: null }]
 */
export const lead = <T extends AnyType>(column: Column<T>, offset = 1): Column<WithNull<T, boolean>> =>
  callFunction('lead', column, offset)
