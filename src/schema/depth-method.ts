/**
 * How the depth of a cascade was found out, best first; a method's rank is its position here.
 *
 * - `explicit`: every event names whom it was retweeted from
 * - `follows`: it is the most recent earlier participant whom one follows, by a follow list
 * - `expected`: the expected diffusion tree
 * - `none`: not at all
 */
export const DEPTH_METHODS = ['explicit', 'follows', 'expected', 'none'] as const

/** One of `DEPTH_METHODS`. */
export type DepthMethod = (typeof DEPTH_METHODS)[number]
