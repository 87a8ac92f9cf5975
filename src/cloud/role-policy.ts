import type { PipelineName } from './pipeline-name.ts'

/** A policy as IAM reads it. */
export interface PolicyDocument {
  readonly Version: '2012-10-17'
  readonly Statement: readonly Statement[]
}

export interface Statement {
  readonly Sid?: string
  readonly Effect: 'Allow' | 'Deny'
  readonly Principal?: Readonly<Record<string, string>>
  readonly Action: string | readonly string[]
  readonly Resource?: string | readonly string[]
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** The ARNs of what belongs to a pipeline. */
export interface PipelinePlaces {
  readonly account: string
  readonly stream: string
  readonly bucket: string
  /** Objects that are delivered. */
  readonly objects: readonly string[]
  readonly log: string
}

interface Site {
  /** Tells the partition (aws, aws-cn, aws-us-gov) and the account. */
  readonly roleArn: string
  readonly region: string
  readonly bucket: string
  readonly name: PipelineName
}

/** Writes out where a pipeline's parts are. */
export function placesOf({ roleArn, region, bucket, name }: Site): PipelinePlaces {
  const [, partition = 'aws', , , account = ''] = roleArn.split(':')
  const bucketArn = `arn:${partition}:s3:::${bucket}`
  return {
    account,
    stream: `arn:${partition}:firehose:${region}:${account}:deliverystream/${name.stream}`,
    bucket: bucketArn,
    objects: [`${bucketArn}/${name.prefix}*`, `${bucketArn}/${name.errorPrefix}*`],
    log: `arn:${partition}:logs:${region}:${account}:log-group:${name.logGroup}:log-stream:${name.logStream}`,
  }
}

/** Only this stream of this account may take the role on. */
export function roleTrust({ account, stream }: PipelinePlaces): PolicyDocument {
  const Condition = { StringEquals: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': stream } }
  const Principal = { Service: 'firehose.amazonaws.com' }
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', Condition }],
  }
}

/**
 * What delivery to S3 needs, for the folders of one pipeline.
 * @see https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html#using-iam-s3
 */
export function roleGrants({ bucket, objects, log }: PipelinePlaces): PolicyDocument {
  const ofBucket = ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads']
  const ofObjects = ['s3:AbortMultipartUpload', 's3:GetObject', 's3:PutObject']
  return {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: ofBucket, Resource: bucket },
      { Effect: 'Allow', Action: ofObjects, Resource: [...objects] },
      { Effect: 'Allow', Action: 'logs:PutLogEvents', Resource: log },
    ],
  }
}
