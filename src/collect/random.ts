/** A source of pseudo-random numbers; the same seed gives the same sequence on every machine. */
export interface Random {
  /** The next integer, uniform in [0, 2^32). */
  readonly uint32: () => number
  /** The next number, uniform in the open interval (0, 1), so that its logarithm is finite. */
  readonly unit: () => number
}

/** One 32-bit integer from two, well mixed: neighbours in, strangers out (the murmur3 finaliser). */
export function mix32(left: number, right: number): number {
  let hash = Math.imul(left ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(right + 0x7f4a7c15, 0xc2b2ae35)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** A 32-bit integer as a number in the open interval (0, 1). */
export const unitFrom = (uint32: number): number => (uint32 + 0.5) / 4_294_967_296

/**
 * Chris Doty-Humphrey's sfc32: 128 bits of state, passes PractRand, four additions a number.
 *
 * @see https://pracrand.sourceforge.net/RNG_engines.txt
 */
export function seededRandom(seed: number): Random {
  let a = mix32(seed, 1) | 0
  let b = mix32(seed, 2) | 0
  let c = mix32(seed, 3) | 0
  let counter = 1
  const uint32 = (): number => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    c |= 0
    return sum >>> 0
  }
  return { uint32, unit: () => unitFrom(uint32()) }
}

/** A standard normal number from two uniform ones in (0, 1) (Box and Muller 1958). */
export const normalFrom = (first: number, second: number): number =>
  Math.sqrt(-2 * Math.log(first)) * Math.cos(2 * Math.PI * second)

/** A whole number of at least `minimum` whose tail falls as a power law, at most `maximum`. */
export function powerLawFrom(
  unit: number,
  law: { readonly exponent: number; readonly minimum: number; readonly maximum: number },
): number {
  const steepness = 1 - law.exponent
  const low = law.minimum ** steepness
  const high = (law.maximum + 1) ** steepness
  return Math.min(law.maximum, Math.floor((low + unit * (high - low)) ** (1 / steepness)))
}
