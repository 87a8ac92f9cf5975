import fc from 'fast-check'

import type { KnownCascade, LogWeights } from '../../src/calibration/known-cascade.ts'

const DAY_SECONDS = 86_400

/** A cascade of up to 12 events whose parents are anybody's. */
const anyCascade: fc.Arbitrary<KnownCascade> = fc
  .record({
    rootFollowers: fc.integer({ min: 0, max: 1e7 }),
    events: fc.array(
      fc.record({
        seconds: fc.integer({ min: 0, max: 3 * DAY_SECONDS }),
        followers: fc.integer({ min: 0, max: 1e6 }),
        parent: fc.nat(),
      }),
      { minLength: 2, maxLength: 12 },
    ),
  })
  .map(({ rootFollowers, events }) => ({
    rootId: 'any',
    followers: [rootFollowers, ...events.map((event) => event.followers)],
    seconds: [0, ...events.map((event) => event.seconds).toSorted((a, b) => a - b)],
    parents: [-1, ...events.map((event, index) => event.parent % (index + 1))],
  }))

/** Enough of them that nothing stays undetermined. */
export const anyCascades = fc.array(anyCascade, { minLength: 10, maxLength: 20 })

/** Cascades that follow a kernel: each parent is drawn by its weights, from a seed. */
export function drawCascades(
  logWeights: LogWeights,
  { cascades, events, seed }: { readonly cascades: number; readonly events: number; readonly seed: number },
): readonly KnownCascade[] {
  const random = randomFrom(seed)
  return Array.from({ length: cascades }, (_, index) => {
    const seconds = Array.from({ length: events }, () => random() ** 2 * DAY_SECONDS).toSorted(
      (a, b) => a - b,
    )
    const followers = [0, ...seconds].map(() => Math.floor(Math.exp(12 * random())))
    const undrawn = { rootId: String(index), followers, seconds: [0, ...seconds], parents: [] }
    const weights = logWeights(undrawn).map(Math.exp)
    const parents = seconds.map((_second, event) => draw(weights.slice(0, event + 1), random))
    return { ...undrawn, parents: [-1, ...parents] }
  })
}

function draw(weights: readonly number[], random: () => number): number {
  let left = random() * weights.reduce((sum, weight) => sum + weight, 0)
  return weights.findIndex((weight) => (left -= weight) < 0)
}

/** Mulberry32, by Tommy Ettinger (public domain). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
