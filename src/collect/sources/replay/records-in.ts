import { includedIn, tweetFromXV2 } from '../../record/from-x-v2.ts'
import { type JsonObject, elementsOf, isObject, parseObject } from '../../record/json.ts'
import { readRecord } from '../../record/read-record.ts'
import { type Reading, refused } from '../../record/reading.ts'
import { partsOf } from './read-texts.ts'

/** A record of a line, and its text; made only when it is asked for, as it is for nothing while one resumes. */
export interface LineRecord {
  readonly text: string
  readonly read: () => Reading
}

/**
 * The records of a line: itself, or several one after the other, or the tweets of a page of the X API v2. A blank line
 * holds none.
 */
export function recordsIn(line: string): readonly LineRecord[] {
  const text = line.trim()
  if (text === '') return []
  const whole = parseObject(text)
  if (whole !== null) return recordsOf(text, whole)
  return partsOf(text).flatMap((part) => recordsOf(part, parseObject(part)))
}

function recordsOf(text: string, json: JsonObject | null): readonly LineRecord[] {
  if (json === null) return [{ text, read: () => refused('not one whole JSON object') }]
  const page = elementsOf(json['data'])
  if (page.length > 0) return tweetsOf(page, json['includes'])
  return [{ text, read: () => readRecord(json) }]
}

function tweetsOf(page: readonly unknown[], includes: unknown): readonly LineRecord[] {
  const included = includedIn(includes)
  return page.map((data) => ({
    text: JSON.stringify(data),
    read: () => {
      if (!isObject(data)) return refused('a page of the X API v2 without tweets')
      return { is: 'tweet', tweet: tweetFromXV2(data, included) }
    },
  }))
}
