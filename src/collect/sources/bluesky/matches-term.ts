/** Scripts that put no spaces between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u
const SPECIAL = /[$()*+./?[\\\]^{|}-]/g

/**
 * Tells whether a text holds a term: its words next to each other and whole, whatever their case.
 *
 * @example matchesTerm('glass river')('The #Glass  River!') // true
 */
export function matchesTerm(term: string): (text: string) => boolean {
  const words = folded(term)
    .trim()
    .split(/\s+/)
    .map((word) => word.replaceAll(SPECIAL, String.raw`\$&`))
  const phrase = words.join(String.raw`\s+#?`)
  const whole = String.raw`(?<![\p{L}\p{N}_])${phrase}(?![\p{L}\p{N}_])`
  const pattern = new RegExp(UNSPACED.test(term) ? phrase : whole, 'u')
  return (text) => pattern.test(folded(text))
}

const folded = (text: string): string => text.normalize('NFKC').toLowerCase()
