import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'

/** A file of a release. */
export interface ReleasePart {
  /** What it is called on S3 and on a cluster's nodes. */
  readonly name: string
  readonly path: string
  /** SHA-256 in hexadecimal digits. */
  readonly sha256: string
}

/** What a cluster installs: named by its content, so that what is there need not be looked into. */
export interface Release {
  /** 16 hexadecimal digits of the manifest's SHA-256. */
  readonly id: string
  readonly parts: readonly ReleasePart[]
  /** As `sha256sum --check` reads it. */
  readonly manifest: string
}

export const MANIFEST = 'manifest.sha256'
/** Below it lie all releases of a bucket. */
export const APP_PREFIX = 'app/'
const ID_DIGITS = 16

/**
 * Reads the files of a release and names it.
 * @param files paths by their names on a cluster
 * @throws the system's error for a file that cannot be read
 */
export async function readRelease(files: Readonly<Record<string, string>>): Promise<Release> {
  const parts = await Promise.all(
    Object.entries(files)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(async ([name, path]) => ({ name: basename(name), path, sha256: await sha256Of(path) })),
  )
  const manifest = parts.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join('')
  const id = createHash('sha256').update(manifest).digest('hex').slice(0, ID_DIGITS)
  return { id, parts, manifest }
}

/** `s3://bucket/app/<id>/` */
export const placeOfRelease = (bucket: string, id: string): string => `s3://${bucket}/${APP_PREFIX}${id}/`

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return hash.digest('hex')
}
