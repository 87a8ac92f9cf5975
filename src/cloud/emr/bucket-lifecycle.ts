import {
  GetBucketLifecycleConfigurationCommand,
  GetBucketVersioningCommand,
  type LifecycleRule,
} from '@aws-sdk/client-s3'
import { isAws } from '../cloud-error.ts'
import type { S3Context } from '../bucket-state.ts'
import { APP_PREFIX } from './release.ts'

/** How long a bucket keeps things, as far as it matters here. */
export interface BucketLifecycle {
  /** Names of rules that delete what the ledger or a cluster counts on. */
  readonly harmful: readonly string[]
  /** Whether deleted objects stay as versions for ever: what `forget` takes out of silver among them. */
  readonly keepsDeleted: boolean
}

const SILVER_PREFIX = 'silver/'
const NEEDED = [SILVER_PREFIX, APP_PREFIX]

/** Looks at a bucket's versions and rules. @throws CloudError */
export async function bucketLifecycle(bucket: string, context: S3Context): Promise<BucketLifecycle> {
  const { aws, signal } = context
  const { Status } = await aws.s3.send(new GetBucketVersioningCommand({ Bucket: bucket }), {
    abortSignal: signal,
  })
  const rules = (await rulesOf(bucket, context)).filter((rule) => rule.Status === 'Enabled')
  const expiring = rules.filter(
    ({ Expiration }) => Expiration?.Days !== undefined || Expiration?.Date !== undefined,
  )
  const endsVersions = rules.some(
    (rule) =>
      rule.NoncurrentVersionExpiration?.NoncurrentDays !== undefined &&
      SILVER_PREFIX.startsWith(prefixOf(rule)),
  )
  return {
    harmful: expiring
      .filter((rule) => NEEDED.some((prefix) => overlaps(prefix, prefixOf(rule))))
      .map(({ ID = 'without a name' }) => ID),
    keepsDeleted: Status !== undefined && !endsVersions,
  }
}

async function rulesOf(bucket: string, { aws, signal }: S3Context): Promise<readonly LifecycleRule[]> {
  try {
    const { Rules = [] } = await aws.s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket: bucket }), {
      abortSignal: signal,
    })
    return Rules
  } catch (error) {
    if (isAws(error, 'NoSuchLifecycleConfiguration')) return []
    throw error
  }
}

const prefixOf = ({ Filter }: LifecycleRule): string => Filter?.Prefix ?? Filter?.And?.Prefix ?? ''
const overlaps = (one: string, other: string): boolean => one.startsWith(other) || other.startsWith(one)
