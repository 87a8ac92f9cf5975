import { createHash } from 'node:crypto'

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

export const AUTHORS = 130

/** Where authors say that they are, and the country that was found. */
export const PLACES: readonly (readonly [place: string, country: string | null])[] = [
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

export function author(index: number): Row {
  const hostile = Object.values(HOSTILE)[index - HOSTILE_FROM]
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

export function place(location: string, country: string | null): Row {
  const location_hash = createHash('sha256').update(location).digest('hex')
  return { location_hash, location, country, resolver: 'test', resolved_at: LAST_SLOT }
}

const partOf = (amount: number | null, saturation: number): number | null =>
  amount === null ? null : 100 * Math.min(1, Math.log1p(amount) / Math.log1p(saturation))

/** How depth was found out, in turn. */
export const METHODS = ['expected', 'expected', 'expected', 'explicit', 'follows', 'none'] as const

export function score(key: Key, index: number): Row {
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
    rank_in_term: 1, // of the whole slot's order, see `inventSlot`
    percentile: 100 - index / 2,
  }
}

const WEIGHTS = { retweets_part: 0.3, favourites_part: 0.2, followers_part: 0.2, depth_part: 0.3 } as const

function influenceOf(parts: Readonly<Record<keyof typeof WEIGHTS, number | null>>): number {
  const known = (Object.keys(WEIGHTS) as (keyof typeof WEIGHTS)[]).filter((part) => parts[part] !== null)
  const weight = known.reduce((sum, part) => sum + WEIGHTS[part], 0)
  return known.reduce((sum, part) => sum + (parts[part] ?? 0) * WEIGHTS[part], 0) / weight
}
