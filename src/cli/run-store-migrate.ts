import { startEmbedded } from '../local/start-embedded.ts'
import type { CommandContext } from './command-context.ts'
import { openDatabase } from './database-access.ts'
import { readEnvironment } from './environment.ts'

/** Brings the tables up to date and says which migrations ran. */
export async function runStoreMigrate(context: CommandContext): Promise<void> {
  const { variables, signal, stdout } = context
  const { all } = readEnvironment(variables)
  await using embedded = await startEmbedded({ environment: all, services: ['mariadb'], signal })
  await using store = await openDatabase(embedded.environment['DATABASE_URL'] ?? '', context)
  const migrations = await store.migrate()
  stdout.write(migrations.length > 0 ? `migrated: ${migrations.join(', ')}\n` : 'the tables are up to date\n')
}
