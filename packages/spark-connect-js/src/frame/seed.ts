const SEED_BITS = 63

/** A seed for a sample that was given none: drawn when the plan is made, so that each of its runs takes the same rows. */
export const randomSeed = (): bigint =>
  BigInt.asUintN(SEED_BITS, crypto.getRandomValues(new BigUint64Array(1))[0] ?? 0n)
