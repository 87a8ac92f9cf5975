import { z } from 'zod'

import { isLoopbackHost } from '../dashboard/serve.ts'
import { startEmbedded } from '../local/start-embedded.ts'
import { openStore } from '../store/store.ts'
import { checked } from './checked.ts'
import type { CommandContext } from './command-context.ts'
import { ConfigError } from './config-error.ts'
import { databaseAccess } from './database-access.ts'
import { readEnvironment } from './environment.ts'
import { serveUntil } from './serve-until.ts'
import { readUsersFile } from './users-file.ts'

const PORT_RANGE = '--port takes a whole number from 0 to 65,535'
const PRICE_RANGE = '--price-per-hour takes an amount above 0, such as 0.42'

const schema = z.object({
  port: z.coerce.number({ error: PORT_RANGE }).int(PORT_RANGE).min(0, PORT_RANGE).max(65_535, PORT_RANGE),
  host: z.string().min(1, '--host is empty; name an address, or leave the flag out'),
  users: z.string().optional(),
  pricePerHour: z.coerce.number({ error: PRICE_RANGE }).gt(0, PRICE_RANGE).optional(),
})

/** Shows the dashboard until the signal; that is how `serve` ends well. */
export async function runServe(flags: unknown, context: CommandContext): Promise<void> {
  const { port, host, users: usersPath, pricePerHour } = checked(schema.safeParse(flags))
  const environment = readEnvironment(context.variables)
  const { all, DATABASE_URL, RIPPLERANK_TOKEN: token } = environment
  const users = usersPath === undefined ? undefined : await readUsersFile(usersPath)
  if (!isLoopbackHost(host) && users === undefined && token === undefined) {
    throw new ConfigError(
      `--host ${host} can be reached from other machines; name who may see the numbers by --users, or set RIPPLERANK_TOKEN`,
    )
  }
  const { signal } = context
  await using embedded = await startEmbedded({ environment: all, services: ['mariadb'], signal })
  const databaseUrl = embedded.environment['DATABASE_URL'] ?? ''
  // What another looks after is only read; our own may be new and empty.
  if (DATABASE_URL === undefined) await createTables(databaseUrl, signal)
  const whose = { databaseUrl, ...databaseAccess(environment) }
  await serveUntil({ ...whose, host, port, users, token, pricePerHour, lost: embedded.lost }, context)
}

async function createTables(url: string, signal: AbortSignal): Promise<void> {
  await using store = await openStore({ url, signal })
  await store.migrate()
}
