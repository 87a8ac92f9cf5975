import type { S3Client } from '@aws-sdk/client-s3'

import { awsAccess } from './aws-access.ts'
import { readEnvironment } from './environment.ts'

/** S3 for what may never look at it: its client takes a fifth of a second to load. */
export interface LazyS3 extends Disposable {
  readonly open: () => Promise<S3Client>
}

/** S3 as the variables name it. @throws ConfigError */
export function lazyS3(variables: NodeJS.ProcessEnv): LazyS3 {
  const access = awsAccess(readEnvironment(variables))
  let opened: Promise<S3Client> | undefined
  const open = async (): Promise<S3Client> => {
    const [{ S3Client: Client }, { clientSettings }] = await Promise.all([
      import('@aws-sdk/client-s3'),
      import('../cloud/aws-clients.ts'),
    ])
    const endpoint = access.endpoints?.s3
    return new Client({ ...clientSettings(access, endpoint), forcePathStyle: endpoint !== undefined })
  }
  return {
    open: () => (opened ??= open()),
    [Symbol.dispose]: () => void opened?.then((client) => client.destroy()),
  }
}
