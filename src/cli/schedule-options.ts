import { z } from 'zod'

import { checked } from './checked.ts'
import { kernelChoice } from './kernel-choice.ts'
import { quarterHour, WINDOW_HOURS, windowName } from './score-options.ts'
import { sourceOf } from './source.ts'

const DELAY = '--delay takes whole minutes from 0 to 14'
const CATCH_UP = '--catch-up takes whole hours from 0 to 720'

const schema = z
  .object({
    input: z.array(sourceOf('--input')).min(1),
    follows: z.array(sourceOf('--follows')).optional(),
    term: z.string().trim().min(1, '--term is empty; name the search term, or leave the flag out').optional(),
    window: z.array(windowName).min(1),
    kernel: kernelChoice,
    lake: z.string().optional(),
    delay: z.coerce.number({ error: DELAY }).int(DELAY).min(0, DELAY).max(14, DELAY),
    catchUp: z.coerce.number({ error: CATCH_UP }).int(CATCH_UP).min(0, CATCH_UP).max(720, CATCH_UP),
    once: z.boolean().default(false),
    until: quarterHour('--until').optional(),
  })
  .refine(({ once, until }) => once || until === undefined, {
    error: '--until is for --once: a schedule that goes on has no last slot',
  })
  .transform(({ input, window, delay, catchUp, ...rest }) => ({
    ...rest,
    inputs: input,
    windows: [...new Set(window)].map((name) => WINDOW_HOURS[name]),
    delayMinutes: delay,
    catchUpMs: catchUp * 3_600_000,
  }))

/** The flags of `schedule`, checked. */
export type ScheduleOptions = z.infer<typeof schema>

/**
 * Checks the flags of `schedule` before anything is started.
 * @throws ConfigError with one sentence for each flag that cannot be used
 */
export async function parseScheduleOptions(flags: unknown): Promise<ScheduleOptions> {
  return checked(await schema.safeParseAsync(flags))
}
