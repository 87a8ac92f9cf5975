import { Command } from 'commander'

import type { CommandContext } from './command-context.ts'

/** `ripplerank schedule`: the flags; what they mean is checked and done in `run-schedule.ts`. */
export function scheduleCommand(context: CommandContext): Command {
  return new Command('schedule')
    .summary('score every quarter hour, and make up for what was missed')
    .description(
      'Scores each slot a few minutes after its end, missed slots first, in order. A slot that another run holds is left to ' +
        'it. What fails is tried again a quarter hour later. Ctrl-C ends it.',
    )
    .requiredOption('--input <source...>', 'file, folder or s3://bucket/prefix; several may follow')
    .option('--term <term>', 'search term of data that does not name one')
    .option('--follows <list...>', 'who follows whom, as for score')
    .option('--window <length...>', 'how far back events count: 24h, 7d, 30d; several may follow', ['24h'])
    .option('--kernel <name>', 'as for score', 'calibrated')
    .option('--delay <minutes>', 'how long after its end a slot waits for late records', '6')
    .option('--catch-up <hours>', 'how far back a missed slot is made up for', '24')
    .option('--lake <place>', 'where parsed data is kept, a folder or s3://bucket/prefix (RIPPLERANK_LAKE)')
    .option('--once', 'score what is due now and end: 3 if another run holds the slot')
    .option('--until <time>', 'with --once: the slot that is due, by whoever calls; no delay is waited for')
    .addHelpText(
      'after',
      `
Examples:
  ripplerank schedule --input s3://bucket/raw/ --window 24h 7d
  ripplerank schedule --input s3://bucket/raw/ --once      # from cron or a systemd timer`,
    )
    .action(async (flags: unknown) => {
      const { runSchedule } = await import('./run-schedule.ts')
      await runSchedule(flags, context)
    })
}
