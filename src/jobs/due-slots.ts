import { QUARTER_HOUR_MS } from './slot.ts'

interface DueInput {
  /** The last slot that may be scored. */
  readonly newest: Date
  /** How far back a missed slot is made up for. */
  readonly catchUpMs: number
  /** The slots that are published. */
  readonly published: readonly Date[]
}

/** The last slot that has ended. @param delayMs how long after its end its records may still arrive */
export const newestDueSlot = (now: Date, delayMs: number): Date =>
  new Date(Math.floor((now.getTime() - delayMs) / QUARTER_HOUR_MS) * QUARTER_HOUR_MS)

/**
 * The ends of the slots that are to be scored now, in order: those that nobody published since the first one, as far
 * back as they are made up for; the newest alone where none ever was.
 */
export function dueSlots({ newest: last, catchUpMs, published }: DueInput): readonly Date[] {
  const newest = last.getTime()
  const done = new Set(published.map((slotEnd) => slotEnd.getTime()))
  const first = done.size === 0 ? newest : Math.min(...done)
  const oldest = Math.max(first, Math.ceil((newest - catchUpMs) / QUARTER_HOUR_MS) * QUARTER_HOUR_MS)
  const all = Array.from(
    { length: Math.max(0, (newest - oldest) / QUARTER_HOUR_MS + 1) },
    (_, index) => oldest + index * QUARTER_HOUR_MS,
  )
  return all.filter((slotEnd) => !done.has(slotEnd)).map((slotEnd) => new Date(slotEnd))
}
