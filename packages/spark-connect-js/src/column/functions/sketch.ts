import { t, type ScalarType } from '../../types/data-type.ts'
import type { Column } from '../column.ts'
import { lit } from './conditional.ts'
import { given, unary, type AnyBinary, type BinaryType, type Long, type StringOrBinary } from './argument.ts'
import { callFunction, type NullOf } from './call.ts'
import { drawnSeed, type Seed } from './random.ts'

type Sketch = Column<AnyBinary>
type Hashed = StringOrBinary | ScalarType<'integer' | 'long', boolean>

/**
 * A HyperLogLog sketch of a group: how many different values it has, in about `2^lgConfigK` bytes (4 to 21, else 12).
 * @example hllSketchEstimate(hllSketchAgg(lit('a'), 8)) // => 1n
 */
export const hllSketchAgg = (column: Column<Hashed>, lgConfigK?: number): Column<BinaryType<false>> =>
  callFunction('hll_sketch_agg', column, ...given(lgConfigK))

/**
 * About how many different values a HyperLogLog sketch has seen.
 * @example hllSketchEstimate(hllSketchAgg(lit(7))) // => 1n
 */
export const hllSketchEstimate = unary<AnyBinary, 'long'>('hll_sketch_estimate')

/**
 * The sketch of what either HyperLogLog sketch has seen; an error if their sizes differ, unless that is allowed.
 * @example hllSketchEstimate(hllUnion(hllSketchAgg(lit(1)), hllSketchAgg(lit(2)))) // => 2n
 */
export const hllUnion = <A extends Sketch, B extends Sketch>(
  first: A,
  second: B,
  allowDifferentLgConfigK = false,
): Column<BinaryType<NullOf<A | B>>> => callFunction('hll_union', first, second, allowDifferentLgConfigK)

/**
 * The sketch of what any HyperLogLog sketch of a group has seen; an error if their sizes differ, unless allowed.
 * @example spark.range(0n, 3n).groupBy((c) => ({ id: c.id })).agg((c) => ({ s: hllSketchAgg(c.id) })).agg((c) => ({ n: hllSketchEstimate(hllUnionAgg(c.s)) })) // => [{ n: 3n }]
 */
export const hllUnionAgg = (sketch: Sketch, allowDifferentLgConfigK = false): Column<BinaryType<false>> =>
  callFunction('hll_union_agg', sketch, allowDifferentLgConfigK)

/** The shape of a {@link countMinSketch}. */
export interface CountMinOptions {
  /** The error of a count, as a part of all counts. */
  readonly eps: number
  /** How likely a count is within the error. */
  readonly confidence: number
  /** Sketches merge only if they have the same; drawn where the column is made unless given. */
  readonly seed?: Seed
}

/**
 * A count-min sketch of a group, in the form that Java's `CountMinSketch.readFrom` reads.
 * @example length(countMinSketch(lit(7n), { eps: 0.5, confidence: 0.5, seed: 1 })) // => 60
 */
export const countMinSketch = (
  column: Column<StringOrBinary | Long>,
  { eps, confidence, seed = drawnSeed() }: CountMinOptions,
): Column<BinaryType<false>> =>
  callFunction('count_min_sketch', column, lit(eps, t.double), lit(confidence, t.double), seed)
