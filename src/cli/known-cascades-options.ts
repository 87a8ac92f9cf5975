import { z } from 'zod'

import { sourceOf } from './source.ts'

const MIN_RETWEETERS = '--min-retweeters takes a whole number from 2 to 1,000,000'

/** The flags that say which cascades with known parents to take, as they are checked. */
export const knownCascadesOptions = {
  input: z.array(sourceOf('--input')).min(1),
  follows: z.array(sourceOf('--follows')).min(1),
  minRetweeters: z.coerce
    .number({ error: MIN_RETWEETERS })
    .int(MIN_RETWEETERS)
    .min(2, MIN_RETWEETERS)
    .max(1e6, MIN_RETWEETERS),
  rootFollowers: z.enum(['first', 'last'], {
    error: ({ input }) => `--root-followers ${String(input)} is unknown; choose first or last`,
  }),
  lake: z.string().optional(),
  json: z.boolean().default(false),
}
