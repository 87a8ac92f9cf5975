import type { DataFrame } from 'spark-connect-js'
import { explode } from 'spark-connect-js/functions'
import type { StopWord, TopicText, TopicUse } from '../../schema/topic.ts'

/** One row for each topic of a text, without the words that say nothing in its language. */
export const explodeTopics =
  (stopWords: DataFrame<typeof StopWord>) =>
  (texts: DataFrame<typeof TopicText>): DataFrame<typeof TopicUse> =>
    texts
      .select((c) => ({
        term: c.term,
        spoken_key: c.spoken_key,
        volume: c.volume,
        previous_volume: c.previous_volume,
        followers_sum: c.followers_sum,
        followers_count: c.followers_count,
        sentiment_sum: c.sentiment_sum,
        sentiment_count: c.sentiment_count,
        lang: c.lang,
        topic: explode(c.topics),
      }))
      .join(stopWords.hint('broadcast'), { on: ['lang', 'topic'], how: 'left_anti' })
      .drop('lang')
