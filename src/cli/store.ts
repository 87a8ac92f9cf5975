import { Command } from 'commander'

import type { CommandContext } from './command-context.ts'

/** `ripplerank store migrate|status|prune|grants`. */
export function storeCommand(context: CommandContext): Command {
  const store = new Command('store')
    .summary('look after the database')
    .description('Looks after the database.')
  store
    .command('migrate')
    .summary('create or alter the tables')
    .description(
      'Creates or alters the tables of DATABASE_URL, or of the embedded database. Safe to run again.',
    )
    .action(async () => {
      const { runStoreMigrate } = await import('./run-store-migrate.ts')
      await runStoreMigrate(context)
    })
  store
    .command('status')
    .summary('show where slots, sources and the lease stand')
    .description(
      'Shows the newest slots with their state, lag and coverage, how far each source was read, who holds the lease, and why ' +
        'records were rejected. docs/operations.md says what to do for each state.',
    )
    .option('--slots <number>', 'how many slots to show', '20')
    .option('--json', 'print one JSON document instead of the tables')
    .action(async (flags: unknown) => {
      const { runStoreStatus } = await import('./run-store-status.ts')
      await runStoreStatus(flags, context)
    })
  store
    .command('prune')
    .summary('remove old slots')
    .description(
      "Removes slots that ended longer ago, but never a window's newest, and rejected records as old.",
    )
    .requiredOption('--older-than <days>', 'how many days are kept')
    .action(async (flags: unknown) => {
      const { runStorePrune } = await import('./run-upkeep.ts')
      await runStorePrune(flags, context)
    })
  store
    .command('grants')
    .summary('print the rights that users need')
    .description(
      'Prints the SQL that gives a writer (score, schedule) or a reader (serve) no more rights than it needs.',
    )
    .option('--writer <name>', 'a user that publishes')
    .option('--reader <name>', 'a user that only reads what is published')
    .option('--host <host>', 'from where they come', '%')
    .action(async (flags: unknown) => {
      const { runStoreGrants } = await import('./run-store-grants.ts')
      runStoreGrants(flags, context)
    })
  return store
}
