import { expect, it } from '@jest/globals'
import { databaseUrlFromSecret } from '../../../src/cloud/emr/database-secret.ts'
import { startSecrets } from '../../../src/local/start-secrets.ts'

const secrets = {
  whole: 'mysql://ann:p%40ss@db:3306/tweets',
  rds: JSON.stringify({ username: 'ann', password: 'p@ss/word', host: 'db', port: 3307 }),
  managed: JSON.stringify({ username: 'ann', password: 'hush' }),
  text: 'hush',
}
const credentials = { accessKeyId: 'a', secretAccessKey: 'b' }

it.each([
  ['whole', 'mysql://ann:p%40ss@db:3306/tweets'],
  ['rds', 'mysql://ann:p%40ss%2Fword@db:3307/ripplerank?ssl-mode=REQUIRED'],
  ['managed', 'the secret managed does not say where the database is'],
  ['text', 'the secret text does not say where the database is'],
  ['none', "GetSecretValue: Secrets Manager can't find the specified secret. (ResourceNotFoundException)"],
])('reads the secret %s, and tells nothing of it on an error', async (secretId, expected) => {
  await using server = await startSecrets({ region: 'us-east-1', secrets })
  const access = { region: 'us-east-1', credentials, endpoints: { secrets: server.endpoint } }
  const { signal } = new AbortController()
  const told = await databaseUrlFromSecret(secretId, access, signal).catch((error: unknown) => {
    expect(JSON.stringify(error)).not.toContain('hush')
    return error instanceof Error ? error.message : ''
  })
  expect(told).toBe(expected)
})
