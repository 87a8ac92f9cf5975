import { cutToWidth, printable } from './display-width.ts'
import { formatScore, formatWhole } from './number-format.ts'

/** A topic as the report names it. */
export interface SummedTopic {
  readonly term: string
  readonly kind: string
  readonly topic: string
  readonly volume: number
  readonly change_percent: number | null
}

/** A country as the report names it. */
export interface SummedCountry {
  readonly term: string
  readonly country: string
  readonly share: number
}

interface Sums {
  readonly topics: readonly SummedTopic[]
  readonly countries: readonly SummedCountry[]
}

const SHOWN_TOPICS = 6
const SHOWN_COUNTRIES = 6
const TOPIC_WIDTH = 24

/** What a term's tweets are about and where they come from, in two lines for people; empty where nothing is known. */
export function termSummary(term: string, { topics, countries }: Sums): string {
  const own = topics.filter((topic) => topic.term === term)
  const hashtags = own.filter(({ kind }) => kind === 'hashtag')
  // Few use hashtags: words say something of those who do not.
  const leading = hashtags.length > 0 ? hashtags : own.filter(({ kind }) => kind === 'word')
  return [
    line(hashtags.length > 0 ? 'hashtags' : 'words', leading.slice(0, SHOWN_TOPICS).map(topicText)),
    line('countries', shownCountries(countries.filter((country) => country.term === term))),
  ].join('')
}

const line = (title: string, parts: readonly string[]): string =>
  parts.length === 0 ? '' : `  ${title.padEnd(9)}   ${parts.join(', ')}\n`

const topicText = ({ kind, topic, volume, change_percent }: SummedTopic): string => {
  const name = cutToWidth(`${kind === 'hashtag' ? '#' : ''}${printable(topic)}`, TOPIC_WIDTH)
  return `${name} ${formatWhole(volume)}${change_percent === null ? '' : ` (${signed(change_percent)} %)`}`
}

const signed = (percent: number): string => `${percent > 0 ? '+' : ''}${formatWhole(percent)}`

/** The largest shares, and always the unknown one, last. */
function shownCountries(countries: readonly SummedCountry[]): readonly string[] {
  const known = countries.filter(({ country }) => country !== 'unknown').slice(0, SHOWN_COUNTRIES)
  const unknown = countries.filter(({ country }) => country === 'unknown')
  return [...known, ...unknown].map(({ country, share }) => `${country} ${formatScore(share)} %`)
}
