/** Where somebody lives, in the ways in which people write it, and what they speak there. */
interface Home {
  readonly lang: string
  readonly spellings: readonly string[]
}

const home = (lang: string, spellings: string): Home => ({ lang, spellings: spellings.split('|') })

/** Where most people live comes first. Two of the spellings break what splits at commas or braces. */
const HOMES: readonly Home[] = [
  home('en', 'New York, NY|New York|NYC|Brooklyn, NY|New York, USA|nyc 🗽'),
  home('en', 'London|London, England|London, UK|South London|LONDON 🇬🇧|ÜT: 51.5072,-0.1276'),
  home('ja', '東京|Tokyo, Japan|日本 東京|東京都|Tokyo'),
  home('pt', 'São Paulo, Brasil|São Paulo|Sao Paulo, Brazil|SP, Brasil'),
  home('en', 'Los Angeles, CA|Los Angeles|LA, California|California, USA'),
  home('tr', 'İstanbul|Istanbul, Turkey|İstanbul, Türkiye'),
  home('fr', 'Paris|Paris, France|Paris 🇫🇷|Île-de-France'),
  home('es', 'Ciudad de México|CDMX, México|Mexico City|México'),
  home('en', 'Lagos, Nigeria|Lagos|Nigeria 🇳🇬'),
  home('en', 'Mumbai, India|Mumbai|मुंबई|New Delhi, India|Bengaluru, India'),
  home('es', 'Madrid|Madrid, España|Madrid, Spain'),
  home('de', 'Berlin|Berlin, Germany|Berlin, Deutschland|Berlin-Kreuzberg|52.5200, 13.4050'),
  home('en', 'Toronto|Toronto, Ontario|Toronto, Canada|Toronto, ON'),
  home('en', 'Chicago, IL|Chicago|Chicago, Illinois'),
  home('es', 'Buenos Aires|Buenos Aires, Argentina|Argentina 🇦🇷'),
  home('en', 'Manila|Quezon City, Philippines|Pilipinas'),
  home('en', 'Jakarta|Jakarta, Indonesia|Indonesia'),
  home('pt', 'Rio de Janeiro|Rio de Janeiro, Brasil|Brasil'),
  home('ja', '大阪|Osaka, Japan|大阪府'),
  home('en', 'Manchester|Manchester, England|Manchester, UK'),
  home('en', 'Sydney|Sydney, Australia|Sydney, New South Wales'),
  home('es', 'Bogotá, Colombia|Bogotá|Colombia'),
  home('de', 'Hamburg|Hamburg, Deutschland|Hamburg, Germany'),
  home('es', 'Barcelona|Barcelona, Catalunya|Barcelona, Spain'),
  home('en', 'Houston, TX|Houston, Texas|Austin, TX|Texas, USA'),
  home('en', 'Nairobi, Kenya|Nairobi|Kenya'),
  home('fr', 'Lyon|Lyon, France|Marseille|Bordeaux, France'),
  home('de', 'München|Munich, Germany|München, Bayern'),
  home('en', 'Dublin, Ireland|Dublin|Ireland'),
  home('es', 'Santiago, Chile|Santiago de Chile|Chile'),
  home('es', 'Lima, Perú|Lima, Peru|Perú'),
  home('pt', 'Lisboa|Lisboa, Portugal|Porto, Portugal|Portugal'),
  home('en', 'Atlanta, GA|Atlanta|Atlanta, Georgia'),
  home('en', 'Johannesburg, South Africa|Cape Town|South Africa'),
  home('de', 'Wien|Vienna, Austria|Wien, Österreich|Graz'),
  home('en', 'Accra, Ghana|Ghana 🇬🇭|Accra'),
  home('en', 'Seattle, WA|Seattle|Portland, OR'),
  home('de', 'Zürich|Zürich, Schweiz|Bern, Switzerland'),
  home('fr', 'Montréal|Montréal, Québec|Montreal, Canada'),
  home('en', 'Glasgow|Glasgow, Scotland|Edinburgh, Scotland|Cardiff, Wales'),
  home('fr', 'Bruxelles|Bruxelles, Belgique|Brussels, Belgium'),
  home('en', 'Amsterdam|Amsterdam, The Netherlands|Utrecht, Nederland'),
  home('en', 'Melbourne, Victoria|Melbourne|Melbourne, Australia'),
  home('tr', 'Ankara|Ankara, Türkiye|İzmir'),
  home('en', 'Singapore|Kuala Lumpur, Malaysia|Bangkok, Thailand'),
  home('ja', '札幌|Sapporo, Japan|福岡県|Kyoto, Japan'),
  home('en', 'Milano|Roma, Italia|Rome, Italy|Torino'),
  home('en', 'Stockholm|Stockholm, Sverige|Oslo, Norway|København'),
  home('en', 'Warszawa|Warszawa, Polska|Kraków, Poland|Praha'),
  home('en', 'Cairo, Egypt|القاهرة|Dubai, United Arab Emirates|Riyadh'),
  home('en', 'Seoul|서울|Taipei|台北'),
  home('en', 'Auckland, New Zealand|Wellington, NZ|Aotearoa'),
  home('en', 'London, Ontario|Vancouver, BC|Halifax, Nova Scotia'),
  home('fr', "Dakar, Sénégal|Abidjan, Côte d'Ivoire|Tunis|Casablanca, Maroc"),
]

/** What names no country, or more than one. */
const NOWHERE: readonly string[] = [
  'everywhere, mostly',
  'Upper "The" Marsh',
  'Dunmere\\Bay',
  'your timeline',
  'behind the {curtain}',
  'she/her',
  'he/him | 24',
  'in transit ✈️',
  'Earth 🌍',
  'worldwide',
  'somewhere quiet',
  'Berlin ↔ Lisboa',
  'Georgia',
  'the kitchen, usually',
  'London | Paris | Tokyo',
  'on the 7:42 train',
  '✨',
  'none of your business',
  'https://moth.example/about',
  'Moonharvest, second row',
]

const EMPTY_PERCENT = 30 // of all profiles
const NOWHERE_PERCENT = 12

const pick = (texts: readonly string[], hash: number): string => texts[hash % texts.length] ?? ''

/** The home that a hash stands for: few places have most of the people. */
export function homeOf(hash: number): Home {
  const unit = hash / 4_294_967_296
  return HOMES[Math.floor(HOMES.length * unit * unit)] ?? home('en', 'London')
}

/** What a profile says of its home: nothing, nonsense, or one of its spellings; null is nothing. */
export function locationOf({ spellings }: Home, hash: number): string | null {
  const percent = hash % 100
  if (percent < EMPTY_PERCENT) return null
  return pick(percent < EMPTY_PERCENT + NOWHERE_PERCENT ? NOWHERE : spellings, hash >>> 8)
}
