import { GetObjectCommand } from '@aws-sdk/client-s3'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { isAws } from '../cloud-error.ts'
import { until } from '../until.ts'
import type { EmrContext } from './emr-clients.ts'

export interface StepLog {
  readonly logUri: string
  readonly clusterId: string
  readonly stepId: string
  /** How long to wait for it: EMR brings logs to S3 every five minutes. */
  readonly waitMs: number
}

const MOST_LINES = 20
const unpack = promisify(gunzip)

/** Where a step's words on standard error are, or will be. */
export const placeOfLog = ({ logUri, clusterId, stepId }: StepLog): string =>
  `${logUri.replace(/^s3[an]:/, 's3:').replace(/([^/])$/, '$1/')}${clusterId}/steps/${stepId}/stderr.gz`

/**
 * The last words of a step.
 * @returns undefined where they are not at S3 in time
 * @throws CloudError
 */
export async function tailOfLog(
  log: StepLog,
  { aws, signal, pollMs, onStill }: EmrContext,
): Promise<string | undefined> {
  const [, Bucket = '', Key = ''] = /^s3:\/\/([^/]+)\/(.+)$/.exec(placeOfLog(log)) ?? []
  const look = async (): Promise<string | undefined> => {
    try {
      const { Body } = await aws.s3.send(new GetObjectCommand({ Bucket, Key }), { abortSignal: signal })
      const packed = await Body?.transformToByteArray()
      if (packed === undefined) return undefined
      const lines = (await unpack(packed)).toString('utf8').trimEnd().split('\n')
      return lines.slice(-MOST_LINES).join('\n')
    } catch (error) {
      if (isAws(error, 'NoSuchKey', 'NotFound')) return undefined
      throw error
    }
  }
  const still = (): void => onStill('waiting for the step’s log')
  return until(look, { signal, pollMs, timeoutMs: log.waitMs, onStill: still })
}
