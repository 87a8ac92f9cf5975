import { AwsError } from '../aws/aws-error.ts'

const MINUTE_MS = 60_000

/**
 * The moments at which a schedule fires: `rate(15 minutes)`, or a `cron()` of minutes in every hour, in UTC.
 * @returns the first one after a moment, both in milliseconds since 1970
 * @throws AwsError for any other expression
 */
export function nextFireTime(expression: string, createdAtMs: number): (afterMs: number) => number {
  const [, count, unit] = /^rate\((\d+) (minute|hour)s?\)$/.exec(expression) ?? []
  if (count !== undefined) {
    const periodMs = Number(count) * MINUTE_MS * (unit === 'hour' ? 60 : 1)
    return (afterMs) => createdAtMs + (Math.floor((afterMs - createdAtMs) / periodMs) + 1) * periodMs
  }
  const [, start, step] = /^cron\((\d{1,2}|\*)\/(\d{1,2}) \* \* \* \? \*\)$/.exec(expression) ?? []
  if (step === undefined || Number(step) === 0)
    throw new AwsError('ValidationException', `Invalid Schedule Expression ${expression}.`)
  const first = start === '*' ? 0 : Number(start)
  return (afterMs) => {
    let minute = Math.floor(afterMs / MINUTE_MS) + 1
    while (minute % 60 < first || ((minute % 60) - first) % Number(step) !== 0) minute += 1
    return minute * MINUTE_MS
  }
}
