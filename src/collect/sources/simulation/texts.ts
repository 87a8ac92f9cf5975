import { mix32, unitFrom } from '../../random.ts'
import { PHRASES, type Tone } from './phrases.ts'
import { type Theme, themeAt } from './themes.ts'

/** What a tweet says and how it sounds. */
export interface Wording {
  readonly text: string
  readonly lang: string
  readonly sentiment: '1' | '0' | '-1'
  readonly sentimentScore: string // -1 to 1, four decimals
}

/** What a text is made of. */
export interface Occasion {
  readonly hash: number // the same for the same tweet
  readonly term: string
  readonly lang: string
  readonly moment: number // of the stream, from 0 (its start) to 1
}

const USUAL: Pick<Theme, 'sour' | 'sweet'> = { sour: 0.25, sweet: 0.35 }
const CLOSING_SHARE = 0.5
const FIRST_HASHTAG_SHARE = 0.7 // of the texts with a theme, as the two below
const SECOND_HASHTAG_SHARE = 0.2
const MENTION_SHARE = 0.3
const LINK_SHARE = 0.4
const TERM_HASHTAG_SHARE = 0.15
const STRONGEST = 0.6
const LABEL_FROM = 0.05 // as VADER has it

/** The wording of the tweet that this hash stands for; it holds the term. */
export function wording({ hash, term, lang, moment }: Occasion): Wording {
  const theme = themeAt(moment, unitFrom(mix32(hash, 30)))
  const tone = toneOf(theme ?? USUAL, unitFrom(mix32(hash, 31)))
  const score = tone * STRONGEST + ((mix32(hash, 32) % 2_001) - 1_000) / (tone === 0 ? 12_500 : 3_000)
  const said = sentence({ hash: mix32(hash, 33), term, lang, tone })
  return {
    text: said + (theme === undefined ? '' : extras(theme, hash)) + termHashtag(term, mix32(hash, 34)),
    lang,
    sentiment: score >= LABEL_FROM ? '1' : score <= -LABEL_FROM ? '-1' : '0',
    sentimentScore: score.toFixed(4),
  }
}

function toneOf({ sour, sweet }: Pick<Theme, 'sour' | 'sweet'>, unit: number): Tone {
  if (unit < sour) return -1
  return unit < sour + sweet ? 1 : 0
}

interface Sentence extends Pick<Occasion, 'hash' | 'term' | 'lang'> {
  readonly tone: Tone
}

function sentence({ hash, term, lang, tone }: Sentence): string {
  const { openings, closings } = (PHRASES[lang] ?? PHRASES['en'])?.[tone] ?? { openings: ['%'], closings: [] }
  const opening = pick(openings, hash).replace('%', () => term)
  return chance(hash, CLOSING_SHARE) ? `${opening} ${pick(closings, hash >>> 4)}` : opening
}

/** The hashtags, mentions and links of a theme, as many as this tweet has. */
function extras({ hashtags, accounts, domain }: Theme, hash: number): string {
  const first = mix32(hash, 35)
  const second = hashtags[(first + 1) % hashtags.length] ?? ''
  return [
    ...(chance(first, FIRST_HASHTAG_SHARE) ? [pick(hashtags, first)] : []),
    ...(chance(mix32(hash, 36), SECOND_HASHTAG_SHARE) ? [second] : []),
    ...(chance(mix32(hash, 37), MENTION_SHARE) ? [pick(accounts, first)] : []),
    ...(chance(mix32(hash, 38), LINK_SHARE) ? [`https://${domain}/${hash.toString(36)}`] : []),
  ]
    .map((extra) => ` ${extra}`)
    .join('')
}

function termHashtag(term: string, hash: number): string {
  if (!chance(hash, TERM_HASHTAG_SHARE)) return ''
  const tag = term.replaceAll(/[^\p{L}\p{M}\p{N}_]/gu, '')
  return tag === '' ? '' : ` #${tag}`
}

const pick = (texts: readonly string[], hash: number): string => texts[hash % texts.length] ?? ''

const chance = (hash: number, share: number): boolean => unitFrom(hash) < share
