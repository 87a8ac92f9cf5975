import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import pRetry from 'p-retry'
import type { DeliveredObject } from './delivery-buffer.ts'

/** Where objects are delivered to. */
export interface S3Access {
  readonly endpoint: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

export interface Delivery {
  /** Resolves when the object is in S3, or given up; never rejects. */
  readonly deliver: (object: DeliveredObject) => Promise<void>
  /** From now on an object is tried once more, not for ever. */
  readonly hurry: () => void
  readonly close: () => void
}

const longestPauseMs = 5_000

/** Puts objects into S3 and tries again until it takes them, as Firehose does for up to 24 hours. */
export function openDelivery(
  { endpoint, region, accessKeyId, secretAccessKey }: S3Access,
  onProblem: (sentence: string) => void,
): Delivery {
  const credentials = { accessKeyId, secretAccessKey }
  // Checksums would cost as much as all else; on loopback nothing is lost on the way.
  const requestChecksumCalculation = 'WHEN_REQUIRED'
  const s3 = new S3Client({ endpoint, region, credentials, forcePathStyle: true, requestChecksumCalculation })
  const hurrying = new AbortController()
  const put = ({ bucket, key, body }: DeliveredObject) =>
    s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }))

  const deliver = async (object: DeliveredObject): Promise<void> => {
    const place = `s3://${object.bucket}/${object.key}`
    try {
      await pRetry(() => put(object), {
        retries: Number.POSITIVE_INFINITY,
        minTimeout: 100,
        maxTimeout: longestPauseMs,
        signal: hurrying.signal,
        onFailedAttempt: ({ error, attemptNumber }) => {
          if (attemptNumber === 1) onProblem(`${place} could not be delivered yet: ${error.message}`)
        },
      })
    } catch {
      await put(object).catch((error: unknown) => onProblem(`${place} is lost: ${String(error)}`))
    }
  }
  return { deliver, hurry: () => hurrying.abort(), close: () => s3.destroy() }
}
