const FIRST_MS = 100
const LONGEST_MS = 20_000

/**
 * How long to wait before the next attempt: twice as long after each that brought nothing, 0.1 to 20 s, less up to a half by chance,
 * so that many who failed together do not come back together.
 *
 * @param attempts how many in a row have brought nothing, from 1
 * @param unit by chance, from 0 to 1
 * @returns milliseconds
 */
export function backOffMs(attempts: number, unit: number): number {
  const most = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempts - 1, 30))
  return Math.round(most * (1 - unit / 2))
}
