import type { ArrayType, ScalarType } from '../../types/data-type.ts'
import type { Column } from '../column.ts'
import { given, unary, type AnyBinary, type BinaryType, type StringOrBinary } from './argument.ts'
import { callFunction, type NullOf } from './call.ts'

type Sketch = Column<AnyBinary>
type Number = ScalarType<'integer' | 'long' | 'float' | 'double', boolean>
type Hashed = StringOrBinary | Number | ArrayType<Number, boolean>

/**
 * A Theta sketch of a group: how many different values it has, of about `2^lgNomEntries` entries (4 to 26, else 12).
 * @since Spark 4.1
 * @example thetaSketchEstimate(thetaSketchAgg(lit('a'))) // => 1n
 */
export const thetaSketchAgg = (column: Column<Hashed>, lgNomEntries?: number): Column<BinaryType<false>> =>
  callFunction('theta_sketch_agg', column, ...given(lgNomEntries))

/**
 * About how many different values a Theta sketch has seen.
 * @since Spark 4.1
 * @example thetaSketchEstimate(thetaSketchAgg(lit(7), 10)) // => 1n
 */
export const thetaSketchEstimate = unary<AnyBinary, 'long'>('theta_sketch_estimate')

/**
 * The sketch of what either sketch has seen.
 * @since Spark 4.1
 * @example thetaSketchEstimate(thetaUnion(thetaSketchAgg(lit(1)), thetaSketchAgg(lit(2)))) // => 2n
 */
export const thetaUnion = <A extends Sketch, B extends Sketch>(
  first: A,
  second: B,
  lgNomEntries?: number,
): Column<BinaryType<NullOf<A | B>>> => callFunction('theta_union', first, second, ...given(lgNomEntries))

const setOperation =
  (name: string) =>
  <A extends Sketch, B extends Sketch>(first: A, second: B): Column<BinaryType<NullOf<A | B>>> =>
    callFunction(name, first, second)

/**
 * The sketch of what both sketches have seen.
 * @since Spark 4.1
 * @example thetaSketchEstimate(thetaIntersection(thetaSketchAgg(lit(1)), thetaSketchAgg(lit(2)))) // => 0n
 */
export const thetaIntersection = setOperation('theta_intersection')

/**
 * The sketch of what the first sketch has seen and the second has not.
 * @since Spark 4.1
 * @example thetaSketchEstimate(thetaDifference(thetaSketchAgg(lit(1)), thetaSketchAgg(lit(2)))) // => 1n
 */
export const thetaDifference = setOperation('theta_difference')

/**
 * The sketch of what any sketch of a group has seen.
 * @since Spark 4.1
 * @example spark.range(0n, 3n).groupBy((c) => ({ id: c.id })).agg((c) => ({ s: thetaSketchAgg(c.id) })).agg((c) => ({ n: thetaSketchEstimate(thetaUnionAgg(c.s)) })) // => [{ n: 3n }]
 */
export const thetaUnionAgg = (sketch: Sketch, lgNomEntries?: number): Column<BinaryType<false>> =>
  callFunction('theta_union_agg', sketch, ...given(lgNomEntries))

/**
 * The sketch of what all sketches of a group have seen.
 * @since Spark 4.1
 * @example spark.range(0n, 3n).groupBy((c) => ({ id: c.id })).agg((c) => ({ s: thetaSketchAgg(c.id) })).agg((c) => ({ n: thetaSketchEstimate(thetaIntersectionAgg(c.s)) })) // => [{ n: 0n }]
 */
export const thetaIntersectionAgg = (sketch: Sketch): Column<BinaryType<false>> =>
  callFunction('theta_intersection_agg', sketch)
