import { readdir, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'

import {
  HeadObjectCommand,
  paginateListObjectsV2,
  type ListObjectsV2CommandInput,
  type S3Client,
} from '@aws-sdk/client-s3'

import { LakeError } from './lake-error.ts'

/** A raw object as it lies there now. */
export interface ListedObject {
  /** Of S3; empty for a file. */
  readonly bucket: string
  /** Of S3, or the file's absolute path. */
  readonly key: string
  /** Changes with the content. */
  readonly etag: string
  readonly bytes: number
}

/** S3, for inputs that lie there. */
export type OpenS3 = () => Promise<S3Client>

export interface Listing {
  /** Absolute paths of files and folders, and `s3://` addresses. */
  readonly inputs: readonly string[]
  readonly openS3: OpenS3
  /**
   * Objects that arrived before may be left out, where their names say so: below `YYYY/MM/DD/HH/`, as Firehose names
   * them by the arrival of their oldest record.
   */
  readonly since?: Date | undefined
  readonly signal?: AbortSignal | undefined
}

/** How deep folders of years are looked for below an input. */
const DEPTH_OF_YEARS = 3

/**
 * Lists what lies at the inputs, each object once. What is empty, and what Spark takes for hidden (`_` or `.` begins its
 * name), is left out.
 * @throws LakeError `not_found`, `access_denied`, `unreachable`
 */
export async function listObjects(listing: Listing): Promise<readonly ListedObject[]> {
  const found = new Map<string, ListedObject>()
  for (const input of listing.inputs) {
    const objects = input.startsWith('s3://') ? listS3(input, listing) : listFiles(input)
    for await (const object of objects) {
      if (object.bytes > 0) found.set(`${object.bucket}/${object.key}`, object)
    }
  }
  return [...found.values()]
}

/** Where Spark finds an object. */
export const sparkPathOf = ({ bucket, key }: Pick<ListedObject, 'bucket' | 'key'>): string =>
  bucket === '' ? key : `s3://${bucket}/${key}`

async function* listFiles(input: string): AsyncGenerator<ListedObject> {
  try {
    if (!(await stat(input)).isDirectory()) {
      yield await fileAt(input)
      return
    }
    for (const entry of await readdir(input, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name)
      if (!entry.isDirectory() && !isHidden(relative(input, path).split(sep))) yield await fileAt(path)
    }
  } catch (error) {
    throw LakeError.from(error, input)
  }
}

async function fileAt(path: string): Promise<ListedObject> {
  const { size, mtimeMs } = await stat(path)
  return { bucket: '', key: path, etag: `${size}-${mtimeMs}`, bytes: size }
}

/** Spark's rule (`HadoopFSUtils.shouldFilterOutPathName`); a partition's folder may begin with an underscore. */
const isHidden = (names: readonly string[]): boolean =>
  names.some((name) => name.startsWith('.') || (name.startsWith('_') && !name.includes('=')))

interface Place {
  readonly s3: S3Client
  readonly bucket: string
  /** What is listed: all keys that begin so. */
  readonly prefix: string
  readonly signal: AbortSignal | undefined
}

async function* listS3(input: string, { openS3, since, signal }: Listing): AsyncGenerator<ListedObject> {
  const [bucket = '', ...path] = input.slice('s3://'.length).split('/')
  const prefix = path.join('/')
  const folder = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`
  try {
    const s3 = await openS3()
    const place = { s3, bucket, prefix, signal }
    // As a path names one: an object of just this name, or all below it; not what only begins alike.
    const objects = since && prefix === folder ? recent(place, since, DEPTH_OF_YEARS) : all(place)
    for await (const object of objects) {
      const isBelow = object.key === prefix || object.key.startsWith(folder)
      if (isBelow && !isHidden(object.key.slice(folder.length).split('/'))) yield object
    }
  } catch (error) {
    signal?.throwIfAborted()
    throw LakeError.from(error, input)
  }
}

async function* all(
  { s3, bucket, prefix, signal }: Place,
  more: Partial<ListObjectsV2CommandInput> = {},
): AsyncGenerator<ListedObject> {
  const query = { Bucket: bucket, Prefix: prefix, ...more }
  for await (const page of paginateListObjectsV2({ client: s3 }, query, abortedBy(signal))) {
    for (const { Key: key, ETag: etag = '', Size: bytes = 0 } of page.Contents ?? []) {
      if (key !== undefined) yield { bucket, key, etag: etag.replaceAll('"', ''), bytes }
    }
  }
}

/** Lists from an hour on where folders are years, and everything where they are not. */
async function* recent(place: Place, since: Date, depth: number): AsyncGenerator<ListedObject> {
  const { folders, hasObjects } = await look(place)
  const areYears = folders.length > 0 && folders.every((folder) => /^\d{4}\/$/.test(folder))
  const areOthers = folders.length === 0 || hasObjects || depth === 0
  if (areYears && !hasObjects) yield* all(place, { StartAfter: `${place.prefix}${hourOf(since)}` })
  else if (areOthers) yield* all(place)
  else {
    for (const folder of folders) yield* recent({ ...place, prefix: place.prefix + folder }, since, depth - 1)
  }
}

async function look({ s3, bucket, prefix, signal }: Place) {
  const query = { Bucket: bucket, Prefix: prefix, Delimiter: '/' }
  const folders: string[] = []
  let hasObjects = false
  for await (const page of paginateListObjectsV2({ client: s3 }, query, abortedBy(signal))) {
    folders.push(...(page.CommonPrefixes ?? []).map((found) => (found.Prefix ?? '').slice(prefix.length)))
    hasObjects ||= (page.Contents ?? []).length > 0
  }
  return { folders, hasObjects }
}

/** @example hourOf(new Date('2018-12-09T22:10:30Z')) // '2018/12/09/22/' */
const hourOf = (time: Date): string => `${time.toISOString().slice(0, 13).replaceAll(/[-T]/g, '/')}/`

const abortedBy = (signal: AbortSignal | undefined) => (signal ? { abortSignal: signal } : {})

const LOOKS_AT_ONCE = 20

/** Those objects of which the names are still taken. @throws LakeError */
export async function filterExisting<Found extends Pick<ListedObject, 'bucket' | 'key'>>(
  objects: readonly Found[],
  { openS3, signal }: Pick<Listing, 'openS3' | 'signal'>,
): Promise<readonly Found[]> {
  const isThere = async ({ bucket, key }: Found): Promise<boolean> => {
    try {
      if (bucket === '') await stat(key)
      else await (await openS3()).send(new HeadObjectCommand({ Bucket: bucket, Key: key }), abortedBy(signal))
      return true
    } catch (error) {
      const failure = LakeError.from(error, sparkPathOf({ bucket, key }))
      if (failure.code === 'not_found') return false
      throw failure
    }
  }
  const found: Found[] = []
  for (let start = 0; start < objects.length; start += LOOKS_AT_ONCE) {
    const some = objects.slice(start, start + LOOKS_AT_ONCE)
    const answers = await Promise.all(some.map(isThere))
    found.push(...some.filter((_, index) => answers[index]))
  }
  return found
}
