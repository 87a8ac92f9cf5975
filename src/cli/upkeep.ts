import { Command } from 'commander'

import type { CommandContext } from './command-context.ts'

const LAKE = 'where parsed data is kept, a folder or s3://bucket/prefix (RIPPLERANK_LAKE)'

/** `ripplerank compact`. */
export function compactCommand(context: CommandContext): Command {
  return new Command('compact')
    .summary('merge small folders of parsed data')
    .description('Merges the folders of silver that many slots left into few. `schedule` does so by itself.')
    .option('--lake <place>', LAKE)
    .action(async (flags: unknown) => {
      const { runCompact } = await import('./run-upkeep.ts')
      await runCompact(flags, context)
    })
}

/** `ripplerank lake prune`. */
export function lakeCommand(context: CommandContext): Command {
  const lake = new Command('lake').summary('look after parsed data').description('Looks after parsed data.')
  lake
    .command('prune')
    .summary('remove parsed data that nothing needs any more')
    .description(
      'Removes silver that was replaced a day ago or that no manifest names, and with --older-than what is older. ' +
        'Never touches raw objects.',
    )
    .option('--older-than <days>', 'also silver whose newest tweet is older')
    .option('--lake <place>', LAKE)
    .action(async (flags: unknown) => {
      const { runLakePrune } = await import('./run-upkeep.ts')
      await runLakePrune(flags, context)
    })
  return lake
}
