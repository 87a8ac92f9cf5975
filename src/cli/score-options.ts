import { z } from 'zod'

import { isoSeconds, QUARTER_HOUR_MS } from '../jobs/slot.ts'
import { checked } from './checked.ts'
import { instantOf } from './instant.ts'
import { kernelChoice } from './kernel-choice.ts'
import { sourceOf } from './source.ts'

/** The windows by the names that flags give them. */
export const WINDOW_HOURS = { '24h': 24, '7d': 168, '30d': 720 } as const
const TOP_RANGE = '--top takes a whole number from 1 to 1,000'

/** A slot's end as a flag gives it. */
export const slot = z.string().transform((text, context): Date | 'auto' => {
  if (text === 'auto') return 'auto'
  const date = instantOf(text)
  const problem = problemOfSlot(`--slot ${text}`, date, ', or auto')
  if (!problem) return date
  context.addIssue({ code: 'custom', message: problem })
  return z.NEVER
})

/** The end of a slot as another flag gives it. */
export const quarterHour = (flag: string) =>
  z.string().transform((text, context): Date => {
    const date = instantOf(text)
    const problem = problemOfSlot(`${flag} ${text}`, date)
    if (!problem) return date
    context.addIssue({ code: 'custom', message: problem })
    return z.NEVER
  })

/** A window as a flag names it. */
export const windowName = z.enum(['24h', '7d', '30d'], {
  error: ({ input }) => `--window ${String(input)} is unknown; choose 24h, 7d or 30d`,
})

const schema = z
  .object({
    input: z.array(sourceOf('--input')).min(1),
    follows: z.array(sourceOf('--follows')).optional(),
    term: z
      .string()
      .trim()
      .min(1, '--term is empty; name the search term, or leave the flag out')
      .max(255)
      .optional(),
    slot,
    window: windowName,
    kernel: kernelChoice,
    top: z.coerce.number({ error: TOP_RANGE }).int(TOP_RANGE).min(1, TOP_RANGE).max(1000, TOP_RANGE),
    lake: z.string().optional(),
    emrSession: z
      .string()
      .regex(/^j-[0-9A-Z]+$/, '--emr-session takes the id of a cluster, as j-3ABCDEFGHIJKL')
      .optional(),
    json: z.boolean().default(false),
  })
  .transform(({ input, window, ...rest }) => ({ ...rest, inputs: input, windowHours: WINDOW_HOURS[window] }))

/** The flags of `score`, checked: inputs are absolute paths or `s3://` addresses that look right. */
export type ScoreOptions = z.infer<typeof schema>

/**
 * Checks the flags of `score` before anything is started.
 * @throws ConfigError with one sentence for each flag that cannot be used
 */
export async function parseScoreOptions(flags: unknown): Promise<ScoreOptions> {
  return checked(await schema.safeParseAsync(flags))
}

/** @param given the flag with what it says @param otherwise what else it may say */
function problemOfSlot(given: string, date: Date, otherwise = ''): string | undefined {
  if (Number.isNaN(date.getTime())) {
    return `${given} is not a time; write it as 2026-01-02T03:15:00Z${otherwise}`
  }
  const before = new Date(Math.floor(date.getTime() / QUARTER_HOUR_MS) * QUARTER_HOUR_MS)
  if (before.getTime() === date.getTime()) return undefined
  const after = new Date(before.getTime() + QUARTER_HOUR_MS)
  return `${given} is not a UTC quarter hour; the nearest are ${isoSeconds(before)} and ${isoSeconds(after)}`
}
