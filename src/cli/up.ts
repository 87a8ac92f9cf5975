import { Command } from 'commander'

import type { CommandContext } from './command-context.ts'

/** `ripplerank up`. */
export function upCommand(context: CommandContext): Command {
  return new Command('up')
    .summary('run Spark, MariaDB, S3 and Firehose on this machine until Ctrl-C')
    .description(
      'Runs Spark, MariaDB, S3 and Firehose on this machine and prints the variables that lead to them, until Ctrl-C. ' +
        'A service whose variable is set already is left to its owner. Tables and objects are kept; pipelines end with it.',
    )
    .addHelpText(
      'after',
      '\nIn another shell, paste the export lines that it prints; then ripplerank, mysql and aws find them.',
    )
    .action(async () => {
      const { runUp } = await import('./run-up.ts')
      await runUp(context)
    })
}
