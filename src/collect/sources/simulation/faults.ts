import type { Random } from '../../random.ts'

/** How a record is broken: cut short, not JSON at all, or JSON without the tweet's id. */
export type Fault = 'truncated' | 'not json' | 'no id'

const FAULTS: readonly Fault[] = ['truncated', 'not json', 'no id']

const NOISE: readonly string[] = [
  '<html><body>503 Service Unavailable</body></html>',
  'Exceeded connection limit for user',
  'nul',
]

/** One of the faults, each as likely as the next. */
export const faultFrom = (random: Random): Fault => FAULTS[random.uint32() % FAULTS.length] ?? 'truncated'

/** What is left of a good line after the fault; it never holds a line end. */
export function brokenLine(random: Random, fault: Fault, line: string): string {
  if (fault === 'not json') return NOISE[random.uint32() % NOISE.length] ?? 'nul'
  if (fault === 'no id') return line.replace(/"status_id":"\d+"/, '"status_id":"None"')
  const cut = line.slice(0, 20 + Math.floor(random.unit() * (line.length - 40)))
  // Never between the two halves of a surrogate pair: bytes are made of it later.
  return cut.isWellFormed() ? cut : cut.slice(0, -1)
}
