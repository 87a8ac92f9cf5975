import { SentimentIntensityAnalyzer } from 'vader-sentiment'
import type { Mood } from '../record/collect-record.ts'
import type { Sentiment } from '../record/flat-record.ts'
import { boundedCache } from './bounded-cache.ts'
import { looksEnglish } from './is-english.ts'
import { normaliseText } from './normalise-text.ts'

// Hutto and Gilbert 2014: https://github.com/cjhutto/vaderSentiment#about-the-scoring
const POSITIVE_FROM = 0.05
const NEGATIVE_FROM = -0.05

const LONGEST_TEXT = 10_000 // characters, some 20 ms; the longest post on X has 25,000
const CACHED_CHARACTERS = 2_000_000 // in each of two generations, some 4 MB

/** What X says of a text without words, or in no language that it knows. */
const UNDETERMINED = 'und'

/**
 * Scores texts by VADER (Hutto and Gilbert 2014): the compound score, and 1, 0 or -1 by its published thresholds. A text
 * in another language than English has none. Retweets repeat texts, so that most are scored once.
 */
export function vaderMood(): Mood {
  const cached = boundedCache<Sentiment | 'unknown'>({ characters: CACHED_CHARACTERS })
  return (text, lang) => {
    const language = lang === UNDETERMINED ? null : lang
    if (language !== null && !/^en\b/i.test(language)) return null
    const words = text.length > LONGEST_TEXT ? text.slice(0, LONGEST_TEXT) : text
    const found = cached(language === null ? `?${words}` : words, () =>
      language !== null || looksEnglish(words) ? sentimentOf(words) : 'unknown',
    )
    return found === 'unknown' ? null : found
  }
}

function sentimentOf(text: string): Sentiment {
  const score = SentimentIntensityAnalyzer.polarity_scores(normaliseText(text)).compound
  return { score, label: score >= POSITIVE_FROM ? '1' : score <= NEGATIVE_FROM ? '-1' : '0' }
}
