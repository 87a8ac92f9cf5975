import { t, type Column, type StringColumn } from 'spark-connect-js'
import {
  arrayDistinct,
  array,
  arrayJoin,
  arrayUnion,
  concat,
  concatWs,
  lit,
  lower,
  regexpExtractAll,
  regexpReplace,
  transform,
  translate,
  when,
} from 'spark-connect-js/functions'
import type { Observation } from '../../schema/observation.ts'

// Scripts that are written without spaces, so that there are no words to be seen: their hashtags count, as #渋谷 does.
const UNSPACED = String.raw`\p{IsHan}\p{IsHiragana}\p{IsKatakana}\p{IsThai}\p{IsLao}\p{IsKhmer}\p{IsMyanmar}`
const WORD = String.raw`[\p{L}\p{M}\p{N}&&[^${UNSPACED}]]`
const TAG = String.raw`[\p{L}\p{M}\p{N}_]`
const HOST = String.raw`[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.\p{L}{2,}`

/** A link, its host in the first group, less the names that say nothing: www.example.org and m.example.org are one. */
const LINK = String.raw`https?://(?:[^\s/@]*@)?(?:(?:www|mobile|m)\.)?(${HOST})?\S*`

// Each ends as far right as it can; what an ellipsis cuts off is no topic, as half of it is missing.
const WHOLE = '(?!…)'
const TOPICS = [
  `(?<!${TAG})#(?=[\\p{N}_]*+\\p{L})${TAG}{1,100}+${WHOLE}`,
  String.raw`(?<![\w.])@\w++(?:\.[\w-]++)*+(?!${TAG})${WHOLE}`, // @name, and @name.example.org
  String.raw`(?<!\S)/${HOST}(?!\S)`,
  // At least three characters, an apostrophe within a word, and no number; 's is left to itself.
  `(?<![#@/.\\p{L}\\p{M}\\p{N}_'&])(?=\\p{L})(?:${WORD}|'(?!s\\b)(?=\\p{L})){3,40}+(?!${TAG})${WHOLE}`,
].join('|')

/** The wrapper that X puts around every link. */
const WRAPPER = '/t.co'

interface Said {
  readonly text: StringColumn
  readonly links: Column<typeof Observation.links>
}

/**
 * What a text is about, each topic once, in small letters: `#hashtag`, `@mention`, `/linked.domain`, `word`. Where the
 * record says where links lead, those in the text are left out.
 */
export const topicsOfText = ({ text, links }: Said) => {
  const own = when(links.isNull(), text).otherwise(
    concatWs(' ', regexpReplace(text, `(?i)${LINK}`, ' '), arrayJoin(links, ' ')),
  )
  const plain = regexpReplace(simplified(own), LINK, ' /$1 ')
  return arrayDistinct(regexpExtractAll(plain, lit(TOPICS), 0))
}

/** Small letters, one kind of hash sign, at sign and apostrophe, and no entities. */
const simplified = (text: StringColumn) =>
  translate(regexpReplace(lower(text), '&[a-z0-9#]+;', ' '), '＃＠’', "#@'")

/** What every tweet of a search term is about: the term, its parts, and the wrapper around every link. */
export const topicsOfTerm = (term: StringColumn) => {
  const words = regexpExtractAll(simplified(term), String.raw`[\p{L}\p{M}\p{N}_']+`, 0)
  const joined = arrayJoin(words, '')
  return arrayUnion(
    arrayUnion(
      words,
      transform(words, (word) => concat('#', word)),
    ),
    array(concat('#', joined), concat('@', joined), lit(WRAPPER, t.string)),
  )
}
