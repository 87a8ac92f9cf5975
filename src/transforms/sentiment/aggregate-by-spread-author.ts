import { Window, type DataFrame } from 'spark-connect-js'
import { max, rowNumber } from 'spark-connect-js/functions'
import type { SpreadMood } from '../../schema/sentiment.ts'
import type { Speech } from '../../schema/speech.ts'
import { moodOf } from './mood.ts'

/** The mood of what spreads the `limit` most spread authors of each term, as far as it is known of any of it. */
export const aggregateBySpreadAuthor =
  ({ limit }: { readonly limit: number }) =>
  (speech: DataFrame<typeof Speech>): DataFrame<typeof SpreadMood> =>
    speech
      .filter((c) => c.is_current.and(c.spread_author_key.isNotNull()))
      .groupBy('term', 'spread_author_key')
      .agg((c) => ({ tweet_key: max(c.tweet_key), ...moodOf(c) }))
      .filter((c) => c.mean.isNotNull())
      .withColumns((c) => ({
        rank: rowNumber().over(
          Window.partitionBy(c.term).orderBy(c.volume.desc(), c.spread_author_key.asc()),
        ),
      }))
      .filter((c) => c.rank.leq(limit))
      .drop('rank')
