import { Command } from 'commander'

import type { CommandContext } from './command-context.ts'

/** `ripplerank up`. */
export function upCommand(context: CommandContext): Command {
  return new Command('up')
    .summary('run Spark, MariaDB and S3 on this machine until Ctrl-C')
    .description(
      'Runs Spark, MariaDB and S3 on this machine and prints the variables that lead to them, until Ctrl-C. ' +
        'A service whose variable is set already is left to its owner.',
    )
    .addHelpText(
      'after',
      '\nIn another shell, paste the export lines that it prints; then ripplerank score, mysql and aws find them.',
    )
    .action(async () => {
      const { runUp } = await import('./run-up.ts')
      await runUp(context)
    })
}
