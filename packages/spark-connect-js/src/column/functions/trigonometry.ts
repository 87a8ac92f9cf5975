import type { Column } from '../column.ts'
import { callFunction, type DoubleType } from './call.ts'
import { binary, unary } from './double-function.ts'

/**
 * The sine of an angle in radians.
 * @example sin(0) // => 0
 */
export const sin = unary('sin')

/**
 * The cosine of an angle in radians.
 * @example cos(0) // => 1
 */
export const cos = unary('cos')

/**
 * The tangent of an angle in radians.
 * @example tan(0) // => 0
 */
export const tan = unary('tan')

/**
 * The cotangent of an angle in radians; infinity for 0.
 * @example cot(0) // => Infinity
 */
export const cot = unary('cot')

/**
 * The secant of an angle in radians.
 * @example sec(0) // => 1
 */
export const sec = unary('sec')

/**
 * The cosecant of an angle in radians; infinity for 0.
 * @example csc(0) // => Infinity
 */
export const csc = unary('csc')

/**
 * The angle in radians, -π/2 to π/2, whose sine this is; NaN outside -1 to 1.
 * @example asin(1) // => Math.PI / 2
 */
export const asin = unary('asin')

/**
 * The angle in radians, 0 to π, whose cosine this is; NaN outside -1 to 1.
 * @example acos(2) // => NaN
 */
export const acos = unary('acos')

/**
 * The angle in radians, -π/2 to π/2, whose tangent this is.
 * @example atan(1) // => Math.PI / 4
 */
export const atan = unary('atan')

/**
 * The hyperbolic sine.
 * @example sinh(0) // => 0
 */
export const sinh = unary('sinh')

/**
 * The hyperbolic cosine.
 * @example cosh(0) // => 1
 */
export const cosh = unary('cosh')

/**
 * The hyperbolic tangent, -1 to 1.
 * @example tanh(Infinity) // => 1
 */
export const tanh = unary('tanh')

/**
 * The inverse of the hyperbolic sine.
 * @example asinh(0) // => 0
 */
export const asinh = unary('asinh')

/**
 * The inverse of the hyperbolic cosine; NaN below 1.
 * @example acosh(1) // => 0
 */
export const acosh = unary('acosh')

/**
 * The inverse of the hyperbolic tangent; infinite at -1 and 1, NaN beyond.
 * @example atanh(-1) // => -Infinity
 */
export const atanh = unary('atanh')

/**
 * Radians in degrees.
 * @example degrees(Math.PI) // => 180
 */
export const degrees = unary('degrees')

/**
 * Degrees in radians.
 * @example radians(180) // => Math.PI
 */
export const radians = unary('radians')

/**
 * The angle in radians, -π to π, of the point (x, y); mind the order, `y` is first.
 * @example atan2(1, 0) // => Math.PI / 2
 */
export const atan2 = binary('atan2')

/**
 * `sqrt(a² + b²)`, without overflow on the way.
 * @example hypot(3, 4) // => 5
 */
export const hypot = binary('hypot')

/**
 * The ratio of a circle's circumference to its diameter.
 * @example pi() // => Math.PI
 */
export const pi = (): Column<DoubleType<false>> => callFunction('pi')
