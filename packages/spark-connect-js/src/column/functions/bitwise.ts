import type { ScalarType } from '../../types/data-type.ts'
import type { Column } from '../column.ts'
import { unary, type Integer, type IntegerOrColumn, type Long, type SameType } from './argument.ts'
import { callFunction, type IntegerType, type LongType, type NullOf } from './call.ts'

/** Smaller numbers than integers become integers. */
type Shifted<R, N extends boolean> = R extends Column<Integer> ? IntegerType<N> : LongType<N>

const shift =
  (name: string) =>
  <R extends Column<Long>, const B extends IntegerOrColumn>(
    column: R,
    bits: B,
  ): Column<Shifted<R, NullOf<R | B>>> =>
    callFunction(name, column, bits)

/**
 * The bits moved left.
 * @example shiftleft(lit(2), 1) // => 4
 */
export const shiftleft = shift('shiftleft')

/**
 * The bits moved right, the sign kept.
 * @example shiftright(lit(-4), 1) // => -2
 */
export const shiftright = shift('shiftright')

/**
 * The bits moved right, zeros before them.
 * @example shiftrightunsigned(lit(-4n), 1) // => 9223372036854775806n
 */
export const shiftrightunsigned = shift('shiftrightunsigned')

/**
 * Each bit turned over.
 * @example bitwiseNot(lit(0)) // => -1
 */
export const bitwiseNot = <R extends Column<Long>>(column: R): Column<SameType<R, NullOf<R>>> =>
  callFunction('~', column)

/**
 * How many bits are set; of a boolean 1 or 0.
 * @example bitCount(lit(7)) // => 3
 */
export const bitCount = unary<Long | ScalarType<'boolean', boolean>, 'integer'>('bit_count')

const bitAt =
  (name: string) =>
  <R extends Column<Long>, const P extends IntegerOrColumn>(
    column: R,
    position: P,
  ): Column<ScalarType<'byte', NullOf<R | P>>> =>
    callFunction(name, column, position)

/**
 * The bit at a position, counted from 0 at the right; an error beyond the number's bits.
 * @example bitGet(lit(11), 2) // => 0
 */
export const bitGet = bitAt('bit_get')

/**
 * The bit at a position, counted from 0 at the right; an error beyond the number's bits.
 * @example getbit(lit(11), 3) // => 1
 */
export const getbit = bitAt('getbit')
