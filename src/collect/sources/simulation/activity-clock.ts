const DAY_MS = 86_400_000
const RADIANS_PER_MS = (2 * Math.PI) / DAY_MS
const SWING = 0.7 // at its busiest hour the stream is (1 + 0.7) / (1 - 0.7) = 5.7 times its quietest
const BUSIEST_MS = 19 * 3_600_000 // 19:00 UTC
const NEWTON_STEPS = 5 // exact to a microsecond

/**
 * Activity time of a moment (both in milliseconds since 1970): it runs fast by day and slowly by night.
 *
 * People who do not look at the stream do not retweet: delays are drawn in activity time, which gives
 * the day's rhythm to every cascade without a rejection step.
 */
export function activityTime(timeMs: number): number {
  return timeMs + (SWING / RADIANS_PER_MS) * Math.sin(RADIANS_PER_MS * (timeMs - BUSIEST_MS))
}

/** The moment (milliseconds since 1970) whose activity time this is; inverse of {@link activityTime}. */
export function momentOfActivity(activityMs: number): number {
  let timeMs = activityMs
  for (let step = 0; step < NEWTON_STEPS; step++) {
    const speed = 1 + SWING * Math.cos(RADIANS_PER_MS * (timeMs - BUSIEST_MS))
    timeMs -= (activityTime(timeMs) - activityMs) / speed
  }
  return timeMs
}
