import english from 'cldr-subdivisions-full/subdivisions/en/en.json' with { type: 'json' }
import { fold } from './fold.ts'

// Where people sign with the code of their state.
const SIGNED_BY_CODE: ReadonlySet<string> = new Set(['US', 'CA', 'AU', 'BR'])

// Of a name that several countries have, these mean it if it stands alone: Florida is a department of Uruguay too.
const FIRST = ['US', 'CA', 'AU', 'GB', 'IN', 'DE']

// Names of New Zealand's, Uganda's or Iceland's regions that are but directions elsewhere.
const DIRECTION =
  /^(?:the )?(?:north|south|east|west|central|northern|southern|eastern|western|center|centre|capital)(?: (?:north|south|east|west|coast|region|central|province))*$/

/** Names that alone may be either, with the countries they may mean. */
export const AMBIGUOUS: ReadonlyMap<string, readonly string[]> = new Map([
  ['georgia', ['GE', 'US']],
  ['punjab', ['IN', 'PK']],
])

// What the English list does not have: how people there write it.
const ALSO: Readonly<Record<string, string>> = {
  AU: 'tassie',
  BR: 'bahia|minas gerais',
  DE: 'bayern|nrw|nordrhein westfalen|hessen|niedersachsen|sachsen|thuringen|rheinland pfalz',
  ES: 'catalunya|cataluna|andalucia|euskadi|galicia|pais vasco|euskal herria',
  FR: 'bretagne|ile de france|occitanie|normandie|corse|paca|alsace|provence',
  GB: 'yorkshire|kent|essex|surrey|cornwall|devon|cumbria|sussex|greater manchester|the midlands|west midlands',
  IT: 'lombardia|toscana|sicilia|sardegna|piemonte|veneto|puglia|campania|lazio',
  JP: '北海道',
  MX: 'jalisco|nuevo leon|edomex|yucatan',
  US: 'new england|bay area|sf bay area|long island|socal|norcal|silicon valley|the bronx|east coast usa|hawaii',
  ZA: 'kzn|kwazulu natal|gauteng',
}

interface Subdivisions {
  /** Folded names to countries. */
  readonly names: ReadonlyMap<string, string>
  /** Codes such as `TX` to the countries that have a state of that code. */
  readonly codes: ReadonlyMap<string, readonly string[]>
}

function readSubdivisions(): Subdivisions {
  const found = new Map<string, Set<string>>()
  const codes = new Map<string, string[]>()
  const add = (name: string, country: string) => found.set(name, (found.get(name) ?? new Set()).add(country))
  for (const [id, name] of Object.entries(english.subdivisions.localeDisplayNames.subdivisions)) {
    const [country, code] = [id.slice(0, 2).toUpperCase(), id.slice(2).toUpperCase()]
    add(fold(name), country)
    if (SIGNED_BY_CODE.has(country)) codes.set(code, [...(codes.get(code) ?? []), country])
  }
  for (const [country, more] of Object.entries(ALSO)) more.split('|').forEach((name) => add(name, country))
  const names = [...found].flatMap(([name, countries]) => {
    const country = countries.size === 1 ? [...countries][0] : FIRST.find((it) => countries.has(it))
    const isVague = AMBIGUOUS.has(name) || DIRECTION.test(name)
    return country === undefined || isVague ? [] : [[name, country] as const]
  })
  return { names: new Map(names), codes }
}

export const subdivisions: Subdivisions = readSubdivisions()
