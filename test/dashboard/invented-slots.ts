import { createHash } from 'node:crypto'

import { seededRandom } from '../../src/collect/random.ts'

/** Numbers from 0 to 1 that follow from a text; the same text, the same numbers. */
const invented = (text: string): (() => number) =>
  seededRandom(createHash('sha256').update(text).digest().readUInt32BE()).unit

type Row = Readonly<Record<string, unknown>>
/** Writes rows by column names. */
export type Insert = (table: string, rows: readonly Row[]) => Promise<void>

export const LAST_SLOT = new Date('2026-03-05T12:45:00Z')
export const SLOTS = 14
const QUARTER_HOUR_MS = 15 * 60 * 1000

/** The end of a slot, 0 for the newest, 1 for the one before. */
export const slotBefore = (slots: number): Date => new Date(LAST_SLOT.getTime() - slots * QUARTER_HOUR_MS)

export const TERM = 'climate summit'
const OTHER_TERM = 'world cup 2026'
const AUTHORS = 130

/** Names as somebody might have who wants to do harm. */
export const HOSTILE = {
  script: '<script>document.title = "taken"</script>',
  image: '"><img src=x onerror="document.title=\'taken\'">',
  rightToLeft: '\u202Egnp.exe\u202C مرحبا بالعالم',
  emoji: '👩🏽‍🚀🔥🇺🇳 Zoë',
  long: 'Lo'.repeat(5_000),
  nullByte: 'Nu\u0000ll\u0007 bell',
  formula: '=HYPERLINK("http://evil.example","click")',
} as const

const PLACES: readonly (readonly [place: string, country: string | null])[] = [
  ['London', 'GB'],
  ['São Paulo, Brasil', 'BR'],
  ['Kraków', 'PL'],
  ['Austin, TX', 'US'],
  ['New York', 'US'],
  ['Nairobi', 'KE'],
  ['東京', 'JP'],
  ['Berlin', 'DE'],
  ['Sydney', 'AU'],
  ['Mumbai', 'IN'],
  ['the moon', null],
]
const FIRST = [
  'Ada',
  'Bruno',
  'Chioma',
  'Dmitri',
  'Elif',
  'Fatima',
  'Goro',
  'Hanna',
  'Ines',
  'Jonas',
  'Kofi',
  'Lucía',
  'Mei',
]
const LAST = [
  'Okafor',
  'Lindqvist',
  'Haddad',
  'Moreau',
  'Tanaka',
  'Novak',
  'Silva',
  'Kowalski',
  'Reyes',
  'Iyer',
]

/** Fills empty tables with invented slots of two terms, 24 hours each, and one of 7 days. */
export async function inventSlots(insert: Insert): Promise<void> {
  await insert(
    'author',
    Array.from({ length: AUTHORS }, (_, index) => author(index)),
  )
  await insert(
    'location',
    PLACES.map(([location, country]) => place(location, country)),
  )
  for (let back = SLOTS - 1; back >= 0; back--)
    await inventSlot(insert, { slotEnd: slotBefore(back), windowHours: 24 })
  for (const back of [2, 1, 0]) await inventSlot(insert, { slotEnd: slotBefore(back), windowHours: 168 })
  await insert('slot_run', [
    run(
      { slotEnd: slotBefore(SLOTS), windowHours: 24 },
      {
        state: 'failed',
        published_at: null,
        observations: null,
        duplicates: null,
        rejected: null,
        cascades: null,
        authors: null,
      },
    ),
  ])
}

interface SlotOf {
  readonly slotEnd: Date
  readonly windowHours: number
}

/** Publishes one slot as the job would. */
export async function inventSlot(insert: Insert, slot: SlotOf): Promise<void> {
  for (const term of [TERM, OTHER_TERM]) {
    const key = { term, window_hours: slot.windowHours, slot_end: slot.slotEnd }
    const authors = Array.from({ length: term === TERM ? AUTHORS : 20 }, (_, index) => score(key, index))
    await insert('author_score', authors)
    await insert(
      'cascade_score',
      authors.slice(0, 40).flatMap((_, index) => cascades(key, index)),
    )
    await insert(
      'influence_edge',
      authors.slice(0, 60).flatMap((_, index) => edges(key, index)),
    )
    await insert('topic_score', topics(key))
    await insert('geography_score', countries(key))
    await insert('sentiment_score', moods(key))
  }
  await insert('slot_run', [run(slot)])
  await insert(
    'rejected',
    ['not JSON', 'not JSON', 'no id', 'no time'].map((reason, index) => rejection(slot, reason, index)),
  )
}

const idOf = (index: number): string => String(9_007_199_254_740_993n + BigInt(index))

/** The one whose name is a certain text of `HOSTILE`. */
export const hostileId = (kind: keyof typeof HOSTILE): string => idOf(3 + Object.keys(HOSTILE).indexOf(kind))

function author(index: number): Row {
  const hostile = Object.values(HOSTILE)[index - 3]
  const name = hostile?.slice(0, 255) ?? `${FIRST[index % FIRST.length]} ${LAST[(index * 7) % LAST.length]}`
  return {
    author_id: idOf(index),
    name: index === 12 ? null : name,
    screen_name:
      index === 13
        ? null
        : `${(FIRST[index % FIRST.length] ?? '')
            .toLowerCase()
            .normalize('NFKD')
            .replaceAll(/[^a-z]/g, '')}_${index}`,
    location: index % 6 === 5 ? null : (PLACES[index % PLACES.length]?.[0] ?? null),
    image: null,
    language: index % 8 === 3 ? 'und' : (['en', 'pt', 'en', 'ja', 'de'][index % 5] ?? null),
    followers: 1000n,
    seen_at: LAST_SLOT,
  }
}

function place(location: string, country: string | null): Row {
  const location_hash = createHash('sha256').update(location).digest('hex')
  return { location_hash, location, country, resolver: 'test', resolved_at: LAST_SLOT }
}

interface Key {
  readonly term: string
  readonly window_hours: number
  readonly slot_end: Date
}

const partOf = (amount: number | null, saturation: number): number | null =>
  amount === null ? null : 100 * Math.min(1, Math.log1p(amount) / Math.log1p(saturation))

const METHODS = ['expected', 'expected', 'expected', 'explicit', 'follows', 'none'] as const

function score(key: Key, index: number): Row {
  const random = invented(`${key.term} ${key.window_hours} ${index}`)
  const progress = 1 - (LAST_SLOT.getTime() - key.slot_end.getTime()) / (SLOTS * QUARTER_HOUR_MS * 4)
  const wobble = 1 + 0.25 * Math.sin(key.slot_end.getTime() / QUARTER_HOUR_MS / 3 + index)
  const retweets = Math.round((40_000 / (index + 2) ** 1.2) * progress * wobble + 3 * random())
  const method = METHODS[index % METHODS.length] ?? 'expected'
  const followers = index % 9 === 7 ? null : Math.round(10 ** (2.5 + 4 * random()))
  const favourites = index % 11 === 10 ? null : Math.round(retweets * (1 + 2 * random()))
  const passedOn = method === 'none' ? null : retweets * (0.1 + 0.4 * random())
  const parts = {
    retweets_part: partOf(retweets, 1e5),
    favourites_part: partOf(favourites, 1e5),
    followers_part: partOf(followers, 1e8),
    depth_part: partOf(passedOn, 1e5),
  }
  return {
    ...key,
    author_id: idOf(index),
    kernel: 'calibrated',
    depth_method: method,
    tweets: 1 + Math.floor(random() * 20),
    retweets,
    claimed_retweets: Math.round(retweets * 1.1),
    coverage: retweets > 0 ? 0.91 : null,
    favourites,
    followers,
    retweeters: Math.round(retweets * 0.9),
    non_primary_retweets: passedOn,
    non_primary_low: passedOn === null || method === 'explicit' ? null : passedOn * 0.8,
    non_primary_high: passedOn === null || method === 'explicit' ? null : passedOn * 1.2,
    mean_depth: passedOn === null ? null : 1 + random(),
    max_depth: passedOn === null ? null : 2 + 3 * random(),
    amplification: random() * 5,
    engagement_rate: followers === null ? null : random() * 0.01,
    sentiment: index % 10 === 4 ? null : Math.max(-1, Math.min(1, random() * 1.6 - 0.8)),
    ...parts,
    influence: influenceOf(parts),
    rank_in_term: index + 1,
    percentile: 100 - index / 2,
  }
}

const WEIGHTS = { retweets_part: 0.3, favourites_part: 0.2, followers_part: 0.2, depth_part: 0.3 } as const

function influenceOf(parts: Readonly<Record<keyof typeof WEIGHTS, number | null>>): number {
  const known = (Object.keys(WEIGHTS) as (keyof typeof WEIGHTS)[]).filter((part) => parts[part] !== null)
  const weight = known.reduce((sum, part) => sum + WEIGHTS[part], 0)
  return known.reduce((sum, part) => sum + (parts[part] ?? 0) * WEIGHTS[part], 0) / weight
}

const TEXTS = [
  'We signed it. Now the hard part begins, and it begins at home #ClimateAction #COP31',
  'Three charts that explain what was agreed tonight, and what was not. Thread with @un_climate',
  'Standing room only in the plenary. This is what momentum looks like #COP31',
  HOSTILE.script,
  'Nobody asked the people who already live with the floods #LossAndDamage',
]

function cascades(key: Key, index: number): readonly Row[] {
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
      text: number === 4 && index === 1 ? null : TEXTS[(index + number) % TEXTS.length],
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

function edges(key: Key, index: number): readonly Row[] {
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

function topics(key: Key): readonly Row[] {
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

function countries(key: Key): readonly Row[] {
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

function moods(key: Key): readonly Row[] {
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

const batchOf = ({ slotEnd, windowHours }: SlotOf): string => {
  const hex = createHash('sha256').update(`${slotEnd.toISOString()} ${windowHours}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

function run(slot: SlotOf, changes: Row = {}): Row {
  return {
    slot_end: slot.slotEnd,
    window_hours: slot.windowHours,
    state: 'published',
    kernel: 'calibrated',
    batch_id: batchOf(slot),
    observations: 412_345,
    duplicates: 1_204,
    rejected: 4,
    cascades: 20_412,
    authors: 150,
    started_at: new Date(slot.slotEnd.getTime() + 60_000),
    published_at: new Date(slot.slotEnd.getTime() + 103_400),
    ...changes,
  }
}

function rejection(slot: SlotOf, reason: string, index: number): Row {
  const rejected_id = createHash('sha256')
    .update(`${batchOf(slot)} ${index}`)
    .digest('hex')
  return {
    rejected_id,
    object: `s3://raw/2026/03/05/${HOSTILE.script}`,
    block_start: 0,
    record_number: index,
    reason,
    record: '{',
    batch_id: batchOf(slot),
  }
}
