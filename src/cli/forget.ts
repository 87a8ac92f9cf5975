import { Command } from 'commander'

import type { CommandContext } from './command-context.ts'

/** `ripplerank forget`: the flags; what they mean is checked and done in `run-forget.ts`. */
export function forgetCommand(context: CommandContext): Command {
  return new Command('forget')
    .summary('remove authors and tweets from all that is kept')
    .description(
      'Removes authors and tweets from silver, from every slot of every table and from rejected records, and leaves a ' +
        'deletion that all later batches honour. Then searches for them. Raw objects are never changed: those that still ' +
        "hold them are listed, for the bucket's owner.",
    )
    .option('--author <id...>', 'ids of authors')
    .option('--tweet <id...>', 'ids of tweets')
    .option('--events', 'also what deletions among the records name: compliance events, Bluesky deletes')
    .option('--lake <place>', 'where parsed data is kept, a folder or s3://bucket/prefix (RIPPLERANK_LAKE)')
    .option('--json', 'print one JSON document instead of the sentences')
    .action(async (flags: unknown) => {
      const { runForget } = await import('./run-forget.ts')
      await runForget(flags, context)
    })
}
