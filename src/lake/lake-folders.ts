import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { paginateListObjectsV2 } from '@aws-sdk/client-s3'

import { LakeError } from './lake-error.ts'
import type { OpenS3 } from './list-objects.ts'

/** A folder that some run wrote. */
export interface LakeFolder {
  readonly path: string
  readonly modified: Date
}

/** Where runs write; see `newSilverPath` and `newScratchPath`. */
const PARTS = ['silver', 'scratch'] as const

/** Lists what runs have written to the lake, whether a manifest names it or not. @throws LakeError */
export async function lakeFolders(lake: string, openS3: OpenS3): Promise<readonly LakeFolder[]> {
  const root = lake.replace(/\/+$/, '')
  const found: LakeFolder[] = []
  for (const part of PARTS) {
    const place = `${root}/${part}`
    found.push(...(/^s3a?:\/\//.test(place) ? await foldersOnS3(place, openS3) : await localFolders(place)))
  }
  return found
}

async function localFolders(place: string): Promise<readonly LakeFolder[]> {
  const folder = place.startsWith('file:') ? fileURLToPath(place) : place
  try {
    const names = await readdir(folder)
    return await Promise.all(
      names.map(async (name) => ({
        path: `${place}/${name}`,
        modified: (await stat(join(folder, name))).mtime,
      })),
    )
  } catch (error) {
    const failure = LakeError.from(error, place)
    if (failure.code === 'not_found') return []
    throw failure
  }
}

async function foldersOnS3(place: string, openS3: OpenS3): Promise<readonly LakeFolder[]> {
  const [bucket = '', ...key] = place.replace(/^s3a?:\/\//, '').split('/')
  const prefix = `${key.join('/')}/`
  const newest = new Map<string, Date>()
  try {
    const query = { Bucket: bucket, Prefix: prefix }
    for await (const { Contents = [] } of paginateListObjectsV2({ client: await openS3() }, query)) {
      for (const { Key = '', LastModified = new Date() } of Contents) {
        const [name = ''] = Key.slice(prefix.length).split('/')
        const known = newest.get(name)
        if (name !== '' && (known === undefined || known < LastModified)) newest.set(name, LastModified)
      }
    }
  } catch (error) {
    throw LakeError.from(error, place)
  }
  return [...newest].map(([name, modified]) => ({ path: `${place}/${name}`, modified }))
}
