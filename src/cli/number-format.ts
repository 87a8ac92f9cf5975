const wholes = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const scores = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
const thousandths = new Intl.NumberFormat('en', { minimumFractionDigits: 3, maximumFractionDigits: 3 })
const tenths = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 })

/** What stands where nothing is known. */
export const UNKNOWN = '–'

/** @example formatWhole(610345) // '610,345' */
export function formatWhole(value: number | bigint | null | undefined): string {
  return value === null || value === undefined ? UNKNOWN : wholes.format(value)
}

/** @example formatScore(49.6742) // '49.67' */
export function formatScore(value: number | null | undefined): string {
  return value === null || value === undefined ? UNKNOWN : scores.format(value)
}

/** @example formatThousandths(-1.28823) // '-1.288' */
export function formatThousandths(value: number | null | undefined): string {
  return value === null || value === undefined ? UNKNOWN : thousandths.format(value)
}

/** @example formatSeconds(4210) // '4.2 s' */
export function formatSeconds(durationMs: number): string {
  return `${tenths.format(durationMs / 1000)} s`
}

/** Decimal units, as S3 and disks count. @example formatBytes(1_134_000_000) // '1.1 GB' */
export function formatBytes(bytes: number): string {
  if (bytes < 1e3) return `${wholes.format(bytes)} B`
  if (bytes < 1e6) return `${wholes.format(bytes / 1e3)} kB`
  return bytes < 1e9 ? `${wholes.format(bytes / 1e6)} MB` : `${tenths.format(bytes / 1e9)} GB`
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** A time that may be long. @example formatSpan(95_000_000) // '1.1 d' */
export function formatSpan(durationMs: number): string {
  if (durationMs < 2 * MINUTE_MS) return formatSeconds(durationMs)
  if (durationMs < 2 * HOUR_MS) return `${tenths.format(durationMs / MINUTE_MS)} min`
  return durationMs < DAY_MS
    ? `${tenths.format(durationMs / HOUR_MS)} h`
    : `${tenths.format(durationMs / DAY_MS)} d`
}
