import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { clientSettings, convertErrors, type AwsAccess } from '../aws-clients.ts'
import { CloudError } from '../cloud-error.ts'

/** The members of a secret that RDS keeps, or that somebody wrote by the console's form for RDS. */
type RdsSecret = Readonly<Partial<Record<'username' | 'password' | 'host' | 'port' | 'dbname', unknown>>>

const DEFAULT_DATABASE = 'ripplerank'
const DEFAULT_PORT = 3306

/**
 * Reads where the database is, and who may use it, from Secrets Manager: a whole `mysql://` address, or what RDS writes
 * (`username`, `password`, `host`, and maybe `port` and `dbname`), which is then an address with TLS. Whose server it is can only
 * be verified by a whole address with `ssl-ca`, as RDS has an authority of its own.
 * @param secretId its name or ARN
 * @throws CloudError, which never holds what is in the secret
 */
export async function databaseUrlFromSecret(
  secretId: string,
  access: AwsAccess,
  signal: AbortSignal,
): Promise<string> {
  const client = new SecretsManagerClient(clientSettings(access, access.endpoints?.secrets))
  client.middlewareStack.add(convertErrors(access.onCall), { step: 'initialize', name: 'cloudErrors' })
  try {
    const command = new GetSecretValueCommand({ SecretId: secretId })
    const { SecretString = '' } = await client.send(command, { abortSignal: signal })
    return urlOf(SecretString.trim(), secretId)
  } finally {
    client.destroy()
  }
}

function urlOf(text: string, secretId: string): string {
  if (text.startsWith('mysql://')) return text
  const { username, password, host, port = DEFAULT_PORT, dbname = DEFAULT_DATABASE } = parsed(text)
  const isWhole = [username, password, host].every((part) => typeof part === 'string' && part !== '')
  if (!isWhole) {
    const hint =
      'It holds a mysql:// address, or JSON with username, password and host; a secret that RDS manages has no host, so write one.'
    throw new CloudError(`the secret ${secretId} does not say where the database is`, {
      code: 'refused',
      hint,
    })
  }
  const [user, word] = [username, password].map((part) => encodeURIComponent(String(part)))
  return `mysql://${user}:${word}@${String(host)}:${String(port)}/${String(dbname)}?ssl-mode=REQUIRED`
}

function parsed(text: string): RdsSecret {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}
