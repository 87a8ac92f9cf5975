import { Command } from 'commander'

import type { CommandContext } from './command-context.ts'

/** `ripplerank verify`: the flags; what they mean is checked and done in `run-verify.ts`. */
export function verifyCommand(context: CommandContext): Command {
  return new Command('verify')
    .summary('recompute a published slot from its raw objects, and list every difference')
    .description(
      'Reads the raw objects of a published slot again, all in one pass, scores them and compares every row with what is ' +
        'published. Publishes nothing. Ends with 1 if anything differs.',
    )
    .option('--slot <time>', 'end of the slot, or latest for the newest that is published', 'latest')
    .option('--window <length>', 'the window: 24h, 7d or 30d', '24h')
    .option('--kernel <name>', 'the kernel that the slot was scored with', 'calibrated')
    .option('--follows <list...>', 'the follow lists that the slot was scored with')
    .option('--lake <place>', 'where parsed data is kept, a folder or s3://bucket/prefix (RIPPLERANK_LAKE)')
    .option('--json', 'print one JSON document instead of the list')
    .action(async (flags: unknown) => {
      const { runVerify } = await import('./run-verify.ts')
      await runVerify(flags, context)
    })
}
