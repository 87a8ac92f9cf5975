import { Command } from 'commander'

import type { CommandContext } from './command-context.ts'
import { addKnownCascadesFlags } from './known-cascades-flags.ts'

/** `ripplerank evaluate`: the flags; what they mean is checked and done in `run-evaluate.ts`. */
export function evaluateCommand(context: CommandContext): Command {
  const command = new Command('evaluate')
    .summary('measure kernels of depth on cascades of which a follow list is known')
    .description('Finds who retweeted from whom by a follow list, and says how near each kernel comes to it.')
  return addKnownCascadesFlags(command)
    .option(
      '--kernel <kernel...>',
      'kernels that calibrate saved, by name or file, beside calibrated and debatenight',
    )
    .addHelpText(
      'after',
      `
Example:
  ripplerank evaluate --input tweets.jsonl.gz --follows follows.tsv.gz --kernel storm

A kernel that was fitted to the same cascades is flattered: measure it on others.`,
    )
    .action(async (flags: unknown) => {
      const { runEvaluate } = await import('./run-evaluate.ts')
      await runEvaluate(flags, context)
    })
}
