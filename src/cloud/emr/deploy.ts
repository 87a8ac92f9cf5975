import { HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { isAws } from '../cloud-error.ts'
import type { EmrContext } from './emr-clients.ts'
import { APP_PREFIX, MANIFEST, placeOfRelease, type Release } from './release.ts'

export interface Deployment {
  readonly bucket: string
  readonly release: Release
  /** Says what would be uploaded, and uploads nothing. */
  readonly isDryRun: boolean
}

export interface Deployed {
  readonly release: string
  readonly place: string
  /** Names of the files that were missing; empty where all was there. */
  readonly uploaded: readonly string[]
}

/**
 * Uploads the files of a release that are not there yet, each with its checksum, and the manifest last: where it lies, all lies.
 * Safe to run again, and beside itself.
 * @throws CloudError
 */
export async function deploy(
  { bucket, release, isDryRun }: Deployment,
  context: EmrContext,
): Promise<Deployed> {
  const folder = `${APP_PREFIX}${release.id}/`
  const place = placeOfRelease(bucket, release.id)
  const { s3 } = context.aws
  const abortSignal = context.signal
  if (await exists(bucket, `${folder}${MANIFEST}`, context))
    return { release: release.id, place, uploaded: [] }
  const uploaded: string[] = []
  for (const { name, path, sha256 } of release.parts) {
    const object = { Bucket: bucket, Key: `${folder}${name}` }
    if (await exists(bucket, object.Key, context)) continue
    uploaded.push(name)
    if (isDryRun) continue
    context.onStill(`uploading ${name}`)
    const ChecksumSHA256 = Buffer.from(sha256, 'hex').toString('base64')
    const content = { Body: createReadStream(path), ContentLength: (await stat(path)).size, ChecksumSHA256 }
    await s3.send(new PutObjectCommand({ ...object, ...content }), { abortSignal })
  }
  if (!isDryRun) {
    const manifest = { Bucket: bucket, Key: `${folder}${MANIFEST}`, Body: release.manifest }
    await s3.send(new PutObjectCommand(manifest), { abortSignal })
  }
  return { release: release.id, place, uploaded: [...uploaded, MANIFEST] }
}

async function exists(bucket: string, key: string, { aws, signal }: EmrContext): Promise<boolean> {
  try {
    await aws.s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }), { abortSignal: signal })
    return true
  } catch (error) {
    if (isAws(error, 'NotFound', 'NoSuchKey')) return false
    throw error
  }
}
