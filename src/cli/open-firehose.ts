import { FirehoseClient } from '@aws-sdk/client-firehose'

import { type AwsAccess, clientSettings } from '../cloud/aws-clients.ts'
import { CloudError } from '../cloud/cloud-error.ts'

const CONNECT_MS = 5_000
const ANSWER_MS = 30_000

/**
 * Opens a client for putting records. It tries nothing again by itself: delivery knows which records have to go again.
 * @throws CloudError `no_credentials`, `no_region`
 */
export async function openFirehose(access: AwsAccess): Promise<FirehoseClient> {
  const client = new FirehoseClient({
    ...clientSettings(access, access.endpoints?.firehose),
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: CONNECT_MS,
      requestTimeout: ANSWER_MS,
      throwOnRequestTimeout: true, // else it only warns, and a batch waits for ever
    },
  })
  try {
    await client.config.credentials()
    await client.config.region()
    return client
  } catch (error) {
    client.destroy()
    throw CloudError.from(error)
  }
}
