import { AUTHORS, METHODS } from './invented-authors.ts'
import {
  HOSTILE,
  HOSTILE_FROM,
  idOf,
  invented,
  LAST_SLOT,
  QUARTER_HOUR_MS,
  SLOTS,
  type Key,
  type Row,
} from './invented.ts'

const TEXTS = [
  'We signed it. Now the hard part begins, and it begins at home #ClimateAction #COP31',
  'Three charts that explain what was agreed tonight, and what was not. Thread with @un_climate',
  'Standing room only in the plenary. This is what momentum looks like #COP31',
  'What the text says about loss and damage, line by line #LossAndDamage',
  'Nobody asked the people who already live with the floods #LossAndDamage',
]

function textOf(index: number, number: number): string | null {
  if (index === 1 && number === 4) return null
  return index >= HOSTILE_FROM ? HOSTILE.script : (TEXTS[(index + number) % TEXTS.length] ?? null)
}

export function cascades(key: Key, index: number): readonly Row[] {
  return Array.from({ length: 6 }, (_, number) => {
    const random = invented(`${key.term} cascade ${index} ${number}`)
    const progress = 1 - (LAST_SLOT.getTime() - key.slot_end.getTime()) / (SLOTS * QUARTER_HOUR_MS * 2)
    const retweets = Math.round((4_000 / (index + 1) / (number + 1)) * progress)
    const tweetedAt = key.slot_end.getTime() - (0.2 + 0.7 * random()) * key.window_hours * 3_600_000
    const method = METHODS[index % METHODS.length] ?? 'expected'
    const passedOn = method === 'none' ? null : retweets * 0.3
    return {
      ...key,
      root_id: `17${String(index).padStart(4, '0')}${number}`,
      author_id: idOf(index),
      kernel: 'calibrated',
      depth_method: method,
      tweeted_at: index === 2 && number === 5 ? null : new Date(tweetedAt),
      text: textOf(index, number),
      retweets,
      claimed_retweets: retweets,
      coverage: 1,
      favourites: retweets * 2,
      retweeters: retweets,
      non_primary_retweets: passedOn,
      non_primary_low: passedOn === null || method === 'explicit' ? null : passedOn * 0.8,
      non_primary_high: passedOn === null || method === 'explicit' ? null : passedOn * 1.2,
      mean_depth: passedOn === null ? null : 1 + random(),
      max_depth: passedOn === null ? null : 3,
      sentiment: random() - 0.5,
      seen_at: new Date(tweetedAt + (key.slot_end.getTime() - tweetedAt) * random()),
    }
  })
}

export function edges(key: Key, index: number): readonly Row[] {
  const random = invented(`${key.term} edges ${index}`)
  const community = String(index % 5)
  return Array.from({ length: 8 }, (_, number) => {
    const isAuthor = number < 3
    const other = isAuthor
      ? (index + 5 * (number + 1)) % AUTHORS
      : 1_000 + (index % 5) * 100 + Math.floor(random() * 60)
    return {
      ...key,
      amplifier_id: idOf(other),
      author_id: idOf(index),
      retweets: 1 + Math.floor(random() * 30),
      expected_children: random() < 0.1 ? null : random() * 12,
      amplifier_followers: random() < 0.15 ? null : Math.round(10 ** (2 + 3 * random())),
      amplifier_community: String(other % 5),
      author_community: community,
    }
  }).filter(
    (row, at, all) =>
      all.findIndex(({ amplifier_id }) => amplifier_id === row.amplifier_id) === at &&
      row.amplifier_id !== row.author_id,
  )
}

const TOPICS = {
  hashtag: [
    '#climateaction',
    '#cop31',
    '#lossanddamage',
    '#netzero',
    '#1o5degrees',
    '#greendeal',
    HOSTILE.rightToLeft,
    '#energy',
  ],
  mention: ['@un_climate', '@greenpeace', '@antonio', '@youth4climate'],
  domain: ['unfccc.int', 'reuters.com', 'theguardian.com'],
  word: ['agreement', 'emissions', 'finance', 'floods', 'tonight', HOSTILE.image],
} as const

export function topics(key: Key): readonly Row[] {
  return Object.entries(TOPICS).flatMap(([kind, names]) =>
    names.map((topic, index) => {
      const random = invented(`${key.term} ${topic}`)
      const volume = Math.round(9_000 / (index + 1))
      const change = index % 4 === 3 ? null : Math.round((random() - 0.4) * 400) / 2
      return {
        ...key,
        kind,
        topic: topic.slice(0, 191),
        volume,
        previous_volume:
          change === null ? null : Math.max(1, Math.round(volume / (1 + Math.max(-0.9, change / 100)))),
        change_percent: change,
        authors: Math.round(volume / 2),
        reach: volume * 800,
        sentiment: index === 2 ? null : random() - 0.5,
        rank_in_kind: index + 1,
      }
    }),
  )
}

const COUNTRIES = [
  'US',
  'GB',
  'BR',
  'unknown',
  'DE',
  'IN',
  'KE',
  'PL',
  'JP',
  'AU',
  'FR',
  'SG',
  'MX',
  'ZA',
  'CN',
  'MT',
] as const

export function countries(key: Key): readonly Row[] {
  const volumes = COUNTRIES.map((_, index) => Math.round(60_000 / (index + 1) ** 1.3))
  const all = volumes.reduce((sum, volume) => sum + volume, 0)
  return COUNTRIES.map((country, index) => {
    const volume = volumes[index] ?? 0
    return {
      ...key,
      country,
      volume,
      share: (volume / all) * 100,
      authors: Math.round(volume / 3),
      by_coordinates: country === 'unknown' ? 0 : Math.round(volume * 0.02),
      by_place: country === 'unknown' ? 0 : Math.round(volume * 0.08),
      by_location: country === 'unknown' ? 0 : Math.round(volume * 0.9),
      reach: volume * 450,
      sentiment: index === 7 ? null : 0.4 - index / 12,
    }
  })
}

export function moods(key: Key): readonly Row[] {
  const back = (LAST_SLOT.getTime() - key.slot_end.getTime()) / QUARTER_HOUR_MS
  const mood = (author_id: string, volume: number): Row => {
    const [positive, neutral, negative] = [0.42, 0.3, 0.2].map((share) => Math.floor(volume * share)) as [
      number,
      number,
      number,
    ]
    return {
      ...key,
      author_id,
      volume,
      positive,
      neutral,
      negative,
      unknown: volume - positive - neutral - negative,
      mean: 0.12,
    }
  }
  return [
    mood('', 150_000 - 4_000 * back),
    ...Array.from({ length: 30 }, (_, index) => mood(idOf(index), 5_000 - 100 * index)),
  ]
}
