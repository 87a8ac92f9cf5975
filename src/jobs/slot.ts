export const QUARTER_HOUR_MS = 15 * 60 * 1000

/** The end of the slot that holds a time: slots end on UTC quarter hours, and the end belongs to the slot. */
export const slotEndOf = (time: Date): Date =>
  new Date(Math.ceil(time.getTime() / QUARTER_HOUR_MS) * QUARTER_HOUR_MS)

/**
 * A time in ISO 8601, UTC, with milliseconds only where there are some.
 * @example isoSeconds(new Date(0)) // '1970-01-01T00:00:00Z'
 */
export const isoSeconds = (time: Date): string => time.toISOString().replace('.000Z', 'Z')
