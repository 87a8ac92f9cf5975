import { databaseUrlFromSecret } from '../cloud/emr/database-secret.ts'
import { awsAccess } from './aws-access.ts'
import type { Environment } from './environment.ts'

/**
 * The environment with the DATABASE_URL that RIPPLERANK_DATABASE_SECRET leads to, if that is set and no DATABASE_URL is.
 * @throws CloudError, which never holds what is in the secret
 */
export async function withDatabaseSecret(
  environment: Environment,
  signal: AbortSignal,
): Promise<Environment> {
  const { DATABASE_URL, RIPPLERANK_DATABASE_SECRET: secret } = environment
  if (DATABASE_URL !== undefined || secret === undefined) return environment
  const url = await databaseUrlFromSecret(secret, awsAccess(environment), signal)
  return { ...environment, DATABASE_URL: url, all: { ...environment.all, DATABASE_URL: url } }
}
