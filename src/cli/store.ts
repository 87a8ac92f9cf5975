import { Command } from 'commander'

import type { CommandContext } from './command-context.ts'

/** `ripplerank store migrate`. */
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
  return store
}
