import type { PolicyDocument } from './role-policy.ts'
import { DATA_PREFIXES, NAME_PREFIX } from './pipeline-name.ts'

/** A kind of place that a permission is for. */
type Place = 'stream' | 'role' | 'log group' | 'any log group' | 'bucket' | 'objects'

interface Permission {
  readonly place: Place
  readonly actions: readonly string[]
}

/** The IAM actions that each call of AWS takes which a pipeline is looked after by, where they go by another name too. */
export const permissions: Readonly<Record<string, Permission>> = {
  HeadBucket: { place: 'bucket', actions: ['s3:ListBucket'] },
  CreateBucket: { place: 'bucket', actions: ['s3:CreateBucket'] },
  GetPublicAccessBlock: { place: 'bucket', actions: ['s3:GetBucketPublicAccessBlock'] },
  PutPublicAccessBlock: { place: 'bucket', actions: ['s3:PutBucketPublicAccessBlock'] },
  GetBucketEncryption: { place: 'bucket', actions: ['s3:GetEncryptionConfiguration'] },
  PutBucketEncryption: { place: 'bucket', actions: ['s3:PutEncryptionConfiguration'] },
  ListObjectsV2: { place: 'bucket', actions: ['s3:ListBucket'] },
  DeleteObjects: { place: 'objects', actions: ['s3:DeleteObject'] },
  GetRole: { place: 'role', actions: ['iam:GetRole'] },
  CreateRole: { place: 'role', actions: ['iam:CreateRole', 'iam:TagRole'] },
  UpdateAssumeRolePolicy: { place: 'role', actions: ['iam:UpdateAssumeRolePolicy'] },
  GetRolePolicy: { place: 'role', actions: ['iam:GetRolePolicy'] },
  PutRolePolicy: { place: 'role', actions: ['iam:PutRolePolicy'] },
  DeleteRolePolicy: { place: 'role', actions: ['iam:DeleteRolePolicy'] },
  DeleteRole: { place: 'role', actions: ['iam:DeleteRole'] },
  DescribeLogGroups: { place: 'any log group', actions: ['logs:DescribeLogGroups'] },
  CreateLogGroup: { place: 'log group', actions: ['logs:CreateLogGroup'] },
  PutRetentionPolicy: { place: 'log group', actions: ['logs:PutRetentionPolicy'] },
  DescribeLogStreams: { place: 'log group', actions: ['logs:DescribeLogStreams'] },
  CreateLogStream: { place: 'log group', actions: ['logs:CreateLogStream'] },
  DeleteLogGroup: { place: 'log group', actions: ['logs:DeleteLogGroup'] },
  DescribeDeliveryStream: { place: 'stream', actions: ['firehose:DescribeDeliveryStream'] },
  ListTagsForDeliveryStream: { place: 'stream', actions: ['firehose:ListTagsForDeliveryStream'] },
  CreateDeliveryStream: {
    place: 'stream',
    actions: ['firehose:CreateDeliveryStream', 'firehose:TagDeliveryStream'],
  },
  TagDeliveryStream: { place: 'stream', actions: ['firehose:TagDeliveryStream'] },
  UpdateDestination: { place: 'stream', actions: ['firehose:UpdateDestination'] },
  StartDeliveryStreamEncryption: { place: 'stream', actions: ['firehose:StartDeliveryStreamEncryption'] },
  DeleteDeliveryStream: { place: 'stream', actions: ['firehose:DeleteDeliveryStream'] },
}

/** What `collect` calls on a stream. */
const COLLECTING: Permission = { place: 'stream', actions: ['firehose:PutRecordBatch'] }

export interface Site {
  readonly partition: string
  /** `*` for any. */
  readonly account: string
  /** `*` for any. */
  readonly region: string
  readonly bucket: string
}

/** What somebody has to be allowed who creates, looks at and deletes pipelines, and collects into them. */
export function callerPolicy(site: Site): PolicyDocument {
  const places = Map.groupBy([...Object.values(permissions), COLLECTING], ({ place }) => place)
  const statements = [...places].map(([place, needed]) => ({
    Effect: 'Allow' as const,
    Action: [...new Set(needed.flatMap(({ actions }) => actions))].toSorted(),
    Resource: resourcesOf(place, site),
  }))
  const PassRole = {
    Effect: 'Allow',
    Action: 'iam:PassRole',
    Resource: resourcesOf('role', site),
    Condition: { StringEquals: { 'iam:PassedToService': 'firehose.amazonaws.com' } },
  } as const
  return { Version: '2012-10-17', Statement: [...statements, PassRole] }
}

function resourcesOf(place: Place, { partition, account, region, bucket }: Site): string | readonly string[] {
  const at = (service: string): string => `arn:${partition}:${service}:${region}:${account}`
  const bucketArn = `arn:${partition}:s3:::${bucket}`
  const resources: Readonly<Record<Place, string | readonly string[]>> = {
    stream: `${at('firehose')}:deliverystream/${NAME_PREFIX}*`,
    role: `arn:${partition}:iam::${account}:role/${NAME_PREFIX}*`,
    'log group': `${at('logs')}:log-group:/aws/kinesisfirehose/${NAME_PREFIX}*`,
    'any log group': `${at('logs')}:log-group:*`,
    bucket: bucketArn,
    objects: Object.values(DATA_PREFIXES).map((prefix) => `${bucketArn}/${prefix}*`),
  }
  return resources[place]
}
