import type { Column } from '../column.ts'
import { unary, type AnyBinary, type BinaryType, type Long } from './argument.ts'
import { callFunction } from './call.ts'

/**
 * The place of a number's bit in the bitmap of its bucket, from 0 to 32767.
 * @example bitmapBitPosition(lit(40_000n)) // => 7231n
 */
export const bitmapBitPosition = unary<Long, 'long'>('bitmap_bit_position')

/**
 * The bucket whose bitmap has a bit for the number; bucket 1 has the numbers from 1 to 32768.
 * @example bitmapBucketNumber(lit(40_000n)) // => 2n
 */
export const bitmapBucketNumber = unary<Long, 'long'>('bitmap_bucket_number')

/**
 * A bitmap of 4096 bytes with the bits set at a group's positions, those of {@link bitmapBitPosition}.
 * @example bitmapCount(bitmapConstructAgg(bitmapBitPosition(lit(7n)))) // => 1n
 */
export const bitmapConstructAgg = (position: Column<Long>): Column<BinaryType<false>> =>
  callFunction('bitmap_construct_agg', position)

/**
 * How many bits of a bitmap are set.
 * @example bitmapCount(lit(Uint8Array.of(255, 1))) // => 9n
 */
export const bitmapCount = unary<AnyBinary, 'long'>('bitmap_count')

/**
 * The bits that are set in any bitmap of a group.
 * @example bitmapCount(bitmapOrAgg(lit(Uint8Array.of(3)))) // => 2n
 */
export const bitmapOrAgg = (bitmap: Column<AnyBinary>): Column<BinaryType<false>> =>
  callFunction('bitmap_or_agg', bitmap)

/**
 * The bits that are set in all bitmaps of a group.
 * @since Spark 4.1
 * @example bitmapCount(bitmapAndAgg(lit(Uint8Array.of(3)))) // => 2n
 */
export const bitmapAndAgg = (bitmap: Column<AnyBinary>): Column<BinaryType<false>> =>
  callFunction('bitmap_and_agg', bitmap)
