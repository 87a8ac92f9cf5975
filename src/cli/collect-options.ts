import { resolve } from 'node:path'

import { z } from 'zod'

import { checked } from './checked.ts'
import { instantOf } from './instant.ts'

const SOURCES = ['x', 'bluesky', 'replay', 'simulate'] as const
const MOST_PORT = 65_535

const whole = (flag: string, most = Number.MAX_SAFE_INTEGER) => {
  const range =
    most === MOST_PORT
      ? `${flag} takes a port from 1 to ${MOST_PORT}`
      : `${flag} takes a whole number from 1, such as 5000`
  return z.coerce.number({ error: range }).int(range).min(1, range).max(most, range)
}

const SPEED_RANGE = '--speed takes a number above 0, such as 60, or max'
const speed = z
  .literal('max')
  .transform(() => undefined)
  .or(z.coerce.number({ error: SPEED_RANGE }).positive(SPEED_RANGE))

const since = z.string().transform((text, context): Date => {
  const date = instantOf(text)
  if (!Number.isNaN(date.getTime())) return date
  const message = `--since ${text} is not a time; write it as 2026-01-02T03:15:00Z`
  context.addIssue({ code: 'custom', message })
  return z.NEVER
})

/** Flags that mean something to one source only. */
const ONLY = [
  ['input', 'replay'],
  ['speed', 'replay'],
  ['rate', 'simulate'],
  ['since', 'x'],
] as const

const schema = z
  .object({
    term: z.string().trim().min(1, 'the search term is empty'),
    source: z.enum(SOURCES, {
      error: ({ input }) => `--source ${String(input)} is unknown; choose ${SOURCES.join(', ')}`,
    }),
    input: z
      .string()
      .transform((path) => resolve(path))
      .optional(),
    speed: speed.optional(),
    rate: whole('--rate').optional(),
    since: since.optional(),
    maxPosts: whole('--max-posts').optional(),
    stream: z
      .string()
      .regex(
        /^[a-zA-Z0-9_.-]{1,64}$/,
        '--stream takes up to 64 letters, digits, dots, hyphens and underscores',
      )
      .optional(),
    state: z
      .string()
      .transform((path) => resolve(path))
      .optional(),
    metricsPort: whole('--metrics-port', MOST_PORT).optional(),
    json: z.boolean().default(false),
  })
  .superRefine(({ source, ...flags }, context) => {
    const tell = (message: string): void => context.addIssue({ code: 'custom', message })
    if (source === 'replay' && flags.input === undefined)
      tell('--input is missing; name the file or folder that is to be replayed')
    for (const [flag, only] of ONLY) {
      if (source !== only && flags[flag] !== undefined)
        tell(`--${flag} means nothing to --source ${source}; leave it out`)
    }
  })

/** The flags of `collect`, checked; paths are absolute, and a speed that is missing means as fast as possible. */
export type CollectOptions = z.infer<typeof schema>

/**
 * Checks the flags of `collect` before anything is started.
 * @throws ConfigError with one sentence for each flag that cannot be used
 */
export function parseCollectOptions(flags: unknown): CollectOptions {
  return checked(schema.safeParse(flags))
}
