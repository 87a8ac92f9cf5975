import type { SourceEvent } from './source.ts'

const SHOWN_CHARACTERS = 2_000

/** Tells of what is not usable, and how it begins. */
export const refusal = (reason: string, text: string): SourceEvent => ({
  kind: 'refused',
  reason,
  data: text.slice(0, SHOWN_CHARACTERS),
})
