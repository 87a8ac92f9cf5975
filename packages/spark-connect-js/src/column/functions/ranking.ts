import type { AnyType } from '../../types/data-type.ts'
import type { WithNull } from '../../types/value.ts'
import type { Column } from '../column.ts'
import { callFunction, type DoubleType, type IntegerType } from './call.ts'

export const rowNumber = (): Column<IntegerType<false>> => callFunction('row_number')

/** Equal values share a rank; the next rank leaves a gap. */
export const rank = (): Column<IntegerType<false>> => callFunction('rank')

/** `(rank - 1) / (rows - 1)`, 0 to 1. */
export const percentRank = (): Column<DoubleType<false>> => callFunction('percent_rank')

/** `(rows up to and including peers) / rows`, above 0 to 1. */
export const cumeDist = (): Column<DoubleType<false>> => callFunction('cume_dist')

/** The value `offset` rows before, within the window's partition. */
export const lag = <T extends AnyType>(column: Column<T>, offset = 1): Column<WithNull<T, boolean>> =>
  callFunction('lag', column, offset)

export const lead = <T extends AnyType>(column: Column<T>, offset = 1): Column<WithNull<T, boolean>> =>
  callFunction('lead', column, offset)
