/** What a score is made of. */
export type InfluencePart = 'retweets' | 'favourites' | 'followers' | 'depth'

/** How the four parts make a score: the numbers that give 100, and the weights of the mean. */
export interface InfluenceSettings {
  readonly saturation: Readonly<Record<InfluencePart, number>>
  readonly weight: Readonly<Record<InfluencePart, number>>
}

/** Fixed, so that scores compare between runs, terms and windows. */
export const INFLUENCE_DEFAULTS: InfluenceSettings = {
  saturation: { retweets: 1e5, favourites: 1e5, followers: 1e8, depth: 1e5 },
  weight: { retweets: 0.3, favourites: 0.2, followers: 0.2, depth: 0.3 },
}
