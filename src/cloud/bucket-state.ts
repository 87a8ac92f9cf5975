import { GetBucketEncryptionCommand, GetPublicAccessBlockCommand, type S3Client } from '@aws-sdk/client-s3'
import { isAws } from './cloud-error.ts'

/** Who asks S3. */
export interface S3Context {
  readonly aws: { readonly s3: S3Client }
  readonly signal: AbortSignal
}

/** The settings by which a bucket is closed to the public. */
export const CLOSED = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
} as const

/** Whether nobody outside the account can be let in. @throws CloudError */
export async function isClosed(bucket: string, { aws, signal }: S3Context): Promise<boolean> {
  try {
    const { PublicAccessBlockConfiguration: found } = await aws.s3.send(
      new GetPublicAccessBlockCommand({ Bucket: bucket }),
      { abortSignal: signal },
    )
    return Object.keys(CLOSED).every(
      (name) => new Map<string, unknown>(Object.entries(found ?? {})).get(name) === true,
    )
  } catch (error) {
    if (isAws(error, 'NoSuchPublicAccessBlockConfiguration')) return false
    throw error
  }
}

/** By whatever key. @throws CloudError */
export async function isEncrypted(bucket: string, { aws, signal }: S3Context): Promise<boolean> {
  try {
    const { ServerSideEncryptionConfiguration: found } = await aws.s3.send(
      new GetBucketEncryptionCommand({ Bucket: bucket }),
      { abortSignal: signal },
    )
    return (found?.Rules ?? []).some((rule) => rule.ApplyServerSideEncryptionByDefault !== undefined)
  } catch (error) {
    if (isAws(error, 'ServerSideEncryptionConfigurationNotFoundError')) return false
    throw error
  }
}
