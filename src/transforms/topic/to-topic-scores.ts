import { Timestamp, type DataFrame, type t } from 'spark-connect-js'
import {
  approxCountDistinct,
  lit,
  substring,
  tryDivide,
  xxhash64,
  when,
  least,
} from 'spark-connect-js/functions'
import type { Speech } from '../../schema/speech.ts'
import type { LeadingTopic, TermFacts, TopicScore, TopicUse } from '../../schema/topic.ts'
import { beginOf, windowBefore, type ScoreWindow } from '../window.ts'
import { reachOf } from '../speech/reach.ts'

interface TopicContext {
  readonly window: ScoreWindow
  readonly speech: DataFrame<typeof Speech>
  readonly uses: DataFrame<typeof TopicUse>
  readonly terms: DataFrame<typeof TermFacts>
}

const PERCENT = 100

/** Adds who spoke of each leading topic, and compares with the window before where the term was observed all of it. */
export const toTopicScores =
  ({ window, speech, uses, terms }: TopicContext) =>
  (leading: DataFrame<typeof LeadingTopic>): DataFrame<typeof TopicScore> => {
    const begin = lit(Timestamp.from(beginOf(windowBefore(window))))
    const keyed = leading.withColumns((c) => ({ topic_key: xxhash64(c.term, c.topic) }))
    return keyed
      .join(authorsOf({ speech, uses, leading: keyed }), { on: 'topic_key', how: 'left' })
      .join(terms.select('term', 'first_at').hint('broadcast'), { on: 'term', how: 'left' })
      .withColumns((c) => ({
        // Asked for, because `least` passes over a null.
        authors: when(c.authors.gt(0n), least(c.authors, c.volume)),
        previous_volume: when(c.first_at.leq(begin), c.previous_volume),
      }))
      .select((c) => ({
        term: c.term,
        kind: c.kind,
        topic: when(c.kind.eq('word'), c.topic).otherwise(substring(c.topic, 2, LONGEST_TOPIC)),
        volume: c.volume,
        previous_volume: c.previous_volume,
        change_percent: tryDivide(c.volume.minus(c.previous_volume), c.previous_volume).times(PERCENT),
        authors: c.authors,
        reach: reachOf(c),
        sentiment: tryDivide(c.sentiment_sum, c.sentiment_count),
        rank_in_kind: c.rank_in_kind,
      }))
  }

const LONGEST_TOPIC = 191 // what the store holds

/**
 * How many spoke of each leading topic: every tweet of the window meets the leading topics of its text. These are many
 * rows, so the keys of what is joined and grouped are numbers.
 */
const authorsOf = ({ speech, uses, leading }: AuthorContext) =>
  speech
    .filter((c) => c.is_current.and(c.author_key.isNotNull()))
    .select('spoken_key', 'author_key')
    .join(
      uses
        .select((c) => ({ spoken_key: c.spoken_key, topic_key: xxhash64(c.term, c.topic) }))
        .join(leading.select('topic_key').hint('broadcast'), { on: 'topic_key', how: 'left_semi' }),
      { on: 'spoken_key', how: 'inner' },
    )
    .groupBy('topic_key')
    .agg((c) => ({ authors: approxCountDistinct(c.author_key) }))

type AuthorContext = Pick<TopicContext, 'speech' | 'uses'> & {
  readonly leading: DataFrame<typeof LeadingTopic & { readonly topic_key: typeof t.long }>
}
