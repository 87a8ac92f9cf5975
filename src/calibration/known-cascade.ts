/** A cascade with known parents, in the order of its events: 0 is the root, then each user's first retweet. */
export interface KnownCascade {
  readonly rootId: string
  readonly followers: readonly number[] // unknown counts as none
  readonly seconds: readonly number[] // since the root, >= 0
  /** For each event j the i < j that it retweeted from; the root's is -1. */
  readonly parents: readonly number[]
}

/** The logarithms of a cascade's weights w_i, which neither over- nor underflow. */
export type LogWeights = (cascade: KnownCascade) => readonly number[]

/** How many events a cascade has; its root is none. */
export const retweetsOf = ({ parents }: KnownCascade): number => parents.length - 1
