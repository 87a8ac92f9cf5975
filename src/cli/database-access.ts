import type { Store, StoreOptions } from '../store/store.ts'
import { openStore } from '../store/store.ts'
import { awsAccess } from './aws-access.ts'
import type { CommandContext } from './command-context.ts'
import { readEnvironment, type Environment } from './environment.ts'

/** What opens a database whose address may say `auth=iam`; AWS's code is loaded where it does. */
export const databaseAccess = (environment: Environment): Required<Pick<StoreOptions, 'tokenFor'>> => ({
  tokenFor: async (place) => {
    const { databaseToken } = await import('../cloud/database-token.ts')
    return databaseToken(place, awsAccess(environment))
  },
})

/** Opens the database at an address, as `openStore`. */
export const openDatabase = (
  url: string,
  { variables, signal }: Pick<CommandContext, 'variables' | 'signal'>,
): Promise<Store> => openStore({ url, signal, ...databaseAccess(readEnvironment(variables)) })
