import type { DataFrame } from 'spark-connect-js'
import { max, when, xxhash64 } from 'spark-connect-js/functions'
import type { Observation } from '../../schema/observation.ts'
import type { Speech } from '../../schema/speech.ts'
import { isSpreading } from '../cascade/spreading.ts'
import { isInWindow, windowBefore, type ScoreWindow } from '../window.ts'
import { placeName } from './place-name.ts'

const SPEAKING_KINDS = ['original', 'retweet', 'quote', 'reply'] as const

/**
 * One row for each tweet of the window and of the one before that says something. Of what the sightings of a tweet
 * disagree on the greatest stands, so that the order of reading does not matter. Every measure has a fixed width, which
 * makes this a hash aggregation: texts are fetched later, once for each that was said.
 */
export const toSpeech =
  (window: ScoreWindow) =>
  (observations: DataFrame<typeof Observation>): DataFrame<typeof Speech> =>
    observations
      .filter((c) =>
        c.kind
          .isin(...SPEAKING_KINDS)
          .and(isInWindow(c.tweeted_at, window).or(isInWindow(c.tweeted_at, windowBefore(window)))),
      )
      .dropna('term', 'tweet_id', 'root_id')
      .select((c) => ({
        term: c.term,
        tweet_key: xxhash64(c.tweet_id),
        is_current: isInWindow(c.tweeted_at, window),
        author_key: when(c.author_id.isNotNull(), xxhash64(c.author_id)),
        followers: c.author_followers,
        sentiment: c.sentiment,
        spoken_key: xxhash64(c.term, when(c.kind.eq('retweet'), c.root_id).otherwise(c.tweet_id)),
        spread_author_key: when(isSpreading(c.kind), xxhash64(c.root_author_id)),
        place_key: placeName(c).place_key,
      }))
      .groupBy('term', 'tweet_key')
      .agg((c) => ({
        is_current: max(c.is_current),
        author_key: max(c.author_key),
        followers: max(c.followers),
        sentiment: max(c.sentiment),
        spoken_key: max(c.spoken_key),
        spread_author_key: max(c.spread_author_key),
        place_key: max(c.place_key),
      }))
