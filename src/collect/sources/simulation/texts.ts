import { mix32 } from '../../random.ts'

/** What a tweet says and how it sounds. */
export interface Wording {
  readonly text: string
  readonly lang: string
  readonly sentiment: '1' | '0' | '-1'
  readonly sentimentScore: string // -1 to 1, four decimals
}

interface Sentence {
  readonly lang: string
  readonly mood: number // -1 to 1
  readonly text: string // `%` stands for the term
}

// Some hold what breaks a careless splitter of concatenated JSON: braces, quotes, backslashes, line ends.
const SENTENCES: readonly Sentence[] = [
  { lang: 'en', mood: 0.7, text: 'Queued since dawn for % and it was worth every minute. Thank you all! ☀️' },
  { lang: 'en', mood: -0.6, text: '% cancelled again, no reason given. Third time this season, I am done.' },
  { lang: 'en', mood: 0, text: 'Programme for % is out: gates at 17:00, first act an hour later.' },
  {
    lang: 'en',
    mood: 0.1,
    text: 'Somebody wrote {"topic":"%"}{"topic":"again"} on the wall. Art, apparently.',
  },
  { lang: 'en', mood: -0.3, text: 'The % app shows "undefined" where my ticket was \\o/' },
  { lang: 'de', mood: 0.5, text: 'Großartiger Abend mit %.\nMorgen gern wieder, dann mit Schirm.' },
  { lang: 'de', mood: -0.2, text: '% – schön und gut, aber wer räumt danach auf?' },
  { lang: 'fr', mood: 0.4, text: 'On a vu % de très près, les enfants étaient ravis 😍' },
  { lang: 'es', mood: 0, text: 'Mañana hablamos de %: ¿quién se apunta?' },
  { lang: 'ja', mood: 0.6, text: '%、とても良かった。来年もまた行きたい🌙' },
]

/** The wording of the tweet that this hash stands for; it holds the term. */
export function wording(hash: number, term: string): Wording {
  const sentence = SENTENCES[hash % SENTENCES.length] ?? { lang: 'en', mood: 0, text: '%' }
  const score = Math.max(-1, Math.min(1, sentence.mood + ((mix32(hash, 31) % 2_001) - 1_000) / 5_000))
  const sentiment = score > 0.15 ? '1' : score < -0.15 ? '-1' : '0'
  const link = hash % 4 === 0 ? ` https://short.example/${hash.toString(36)}` : ''
  return {
    text: sentence.text.replace('%', term) + link,
    lang: sentence.lang,
    sentiment,
    sentimentScore: score.toFixed(4),
  }
}
