import type { AnyType, DecimalType, ScalarType } from '../../types/data-type.ts'
import type { Arithmetic, IntegralKind, WithNull } from '../../types/value.ts'
import type { Column } from '../column.ts'
import type { TypeOf } from '../operand.ts'
import { given } from './argument.ts'
import { callFunction, type DoubleType, type StringType } from './call.ts'

/** What starts a sequence of random numbers: the same for the same rows in the same partitions. */
export type Seed = number | bigint

/** As PySpark does: the seed is drawn where the column is made, so each of its actions sees the same numbers. */
export const drawnSeed = (): bigint => BigInt(Math.floor(Math.random() * Number.MAX_SAFE_INTEGER))

type Bound = Column<ScalarType<IntegralKind | 'double', boolean> | DecimalType<boolean>> | number | bigint
type Typed<R> = Extract<TypeOf<R>, AnyType>

/**
 * A random number of [0, 1), evenly spread.
 * @example rand(0) // 0 to 1
 */
export const rand = (seed: Seed = drawnSeed()): Column<DoubleType<false>> => callFunction('rand', seed)

/**
 * A random number of [0, 1), evenly spread.
 * @example random() // 0 to 1
 */
export const random = (seed?: Seed): Column<DoubleType<false>> => rand(seed)

/**
 * A random number of the standard normal distribution.
 * @example randn(0) // about 0
 */
export const randn = (seed: Seed = drawnSeed()): Column<DoubleType<false>> => callFunction('randn', seed)

/**
 * A random number of a range, evenly spread; whole if both of its ends are. The ends are constants.
 * @since Spark 4.0
 * @example uniform(5, 105, 3).between(5, 105) // => true
 */
export const uniform = <const A extends Bound, const B extends Bound>(
  min: A,
  max: B,
  seed: Seed = drawnSeed(),
): Column<WithNull<Arithmetic<Typed<A>, Typed<B>>, false>> => callFunction('uniform', min, max, seed)

/**
 * A random text of so many letters and digits.
 * @since Spark 4.0
 * @example length(randstr(5)) // => 5
 */
export const randstr = (length: number, seed: Seed = drawnSeed()): Column<StringType<false>> =>
  callFunction('randstr', length, seed)

/**
 * A random UUID, 36 characters; another each time it is computed, unless there is a seed (which needs Spark 4.1).
 * @example length(uuid()) // => 36
 */
export const uuid = (seed?: Seed): Column<StringType<false>> => callFunction('uuid', ...given(seed))
