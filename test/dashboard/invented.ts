import { createHash } from 'node:crypto'

import { seededRandom } from '../../src/collect/random.ts'

/** Numbers from 0 to 1 that follow from a text; the same text, the same numbers. */
export const invented = (text: string): (() => number) =>
  seededRandom(createHash('sha256').update(text).digest().readUInt32BE()).unit

/** A row by the names of its columns. */
export type Row = Readonly<Record<string, unknown>>
export const LAST_SLOT = new Date('2026-03-05T12:45:00Z')
export const SLOTS = 14
export const QUARTER_HOUR_MS = 15 * 60 * 1000

/** The end of a slot, 0 for the newest, 1 for the one before. */
export const slotBefore = (slots: number): Date => new Date(LAST_SLOT.getTime() - slots * QUARTER_HOUR_MS)

/** Names as somebody might have who wants to do harm. */
export const HOSTILE = {
  script: '<script>document.title = "taken"</script>',
  image: '"><img src=x onerror="document.title=\'taken\'">',
  rightToLeft: '\u202Egnp.exe\u202C مرحبا بالعالم',
  emoji: '👩🏽‍🚀🔥🇺🇳 Zoë',
  long: 'Lo'.repeat(5_000),
  nullByte: 'Nu\u0000ll\u0007 bell',
  formula: '=HYPERLINK("http://evil.example","click")',
} as const

/** An id that a number would not hold. */
export const idOf = (index: number): string => String(9_007_199_254_740_993n + BigInt(index))

/** Which of the invented authors are hostile; far enough down to leave the first page to the others. */
export const HOSTILE_FROM = 40

/** The one whose name is a certain text of `HOSTILE`. */
export const hostileId = (kind: keyof typeof HOSTILE): string =>
  idOf(HOSTILE_FROM + Object.keys(HOSTILE).indexOf(kind))

/** What rows of one term and slot begin with. */
export interface Key {
  readonly term: string
  readonly window_hours: number
  readonly slot_end: Date
}
