import { INFLUENCE_DEFAULTS, type InfluencePart } from '../../schema/influence-settings.ts'
import type { ScoredAuthor } from '../../store/reading/ranking.ts'

/** The parts in the order in which they are drawn. */
export const PARTS: readonly InfluencePart[] = ['retweets', 'favourites', 'followers', 'depth']

/** What each part is called. */
export const PART_NAMES: Readonly<Record<InfluencePart, string>> = {
  retweets: 'Retweets',
  favourites: 'Favourites',
  followers: 'Followers',
  depth: 'Depth',
}

/** One part of an author's score; null where it is unknown. */
export interface ScorePart {
  readonly part: InfluencePart
  /** What was counted. */
  readonly amount: number | null
  /** The amount that gives 100. */
  readonly saturation: number
  /** 0 to 100. */
  readonly value: number | null
  /** The share of the score that it decides, 0 to 1; the unknown parts' weights go to the known. */
  readonly weight: number
  /** What it adds to the score; those of all parts add up to the influence. */
  readonly points: number
}

/** Takes a score apart; the inverse of `withInfluence`. */
export function scoreParts(author: ScoredAuthor): readonly ScorePart[] {
  const { saturation, weight } = INFLUENCE_DEFAULTS
  const known = PARTS.filter((part) => author[`${part}_part`] !== null)
  const all = known.reduce((sum, part) => sum + weight[part], 0)
  return PARTS.map((part) => {
    const value = author[`${part}_part`]
    const share = value === null ? 0 : weight[part] / all
    return {
      part,
      amount: part === 'depth' ? author.non_primary_retweets : author[part],
      saturation: saturation[part],
      value,
      weight: share,
      points: (value ?? 0) * share,
    }
  })
}
