import { Command } from 'commander'

import type { CommandContext } from './command-context.ts'
import { addKnownCascadesFlags } from './known-cascades-flags.ts'

/** `ripplerank calibrate`: the flags; what they mean is checked and done in `run-calibrate.ts`. */
export function calibrateCommand(context: CommandContext): Command {
  const command = new Command('calibrate')
    .summary('fit a kernel of depth to cascades of which a follow list is known')
    .description(
      'Finds who retweeted from whom by a follow list, fits how followers, time and being the root draw retweets, and ' +
        'saves the kernel for score and evaluate.',
    )
  return addKnownCascadesFlags(command)
    .option('--name <name>', 'the new kernel’s name', 'my-kernel')
    .option('--out <file>', 'where to save it (default: NAME.kernel.json in this folder)')
    .addHelpText(
      'after',
      `
Examples:
  ripplerank calibrate --input tweets.jsonl.gz --follows follows.tsv.gz --name storm
  ripplerank score --input more-tweets.jsonl.gz --term storm --kernel storm`,
    )
    .action(async (flags: unknown) => {
      const { runCalibrate } = await import('./run-calibrate.ts')
      await runCalibrate(flags, context)
    })
}
