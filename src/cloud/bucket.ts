import {
  CreateBucketCommand,
  DeleteObjectsCommand,
  HeadBucketCommand,
  paginateListObjectsV2,
  PutBucketEncryptionCommand,
  PutPublicAccessBlockCommand,
  type BucketLocationConstraint,
} from '@aws-sdk/client-s3'
import { CLOSED, isClosed, isEncrypted } from './bucket-state.ts'
import { CloudError, isAws } from './cloud-error.ts'
import { applyEdits, type Edit, type PartReport, type PipelineContext } from './pipeline.ts'

const ENCRYPTED = { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] } as const

/** Calls that another S3 than Amazon's may not know; all others must work. */
const DISPENSABLE = [
  'GetPublicAccessBlock',
  'PutPublicAccessBlock',
  'GetBucketEncryption',
  'PutBucketEncryption',
] as const

/** Makes the bucket where it is missing, closes it to the public and encrypts it. What is in it stays. */
export async function ensureBucket(bucket: string, context: PipelineContext): Promise<PartReport> {
  return applyEdits({ part: 'bucket', place: bucket }, await bucketEdits(bucket, context), context)
}

async function bucketEdits(bucket: string, context: PipelineContext): Promise<readonly Edit[]> {
  const isThere = await exists(bucket, context)
  const dispensable = dispensing(context)
  const edits: Edit[] = isThere ? [] : [{ what: 'create', apply: () => create(bucket, context) }]
  if (!isThere || !(await dispensable('GetPublicAccessBlock', () => isClosed(bucket, context), true))) {
    const put = () => close(bucket, context)
    edits.push({
      what: 'close to the public',
      apply: () => dispensable('PutPublicAccessBlock', put, undefined),
    })
  }
  if (!isThere || !(await dispensable('GetBucketEncryption', () => isEncrypted(bucket, context), true))) {
    const put = () => encrypt(bucket, context)
    edits.push({ what: 'encrypt', apply: () => dispensable('PutBucketEncryption', put, undefined) })
  }
  return edits
}

/** @throws CloudError `conflict` where it belongs to somebody else */
async function exists(bucket: string, { aws, signal }: PipelineContext): Promise<boolean> {
  try {
    await aws.s3.send(new HeadBucketCommand({ Bucket: bucket }), { abortSignal: signal })
    return true
  } catch (error) {
    if (isAws(error, 'NotFound', 'NoSuchBucket')) return false
    if (error instanceof CloudError && error.code === 'access_denied') {
      const hint =
        'It may belong to somebody else, as names of buckets are common to all: choose another by --bucket.'
      throw new CloudError(`the bucket ${bucket} is closed to this caller`, {
        code: 'conflict',
        hint,
        cause: error,
      })
    }
    throw error
  }
}

async function create(bucket: string, { aws, signal }: PipelineContext): Promise<void> {
  // us-east-1 is where buckets are made when no place is named, and the only region that must not be named.
  const place = isPlace(aws.region) && { CreateBucketConfiguration: { LocationConstraint: aws.region } }
  try {
    await aws.s3.send(new CreateBucketCommand({ Bucket: bucket, ...place }), { abortSignal: signal })
  } catch (error) {
    if (!isAws(error, 'BucketAlreadyOwnedByYou')) throw error // somebody was faster
  }
}

const isPlace = (region: string): region is BucketLocationConstraint => region !== 'us-east-1'

function close(bucket: string, { aws, signal }: PipelineContext): Promise<unknown> {
  const input = { Bucket: bucket, PublicAccessBlockConfiguration: CLOSED }
  return aws.s3.send(new PutPublicAccessBlockCommand(input), { abortSignal: signal })
}

function encrypt(bucket: string, { aws, signal }: PipelineContext): Promise<unknown> {
  const ServerSideEncryptionConfiguration = { Rules: [...ENCRYPTED.Rules] }
  const input = { Bucket: bucket, ServerSideEncryptionConfiguration }
  return aws.s3.send(new PutBucketEncryptionCommand(input), { abortSignal: signal })
}

/** Makes a warning of an S3's answer that it does not implement the call. */
function dispensing({ warn }: PipelineContext) {
  return async <T>(call: (typeof DISPENSABLE)[number], make: () => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await make()
    } catch (error) {
      if (!isAws(error, 'NotImplemented', 'MethodNotAllowed', 'UnsupportedOperation')) throw error
      warn(
        `this S3 does not implement ${call}, so nobody knows whether the bucket is closed to the public and encrypted`,
      )
      return otherwise
    }
  }
}

/**
 * Deletes all objects below some prefixes. Versions of a versioned bucket stay.
 * @returns how many there were; all pages of the list are read before anything is deleted, for a dry run to count
 */
export async function deleteObjects(
  { bucket, prefix }: { readonly bucket: string; readonly prefix: string },
  { aws, signal, isDryRun }: PipelineContext,
): Promise<number> {
  let objects = 0
  const pages = paginateListObjectsV2(
    { client: aws.s3 },
    { Bucket: bucket, Prefix: prefix },
    { abortSignal: signal },
  )
  for await (const { Contents = [] } of pages) {
    objects += Contents.length
    if (isDryRun || Contents.length === 0) continue
    const Objects = Contents.map(({ Key }) => ({ Key }))
    const { Errors = [] } = await aws.s3.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
      { abortSignal: signal },
    )
    const [first] = Errors
    if (first !== undefined) {
      const hint = '`ripplerank pipeline policy` prints what the caller has to be allowed.'
      const message = `DeleteObjects: s3://${bucket}/${first.Key} stays (${first.Code})`
      throw new CloudError(message, { code: 'refused', hint, awsCode: first.Code ?? '' })
    }
  }
  return objects
}
