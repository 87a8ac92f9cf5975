import type { Command } from 'commander'

/** Adds the flags that say which cascades with known parents to take; `known-cascades-options.ts` checks them. */
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
