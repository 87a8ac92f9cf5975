import { t, type Column, type DataFrame } from 'spark-connect-js'
import { arrayExcept, coalesce, lit, lower, max, substring, when, xxhash64 } from 'spark-connect-js/functions'
import type { Observation } from '../../schema/observation.ts'
import type { SpokenText, TermFacts, TopicText } from '../../schema/topic.ts'
import { topicsOfText } from './topics-of-text.ts'

interface TextSources {
  readonly observations: DataFrame<typeof Observation>
  readonly terms: DataFrame<typeof TermFacts>
}

/** Fetches each text from the sightings of a tweet that says it, and adds what it is about, less what all are about. */
export const withTopics =
  ({ observations, terms }: TextSources) =>
  (texts: DataFrame<typeof SpokenText>): DataFrame<typeof TopicText> =>
    texts
      .join(saidBy(observations, texts), { on: 'tweet_key', how: 'inner' })
      .join(terms.select('term', 'own_topics').hint('broadcast'), { on: 'term', how: 'inner' })
      .withColumns((c) => ({ topics: arrayExcept(topicsOfText(c), c.own_topics) }))
      .drop('tweet_key', 'text', 'links', 'own_topics')

/** What the tweets say that stand for a text each; of sightings that disagree, the greatest. */
const saidBy = (observations: DataFrame<typeof Observation>, texts: DataFrame<typeof SpokenText>) =>
  observations
    .select((c) => ({
      tweet_key: xxhash64(c.tweet_id),
      // A retweet repeats its root's.
      text: when(c.kind.eq('retweet'), c.root_text).otherwise(c.text),
      links: when(c.kind.eq('retweet').eq(false), c.links),
      lang: languageOf(c.lang),
    }))
    // Texts are few beside observations: their keys go to the observations, not the other way round.
    .join(texts.select('tweet_key').hint('broadcast'), { on: 'tweet_key', how: 'left_semi' })
    .groupBy('tweet_key')
    .agg((c) => ({ text: max(c.text), links: max(c.links), lang: max(c.lang) }))

/** ISO 639-1. X has old codes for two languages; what has none is mostly names, for which English will do. */
const languageOf = (lang: Column<typeof t.string.nullable>) => {
  const code = substring(lower(lang), 1, 2)
  const modern = when(code.eq('in'), 'id').when(code.eq('iw'), 'he').when(code.eq('un'), 'en').otherwise(code)
  return coalesce(modern, lit('en', t.string))
}
