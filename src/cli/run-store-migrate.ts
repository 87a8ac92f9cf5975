import { startEmbedded } from '../local/start-embedded.ts'
import { openStore } from '../store/store.ts'
import type { CommandContext } from './command-context.ts'
import { readEnvironment } from './environment.ts'

/** Brings the tables up to date and says which migrations ran. */
export async function runStoreMigrate({ variables, signal, stdout }: CommandContext): Promise<void> {
  const { all } = readEnvironment(variables)
  await using embedded = await startEmbedded({ environment: all, services: ['mariadb'], signal })
  await using store = await openStore({ url: embedded.environment['DATABASE_URL'] ?? '', signal })
  const migrations = await store.migrate()
  stdout.write(migrations.length > 0 ? `migrated: ${migrations.join(', ')}\n` : 'the tables are up to date\n')
}
