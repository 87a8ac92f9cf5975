import { t, type DataFrame } from 'spark-connect-js'
import { lit } from 'spark-connect-js/functions'
import type { ParsedRecord } from '../../schema/observation.ts'
import type { SentimentScore, SpreadMood } from '../../schema/sentiment.ts'
import type { Speech } from '../../schema/speech.ts'
import { recordKey } from '../speech/record-key.ts'
import { moodOf } from './mood.ts'

interface MoodContext {
  readonly records: DataFrame<typeof ParsedRecord>
  readonly authors: DataFrame<typeof SpreadMood>
}

const WHOLE_TERM = ''

/** The mood of each term as a whole, and of what spreads its leading authors, whom their records name. */
export const toSentimentScores =
  ({ records, authors }: MoodContext) =>
  (speech: DataFrame<typeof Speech>): DataFrame<typeof SentimentScore> => {
    const terms = speech
      .filter((c) => c.is_current)
      .groupBy('term')
      .agg(moodOf)
      .withColumns(() => ({ author_id: lit(WHOLE_TERM, t.string.nullable) }))
    const named = records
      .select((c) => ({ record_key: recordKey(c), author_id: c.root_author_id }))
      .join(authors.hint('broadcast'), { on: 'record_key', how: 'inner' })
      .drop('record_key', 'spread_author_key')
    return terms.unionByName(named)
  }
