import { Command } from 'commander'

import type { CommandContext } from './command-context.ts'

/** `ripplerank budget`: the flags; what they mean is checked and done in `run-budget.ts`. */
export function budgetCommand(context: CommandContext): Command {
  return new Command('budget')
    .summary('spend a sum on authors so that many readers are reached')
    .description(
      'Divides a sum between authors of a published slot so that the expected number of readers is large: readers ' +
        'who are reached through several authors count once. Amounts are in whatever currency you think in.',
    )
    .requiredOption('--total <amount>', 'what may be spent')
    .option('--max-per-author <amount>', 'what one author may get; all of it by default')
    .option('--costs <file>', 'CSV with the columns author (id or screen name) and cost (of one post)')
    .option(
      '--base <amount>',
      'without --costs: what a post costs at least; 50 if neither this nor --per-follower is given',
    )
    .option(
      '--per-follower <amount>',
      'without --costs: what it costs beside that for each follower; 0.001 if neither is given',
    )
    .option('--authors <number>', 'without --costs: how many of the ranking to choose from', '200')
    .option('--seen <share>', 'share of an audience that sees one post; an assumption', '0.1')
    .option('--term <term>', 'which term, where the slot has several')
    .option('--slot <time>', 'end of the slot; by default the newest that is published')
    .option('--window <length>', '24h, 7d or 30d; by default the longest that is published')
    .option('--csv', 'print CSV instead of the table')
    .option('--json', 'print one JSON document instead of the table')
    .addHelpText(
      'after',
      `
Examples:
  ripplerank budget --total 10000 --max-per-author 2000 --costs costs.csv
  ripplerank budget --total 10000 --base 50 --per-follower 0.001 --term storm --csv

The database comes from DATABASE_URL; without it, the one on this machine is used.`,
    )
    .action(async (flags: unknown) => {
      const { runBudget } = await import('./run-budget.ts')
      await runBudget(flags, context)
    })
}
