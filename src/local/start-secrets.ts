import * as sdk from '@aws-sdk/client-secrets-manager'
import { LOCAL_ACCOUNT } from './account.ts'
import { AwsError } from './aws/aws-error.ts'
import { startHttpServer, type HttpServer } from './aws/http-server.ts'
import { jsonService } from './aws/json-service.ts'
import { serviceModel } from './aws/model.ts'

interface SecretsOptions {
  readonly region: string
  /** Texts by their names. */
  readonly secrets: Readonly<Record<string, string>>
}

/** Starts a Secrets Manager on loopback that gives out some secrets, for AWS_ENDPOINT_URL_SECRETS_MANAGER. */
export async function startSecrets({ region, secrets }: SecretsOptions): Promise<HttpServer> {
  const model = serviceModel(sdk)
  const get = (input: unknown): unknown => {
    const id = String(model.check('GetSecretValue', input)['SecretId'])
    const arnPrefix = `arn:aws:secretsmanager:${region}:${LOCAL_ACCOUNT}:secret:`
    const name = id.replace(arnPrefix, '')
    const SecretString = Object.hasOwn(secrets, name) ? secrets[name] : undefined
    if (SecretString === undefined)
      throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.")
    return { ARN: `${arnPrefix}${name}`, Name: name, SecretString }
  }
  return startHttpServer(jsonService('secretsmanager', { GetSecretValue: get }))
}
