/** Frequent English words that are hardly any in other languages of its alphabet. */
const FREQUENT = new Set(
  'the and of to is it you that this for with was are have not but be they what your we my from has would there'
    .concat(' their who will just about been when out how were our its than does because why could should')
    .split(' '),
)
const LEAST_WORDS = 2
const LEAST_SHARE = 0.15

/** Whether a text whose language nobody says is English: no other language has so many of its frequent words. */
export function looksEnglish(text: string): boolean {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? []
  const frequent = words.filter((word) => FREQUENT.has(word))
  return new Set(frequent).size >= LEAST_WORDS && frequent.length >= words.length * LEAST_SHARE
}
