import type { Command } from 'commander'
import { z } from 'zod'

import { sourceOf } from './source.ts'

const MIN_RETWEETERS = '--min-retweeters takes a whole number from 2 to 1,000,000'

/** The flags that say which cascades with known parents to take. */
export const knownCascadesFlags = {
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

/** Adds those flags to a command. */
export const addKnownCascadesFlags = (command: Command): Command =>
  command
    .requiredOption(
      '--input <source...>',
      'file, folder or s3://bucket/prefix; several may follow, and the flag may be repeated',
    )
    .requiredOption(
      '--follows <source...>',
      'who follows whom: lines of "follower<TAB>followee", or "root<TAB>follower<TAB>followee" of one cascade',
    )
    .option('--min-retweeters <number>', 'how many distinct retweeters a cascade must have', '20')
    .option(
      '--root-followers <sighting>',
      'the root author’s followers as seen last, as the kernel calibrated was fitted, or first, as score takes them',
      'last',
    )
    .option('--lake <place>', 'where parsed data is kept, a folder or s3://bucket/prefix (RIPPLERANK_LAKE)')
    .option('--json', 'print one JSON document instead of the table')
