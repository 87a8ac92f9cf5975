import { t, type DataFrame } from 'spark-connect-js'
import { lit, xxhash64 } from 'spark-connect-js/functions'
import type { Observation } from '../../schema/observation.ts'
import type { SentimentScore, SpreadMood } from '../../schema/sentiment.ts'
import type { Speech } from '../../schema/speech.ts'
import { moodOf } from './mood.ts'

interface MoodContext {
  readonly observations: DataFrame<typeof Observation>
  readonly authors: DataFrame<typeof SpreadMood>
}

const WHOLE_TERM = ''

/** The mood of each term as a whole, and of what spreads its leading authors, whom their tweets name. */
export const toSentimentScores =
  ({ observations, authors }: MoodContext) =>
  (speech: DataFrame<typeof Speech>): DataFrame<typeof SentimentScore> => {
    const terms = speech
      .filter((c) => c.is_current)
      .groupBy('term')
      .agg(moodOf)
      .withColumns(() => ({ author_id: lit(WHOLE_TERM, t.string.nullable) }))
    const named = observations
      .select((c) => ({ tweet_key: xxhash64(c.tweet_id), author_id: c.root_author_id }))
      .join(authors.hint('broadcast'), { on: 'tweet_key', how: 'inner' })
      // A tweet has several sightings, and one that quotes may be seen without what it quotes.
      .filter((c) => xxhash64(c.author_id).eq(c.spread_author_key))
      .drop('tweet_key', 'spread_author_key')
      .dropDuplicates('term', 'author_id')
    return terms.unionByName(named)
  }
