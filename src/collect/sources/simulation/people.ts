import { mix32, normalFrom, unitFrom } from '../../random.ts'
import { homeOf, locationOf } from './homes.ts'

/** An invented person, made from the seed and an index alone: nobody is stored. */
export interface Person {
  readonly id: string
  readonly lang: string
  readonly name: string
  readonly screenName: string
  readonly image: string
  readonly location: string | null
  readonly followers: number
  readonly friends: number
  readonly statuses: number
  readonly favouritesGiven: number
  readonly listed: number
}

/** The little that a retweet tells about its author; cheaper to make than a {@link Person}. */
export type Passerby = Pick<Person, 'id' | 'screenName' | 'location' | 'followers'>

/** Who lives in a simulated stream: the first `writers` people are the ones who get retweeted. */
export interface Population {
  readonly seed: number
  readonly writers: number
  readonly people: number
}

const SYLLABLES = 'ba den fio gar hel io jun kel lor mi nev or pax qui ras sol tun ul ven wyx yo zan'.split(
  ' ',
)
const GIVEN = 'Anouk Béla Cíara Dario Elodie Fenn Goran Hülya Imre Jonna Kofi Lucía Mads Nadia Øyvind'
  .concat(' Pilar Quirin Renske Sıla Tomáš Ulla Vito Wanja Xenia Ylva Zoltán')
  .split(' ')
const FAMILY = 'Ashgrove Birnfeld Corvo Dunmere Eskil Falkenau Gray-Lund Hollow Ivarsen Jarrow Kestrel'
  .concat(' Lindqvist Marlow Nørby Okono Pellam Quill Rowan Silvane Thorne Umber Valk Wexley')
  .split(' ')
const FLAIR = ['', '', '', '', '', '', ' 🌊', ' 🐦', ' ✍🏽', ' (she/her)']

const WRITER_FOLLOWERS = { logMean: Math.log(2_500), logDeviation: 2.1 }
const READER_FOLLOWERS = { logMean: Math.log(280), logDeviation: 1.6 }
const MOST_FOLLOWERS = 90_000_000
const SHORT_ID_SHARE = 0.55 // accounts made before ids grew to 18 digits

const pick = (words: readonly string[], hash: number): string => words[hash % words.length] ?? ''

/** The given person as a retweet shows them. */
export function passerby(population: Population, index: number): Passerby {
  const hash = mix32(population.seed, index)
  const shape = mix32(hash, 11)
  const reach = index < population.writers ? WRITER_FOLLOWERS : READER_FOLLOWERS
  const normal = normalFrom(unitFrom(mix32(hash, 12)), unitFrom(mix32(hash, 13)))
  return {
    id: personId(index, unitFrom(shape)),
    screenName: `${pick(SYLLABLES, shape)}${pick(SYLLABLES, shape >>> 5)}_${index.toString(36)}`,
    location: locationOf(homeOf(mix32(hash, 14)), mix32(hash, 15)),
    followers: Math.min(MOST_FOLLOWERS, Math.floor(Math.exp(reach.logMean + reach.logDeviation * normal))),
  }
}

/** The given person with everything that a profile holds. */
export function person(population: Population, index: number): Person {
  const known = passerby(population, index)
  const hash = mix32(mix32(population.seed, index), 21)
  const habit = mix32(hash, 22)
  return {
    ...known,
    lang: homeOf(mix32(mix32(population.seed, index), 14)).lang,
    name: `${pick(GIVEN, hash)} ${pick(FAMILY, hash >>> 6)}${pick(FLAIR, hash >>> 12)}`,
    image: `https://images.birdwatch.example/profiles/${known.id}/${habit.toString(16)}_normal.jpg`,
    friends: habit % 2_500,
    statuses: 40 + (hash % 60_000),
    favouritesGiven: (habit >>> 8) % 30_000,
    listed: Math.floor(known.followers / 120),
  }
}

function personId(index: number, unit: number): string {
  if (unit < SHORT_ID_SHARE) return String(1_000_003 + index * 7)
  return `9${String(70_000_000 + Math.floor(unit * 1e7))}${String(index).padStart(9, '0')}`
}
