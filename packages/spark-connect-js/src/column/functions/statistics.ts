import type { AnyNumeric } from '../../types/value.ts'
import type { Column } from '../column.ts'
import { callFunction, type DoubleType, type LongType } from './call.ts'

type Measure = (column: Column<AnyNumeric>) => Column<DoubleType<boolean>>
type MeasureOfPairs = (y: Column<AnyNumeric>, x: Column<AnyNumeric>) => Column<DoubleType<boolean>>

const measure =
  (name: string): Measure =>
  (column) =>
    callFunction(name, column)

const ofPairs =
  (name: string): MeasureOfPairs =>
  (y, x) =>
    callFunction(name, y, x)

/**
 * The standard deviation of a sample (n - 1); NaN of one value, null of none.
 * @example spark.range(0n, 3n).agg((c) => ({ x: stddev(c.id) })) // => [{ x: 1 }]
 */
export const stddev = measure('stddev')

/**
 * The standard deviation of a sample; another name of `stddev`.
 * @example spark.range(0n, 3n).agg((c) => ({ x: std(c.id) })) // => [{ x: 1 }]
 */
export const std = measure('std')

/**
 * The standard deviation of a sample; another name of `stddev`.
 * @example spark.range(0n, 3n).agg((c) => ({ x: stddevSamp(c.id) })) // => [{ x: 1 }]
 */
export const stddevSamp = measure('stddev_samp')

/**
 * The standard deviation of all there is (n); null of no value.
 * @example spark.range(0n, 3n).agg((c) => ({ x: stddevPop(c.id.mod(2).times(3)) })) // => [{ x: Math.sqrt(2) }]
 */
export const stddevPop = measure('stddev_pop')

/**
 * The variance of a sample (n - 1); null of one value or none.
 * @example spark.range(0n, 3n).agg((c) => ({ x: variance(c.id) })) // => [{ x: 1 }]
 */
export const variance = measure('variance')

/**
 * The variance of a sample; another name of `variance`.
 * @example spark.range(0n, 3n).agg((c) => ({ x: varSamp(c.id) })) // => [{ x: 1 }]
 */
export const varSamp = measure('var_samp')

/**
 * The variance of all there is (n); null of no value.
 * @example spark.range(0n, 3n).agg((c) => ({ x: varPop(c.id.mod(2).times(3)) })) // => [{ x: 2 }]
 */
export const varPop = measure('var_pop')

/**
 * How lopsided the values lie, 0 for symmetric ones; null of one value or none.
 * @example spark.range(0n, 3n).agg((c) => ({ x: skewness(c.id) })) // => [{ x: 0 }]
 */
export const skewness = measure('skewness')

/**
 * How heavy the tails are, less the 3 of a normal distribution; null of one value or none.
 * @example spark.range(0n, 3n).agg((c) => ({ x: kurtosis(c.id) })) // => [{ x: -1.5 }]
 */
export const kurtosis = measure('kurtosis')

/**
 * Pearson’s correlation, -1 to 1; pairs with a null do not count.
 * @example spark.range(0n, 3n).agg((c) => ({ x: corr(c.id, c.id.negate()) })) // => [{ x: -1 }]
 */
export const corr = ofPairs('corr')

/**
 * The covariance of all there is (n); pairs with a null do not count.
 * @example spark.range(0n, 3n).agg((c) => ({ x: covarPop(c.id, c.id.times(3)) })) // => [{ x: 2 }]
 */
export const covarPop = ofPairs('covar_pop')

/**
 * The covariance of a sample (n - 1); pairs with a null do not count.
 * @example spark.range(0n, 3n).agg((c) => ({ x: covarSamp(c.id, c.id.times(3)) })) // => [{ x: 3 }]
 */
export const covarSamp = ofPairs('covar_samp')

/**
 * The mean of `x` over pairs without a null.
 * @example spark.range(0n, 3n).agg((c) => ({ x: regrAvgx(c.id.times(3), c.id) })) // => [{ x: 1 }]
 */
export const regrAvgx = ofPairs('regr_avgx')

/**
 * The mean of `y` over pairs without a null.
 * @example spark.range(0n, 3n).agg((c) => ({ x: regrAvgy(c.id.times(3), c.id) })) // => [{ x: 3 }]
 */
export const regrAvgy = ofPairs('regr_avgy')

/**
 * Where the regression line of `y` on `x` crosses x = 0.
 * @example spark.range(0n, 3n).agg((c) => ({ x: regrIntercept(c.id.times(3).plus(1), c.id) })) // => [{ x: 1 }]
 */
export const regrIntercept = ofPairs('regr_intercept')

/**
 * The slope of the regression line of `y` on `x`.
 * @example spark.range(0n, 3n).agg((c) => ({ x: regrSlope(c.id.times(3), c.id) })) // => [{ x: 3 }]
 */
export const regrSlope = ofPairs('regr_slope')

/**
 * The share of the variance of `y` that the regression line explains, 0 to 1.
 * @example spark.range(0n, 3n).agg((c) => ({ x: regrR2(c.id.times(3), c.id) })) // => [{ x: 1 }]
 */
export const regrR2 = ofPairs('regr_r2')

/**
 * The sum of squared distances of `x` from its mean.
 * @example spark.range(0n, 3n).agg((c) => ({ x: regrSxx(c.id.times(3), c.id) })) // => [{ x: 2 }]
 */
export const regrSxx = ofPairs('regr_sxx')

/**
 * The sum of products of the distances of `y` and `x` from their means.
 * @example spark.range(0n, 3n).agg((c) => ({ x: regrSxy(c.id.times(3), c.id) })) // => [{ x: 6 }]
 */
export const regrSxy = ofPairs('regr_sxy')

/**
 * The sum of squared distances of `y` from its mean.
 * @example spark.range(0n, 3n).agg((c) => ({ x: regrSyy(c.id.times(3), c.id) })) // => [{ x: 18 }]
 */
export const regrSyy = ofPairs('regr_syy')

/**
 * The number of pairs without a null.
 * @example spark.range(0n, 3n).agg((c) => ({ x: regrCount(nullif(c.id, 1), c.id) })) // => [{ x: 2n }]
 */
export const regrCount = (y: Column<AnyNumeric>, x: Column<AnyNumeric>): Column<LongType<false>> =>
  callFunction('regr_count', y, x)
