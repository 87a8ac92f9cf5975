import type { Column } from '../column.ts'
import { callFunction, type LongType, type StringType } from './call.ts'

/**
 * The path of the file that a row was read from; an empty text where it is known no more.
 * @example inputFileName() // => ''
 */
export const inputFileName = (): Column<StringType<false>> => callFunction('input_file_name')

/**
 * Where in its file the split begins that a row was read from, in bytes.
 * @example inputFileBlockStart() // => -1n
 */
export const inputFileBlockStart = (): Column<LongType<false>> => callFunction('input_file_block_start')

/**
 * The partition's number in the upper 31 bits, the row's number within it in the lower 33.
 * @example spark.range(0n, 2n).coalesce(1).select(() => ({ n: monotonicallyIncreasingId() })) // => [{ n: 0n }, { n: 1n }]
 */
export const monotonicallyIncreasingId = (): Column<LongType<false>> =>
  callFunction('monotonically_increasing_id')
