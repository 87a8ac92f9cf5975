import { countryAt } from './country-at.ts'
import { countryOfCity, isCityOf } from './location/cities.ts'
import { countryNames, isCountryCode } from './location/country-names.ts'
import { fold } from './location/fold.ts'
import { AMBIGUOUS, subdivisions } from './location/subdivisions.ts'

const COORDINATES = /(-?\d{1,2}\.\d+)\s*,\s*(-?\d{1,3}\.\d+)/
/** What stands between several places, of which none is the wider one. */
const BETWEEN = /[/|•·&+~→➡✈⇄;]|\s[-–—]\s|\band\b|\by\b|\bund\b/iu
/** A state in China, Japan or Korea, by how its name ends. */
const EAST_ASIAN: readonly (readonly [RegExp, string])[] = [
  [/\p{Script=Han}県/u, 'JP'],
  [/\p{Script=Han}省/u, 'CN'],
  [/\p{Script=Hangul}(?:특별시|광역시|시|도)$/u, 'KR'],
]
/** What people put before a place, and directions, which do not change its country. */
const BEFORE =
  /^(?:(?:currently|somewhere|living|live|lives|based|near|around|between|nähe|nahe|bei|born|located|now|from|in|en|de|à|the|greater|metro|downtown|upstate|central|city of|north|south|east|west|northern|southern|eastern|western|south east|north west)\s+)+/u

/**
 * The country that a profile's location names, ISO 3166-1 alpha-2 (XK is Kosovo); null where it names none, or several.
 * A bare name means the place that is best known, and no place at all if none clearly is: `London` is in Great Britain,
 * `Georgia` unknown. How often this is right: docs/accuracy.md.
 * @example resolveLocation('London, Ontario') // 'CA'
 */
export function resolveLocation(location: string): string | null {
  if (/https?:|@/.test(location)) return null
  const [, latitude, longitude] = COORDINATES.exec(location) ?? []
  if (latitude !== undefined) return countryAt({ latitude: Number(latitude), longitude: Number(longitude) })
  const flags = flagsOf(location)
  const places = location.split(BETWEEN).filter((place) => fold(place) !== '')
  // `Trinidad and Tobago` is one place; so the whole comes first.
  const named = countryNames.get(fold(location)) ?? unanimous(places.map(countryOfPlace))
  if (named !== undefined) return named
  return flags.size === 1 ? ([...flags][0] ?? null) : null
}

/** The one country that all of those agree on that know one; null if they differ, undefined if none knows any. */
function unanimous(found: readonly (string | null)[]): string | null | undefined {
  const countries = new Set(found.filter((country) => country !== null))
  if (countries.size === 0) return undefined
  return countries.size === 1 ? ([...countries][0] ?? null) : null
}

/** From the narrow to the wide, as in `Manchester, NH, USA`. */
function countryOfPlace(place: string): string | null {
  const parts = place
    .split(/[,、，]/)
    .map((part) => part.trim())
    .filter((part) => fold(part) !== '')
  const [narrow, wide] = [parts[0], parts.at(-1)]
  if (narrow === undefined || wide === undefined) return null
  if (parts.length === 1) return countryOfName(narrow) ?? countryOfStateAtEnd(narrow)
  return countryOfPair(narrow, wide) ?? unanimous(parts.map(countryOfName)) ?? null
}

/** A city and its state or country. */
function countryOfPair(narrow: string, wide: string): string | null {
  const [city, name] = [bare(narrow), bare(wide)]
  const either = AMBIGUOUS.get(name)
  if (either) return either.find((country) => isCityOf(city, country)) ?? null
  return (
    countryNames.get(name) ??
    subdivisions.names.get(name) ??
    countryOfState(city, wide) ??
    countryOfCode(city, wide.toUpperCase())
  )
}

/** By a country's code, which is clear only beside a city of that country: `Hamilton, NZ`. */
const countryOfCode = (city: string, code: string): string | null =>
  code.length === 2 && isCountryCode(code) && isCityOf(city, code) ? code : null

/** `Santiago de Chile`, `Addison Texas`: a wider place at the end, and before it something that lies there. */
function countryOfEnd(name: string): string | null {
  const words = name.split(' ')
  for (let length = Math.min(LONGEST_COUNTRY, words.length - 1); length > 0; length -= 1) {
    const end = words.slice(-length).join(' ')
    const country = countryNames.get(end) ?? subdivisions.names.get(end)
    const rest = words.slice(0, -length)
    if (
      country !== undefined &&
      (liesIn(rest.join(' ').replace(/ (?:de|in)$/, ''), country) || liesIn(rest.at(-1) ?? '', country))
    )
      return country
  }
  return null
}

const liesIn = (name: string, country: string): boolean =>
  isCityOf(name, country) || subdivisions.names.get(name) === country

const LONGEST_COUNTRY = 3 // words

/** By a state's code; where two countries have it, the city tells. */
function countryOfState(city: string, code: string): string | null {
  const state = fold(code).toUpperCase()
  const countries = subdivisions.codes.get(state) ?? []
  return countries.find((country) => isCityOf(city, country, state)) ?? null
}

/** `Austin TX` */
function countryOfStateAtEnd(text: string): string | null {
  const [, city, state] = /^(.+?)\s+([A-Z]{2,3})$/.exec(text.trim()) ?? []
  return city === undefined || state === undefined ? null : countryOfState(bare(city), state)
}

/** What a name means that stands alone. */
function countryOfName(text: string): string | null {
  const byWhole = countryOfKey(fold(text))
  if (byWhole !== null) return byWhole
  const name = bare(text)
  const byName = countryOfKey(name)
  if (byName !== null) return byName
  const byEnd = countryOfEnd(name)
  if (byEnd !== null) return byEnd
  const byEnding = EAST_ASIAN.find(([ending]) => ending.test(name))
  if (byEnding) return byEnding[1]
  // Without spaces between words, a space is as good as a comma.
  const words = name.split(' ')
  return words.length > 1 && /[^\p{Script=Latin}\s]/u.test(name)
    ? (unanimous(words.map(countryOfKey)) ?? null)
    : null
}

function countryOfKey(name: string): string | null {
  if (AMBIGUOUS.has(name)) return null
  const code = name.toUpperCase()
  // NJ is no country, so it is New Jersey; CA might be either.
  const isState = (subdivisions.codes.get(code)?.includes('US') ?? false) && !isCountryCode(code)
  if (isState && name.length === 2) return 'US'
  return countryNames.get(name) ?? countryOfCity(name) ?? subdivisions.names.get(name) ?? null
}

const bare = (text: string): string => fold(text).replace(BEFORE, '')

const FLAG = /[\u{1F1E6}-\u{1F1FF}]{2}/gu
const ENGLAND_SCOTLAND_OR_WALES = /\u{1F3F4}\u{E0067}\u{E0062}/u
const FIRST_INDICATOR = 0x1f1e6
const LETTER_A = 65

/** The countries whose flags stand in a text. */
function flagsOf(text: string): ReadonlySet<string> {
  const codes = [...text.matchAll(FLAG)].map(([flag]) =>
    Array.from(flag)
      .map((it) => String.fromCodePoint((it.codePointAt(0) ?? 0) - FIRST_INDICATOR + LETTER_A))
      .join(''),
  )
  return new Set([
    ...codes.filter((code) => isCountryCode(code) || code === 'XK'),
    ...(ENGLAND_SCOTLAND_OR_WALES.test(text) ? ['GB'] : []),
  ])
}
