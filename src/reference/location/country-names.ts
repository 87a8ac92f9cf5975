import countries from 'i18n-iso-countries'
import { fold } from './fold.ts'

// What people write beside the names of the standard. XK is not in ISO 3166-1, but what everybody uses.
const ALSO: Readonly<Record<string, string>> = {
  AE: 'uae emirates',
  CD: 'dr congo|drc|congo kinshasa',
  CI: 'ivory coast|cote divoire',
  CZ: 'czech republic|cesko|czechia',
  GB: 'uk|great britain|britain|england|scotland|wales|northern ireland|cymru|alba|united kingdom|inglaterra|angleterre|reino unido',
  HK: 'hong kong|香港',
  IE: 'ireland|eire|republic of ireland',
  JP: 'nippon|nihon|日本国',
  KR: 'korea|south korea|republic of korea|rok|한국|대한민국',
  MM: 'burma|myanmar',
  MO: 'macau|macao|澳門|澳门',
  NL: 'holland|the netherlands|netherlands',
  NZ: 'aotearoa|new zealand',
  PH: 'pilipinas|philippines|pinas',
  PS: 'palestine|gaza|filastin|فلسطين',
  RU: 'russia|russian federation|россия',
  SA: 'ksa|saudi arabia|السعودية',
  SY: 'syria',
  TH: 'thailand|ประเทศไทย|เมืองไทย',
  TR: 'turkey|turkiye',
  TW: 'taiwan|台灣|台湾|臺灣',
  US: 'us|usa|united states|united states of america|america|the states|eeuu|eua|estados unidos',
  VN: 'vietnam|viet nam|việt nam',
  XK: 'kosovo|kosova',
  ZA: 'south africa|mzansi|rsa',
}

// `Island` is what Germans call Iceland; in a profile it is an island.
const OTHER_WORDS: ReadonlySet<string> = new Set(['island', 'man', 'same', 'home', 'georgia'])

/** Names in 78 languages to countries; a name that two languages give to two countries means neither. */
function readCountryNames(): ReadonlyMap<string, string> {
  const names = new Map<string, string | null>()
  for (const language of countries.getSupportedLanguages()) {
    for (const [code, given] of Object.entries(countries.getNames(language, { select: 'all' }))) {
      for (const name of given) {
        const key = fold(name)
        const before = names.get(key)
        names.set(key, before === undefined || before === code ? code : null)
      }
    }
  }
  for (const [code, name] of Object.entries(countries.getNames('en'))) names.set(fold(name), code)
  for (const [code, more] of Object.entries(ALSO)) {
    for (const name of more.split('|')) names.set(fold(name), code)
  }
  const known = [...names].filter((entry): entry is [string, string] => entry[1] !== null && isName(entry[0]))
  return new Map(known)
}

// Two Latin letters are a code, of which only those above are as clear as a name.
const isName = (key: string): boolean =>
  !OTHER_WORDS.has(key) && (key.length > 2 || !/^[a-z]+$/.test(key) || key === 'uk' || key === 'us')

export const countryNames: ReadonlyMap<string, string> = readCountryNames()

/** Whether two letters are a country's code, as `CA` is. */
export const isCountryCode = (code: string): boolean => countries.isValid(code.toUpperCase())
