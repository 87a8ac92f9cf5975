import type { Column } from '../column.ts'
import { callFunction, type DoubleType, type NumberOrColumn } from './call.ts'
import { binary, partialUnary, unary } from './double-function.ts'

/**
 * e to the power of x.
 * @example exp(0) // => 1
 */
export const exp = unary('exp')

/**
 * `exp(x) - 1`, precise near 0.
 * @example expm1(1e-20) // => 1e-20
 */
export const expm1 = unary('expm1')

/**
 * The square root; NaN for a negative number.
 * @example sqrt(lit(9)) // => 3
 */
export const sqrt = unary('sqrt')

/**
 * The cube root.
 * @example cbrt(-27) // => -3
 */
export const cbrt = unary('cbrt')

/**
 * The nearest whole number, half to even, as a double.
 * @example rint(2.5) // => 2
 */
export const rint = unary('rint')

/**
 * The natural logarithm; null for x <= 0.
 * @example ln(lit(1)) // => 0
 */
export const ln = partialUnary('ln')

/**
 * `ln(1 + x)`, precise near 0; null for x <= -1.
 * @example log1p(lit(1e-20)) // => 1e-20
 */
export const log1p = partialUnary('log1p')

/**
 * The logarithm to base 2; null for x <= 0.
 * @example log2(8) // => 3
 */
export const log2 = partialUnary('log2')

/**
 * The logarithm to base 10; null for x <= 0.
 * @example log10(0) // => null
 */
export const log10 = partialUnary('log10')

/**
 * The natural logarithm, or with two arguments the logarithm of the second to the base of the first; null where it is not
 * defined.
 * @example log(lit(1)) // => 0
 * @example log(2, lit(8)) // => 3
 */
export const log = (
  ...args: readonly [value: NumberOrColumn] | readonly [base: NumberOrColumn, value: NumberOrColumn]
): Column<DoubleType<boolean>> => callFunction(args.length === 1 ? 'ln' : 'log', ...args)

/**
 * The first to the power of the second, as a double.
 * @example pow(lit(2), 10) // => 1024
 */
export const pow = binary('power')

/**
 * The first to the power of the second; another name of `pow`.
 * @example power(2, -1) // => 0.5
 */
export const power = binary('power')

/**
 * The base of the natural logarithm.
 * @example e() // => Math.E
 */
export const e = (): Column<DoubleType<false>> => callFunction('e')
