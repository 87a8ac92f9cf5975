const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

// What terminals draw two cells wide: East Asian wide and full-width forms, and emoji.
const wide =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|\ufe0f|\p{Regional_Indicator}/u
const halfWidthKatakana = /^[\uff65-\uff9f]/u
const zeroWidth = /^[\p{Mark}\p{Default_Ignorable_Code_Point}]+$/u

/** How many cells of a terminal a text takes. */
export function displayWidth(text: string): number {
  return [...graphemes.segment(text)].reduce((sum, { segment }) => sum + cellsOf(segment), 0)
}

/** Cuts a text to a number of cells, never inside a character; a cut text ends in an ellipsis. */
export function cutToWidth(text: string, width: number): string {
  if (displayWidth(text) <= width) return text
  let cut = ''
  let cells = 1 // of the ellipsis
  for (const { segment } of graphemes.segment(text)) {
    cells += cellsOf(segment)
    if (cells > width) break
    cut += segment
  }
  return `${cut}…`
}

/** Fills up with spaces to a number of cells. */
export function padToWidth(text: string, width: number, side: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, width - displayWidth(text)))
  return side === 'left' ? text + space : space + text
}

/**
 * A name that strangers chose, made safe to print: no control characters (they could drive the terminal), no marks
 * that turn the direction of the line, one line.
 */
export function printable(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replaceAll(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\p{Cs}]/gu, '')
    .trim()
}

function cellsOf(grapheme: string): number {
  if (zeroWidth.test(grapheme)) return 0
  return wide.test(grapheme) && !halfWidthKatakana.test(grapheme) ? 2 : 1
}
