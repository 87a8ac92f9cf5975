import { nullary } from './argument.ts'

/**
 * The path of the file that a row was read from; an empty text where it is known no more.
 * @example inputFileName() // => ''
 */
export const inputFileName = nullary<'string'>('input_file_name')

/**
 * Where in its file the split begins that a row was read from, in bytes; -1 where it is known no more.
 * @example inputFileBlockStart() // => -1n
 */
export const inputFileBlockStart = nullary<'long'>('input_file_block_start')

/**
 * The length of the split that a row was read from, in bytes; -1 where it is known no more.
 * @example inputFileBlockLength() // => -1n
 */
export const inputFileBlockLength = nullary<'long'>('input_file_block_length')

/**
 * The partition's number in the upper 31 bits, the row's number within it in the lower 33.
 * @example spark.range(0n, 2n).coalesce(1).select(() => ({ n: monotonicallyIncreasingId() })) // => [{ n: 0n }, { n: 1n }]
 */
export const monotonicallyIncreasingId = nullary<'long'>('monotonically_increasing_id')
