import { t, type Column, type DataFrame } from 'spark-connect-js'
import { coalesce, lit, lower, substring, when } from 'spark-connect-js/functions'
import type { ParsedRecord } from '../../schema/observation.ts'
import type { SpokenText, TopicText } from '../../schema/topic.ts'
import { recordKey, spokenText } from '../speech/record-key.ts'
import { topicsOfText } from './topics-of-text.ts'

/** Fetches each text from a record that holds it, and adds what it is about. */
export const withTopics =
  (records: DataFrame<typeof ParsedRecord>) =>
  (texts: DataFrame<typeof SpokenText>): DataFrame<typeof TopicText> => {
    const said = records
      .select((c) => ({
        record_key: recordKey(c),
        text: spokenText(c),
        links: when(c.kind.eq('retweet').eq(false), c.links),
        lang: languageOf(c.lang),
      }))
      // Texts are few beside records: their keys go to the records, not the other way round.
      .join(texts.select('record_key').hint('broadcast'), { on: 'record_key', how: 'left_semi' })
    return texts
      .join(said, { on: 'record_key', how: 'inner' })
      .withColumns((c) => ({ topics: topicsOfText(c) }))
      .drop('record_key', 'text', 'links')
  }

/** ISO 639-1. X has old codes for two languages; what has none is mostly names, for which English will do. */
const languageOf = (lang: Column<typeof t.string.nullable>) => {
  const code = substring(lower(lang), 1, 2)
  const modern = when(code.eq('in'), 'id').when(code.eq('iw'), 'he').when(code.eq('un'), 'en').otherwise(code)
  return coalesce(modern, lit('en', t.string))
}
