const MICROS_PER_UNIT = 1_000_000n
const MICROS_PER_CENT = 10_000n

/**
 * A decimal number as millionths, exactly; undefined where the text is none, is negative or has over six decimals.
 * @example microsOf('0.001') // 1000n
 */
export function microsOf(text: string): bigint | undefined {
  const [, whole, fraction = ''] = /^(\d{1,12})(?:\.(\d{1,6}))?$/.exec(text.trim()) ?? []
  return whole === undefined ? undefined : BigInt(whole) * MICROS_PER_UNIT + BigInt(fraction.padEnd(6, '0'))
}

/** An amount of money in cents; undefined where the text is none or has over two decimals. */
export function centsOf(text: string): number | undefined {
  const micros = microsOf(text)
  return micros === undefined || micros % MICROS_PER_CENT !== 0n
    ? undefined
    : Number(micros / MICROS_PER_CENT)
}

/** What a post costs: a base and an amount for each follower, in millionths; rounded up to cents, at least one. */
export interface CostModel {
  readonly baseMicros: bigint
  readonly perFollowerMicros: bigint
}

/** In cents; undefined where the price goes by followers and they are unknown. */
export function modelledCost(
  { baseMicros, perFollowerMicros }: CostModel,
  followers: number | null,
): number | undefined {
  if (followers === null && perFollowerMicros > 0n) return undefined
  const micros = baseMicros + perFollowerMicros * BigInt(followers ?? 0)
  return Math.max(1, Number((micros + MICROS_PER_CENT - 1n) / MICROS_PER_CENT))
}
