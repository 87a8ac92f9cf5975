import type { DataFrame } from 'spark-connect-js'
import { count, countIf, max, sum, when } from 'spark-connect-js/functions'
import type { Speech } from '../../schema/speech.ts'
import type { SpokenText } from '../../schema/topic.ts'

/** One row for each text that was said, so that no text is looked at more often than once. */
export const aggregateByText =
  () =>
  (speech: DataFrame<typeof Speech>): DataFrame<typeof SpokenText> =>
    speech.groupBy('term', 'spoken_key').agg((c) => ({
      tweet_key: max(c.tweet_key),
      volume: countIf(c.is_current),
      previous_volume: countIf(c.is_current.eq(false)),
      followers_sum: sum(when(c.is_current, c.followers)),
      followers_count: count(when(c.is_current, c.followers)),
      sentiment_sum: sum(when(c.is_current, c.sentiment)),
      sentiment_count: count(when(c.is_current, c.sentiment)),
    }))
