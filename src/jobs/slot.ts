const QUARTER_HOUR_MS = 15 * 60 * 1000

/** The end of the slot that holds a time: slots end on UTC quarter hours, and the end belongs to the slot. */
export const slotEndOf = (time: Date): Date =>
  new Date(Math.ceil(time.getTime() / QUARTER_HOUR_MS) * QUARTER_HOUR_MS)
