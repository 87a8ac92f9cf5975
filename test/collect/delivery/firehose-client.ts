import { FirehoseClient } from '@aws-sdk/client-firehose'

/** A client that does not try again by itself; a local Firehose asks for no password. */
export function firehoseClient(endpoint: string): FirehoseClient {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  return new FirehoseClient({ endpoint, region: 'us-east-1', credentials, maxAttempts: 1 })
}
