import { readdir, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { SourceError } from '../../source-error.ts'

/** A file to replay, and what it is called in positions. */
export interface ReplayFile {
  readonly path: string
  readonly name: string
}

/**
 * The file, or all files below the folder in the order of their names, which is the order of time for objects of
 * Firehose. Hidden files are left out, and what Spark and Hadoop write beside data (`_SUCCESS`).
 * @throws SourceError `not_found` if there is none
 */
export async function listFiles(path: string): Promise<readonly ReplayFile[]> {
  const found = await stat(path).catch((error: unknown) => {
    throw new SourceError(`there is nothing to replay at ${path}; name a file or a folder`, {
      code: 'not_found',
      cause: error,
    })
  })
  if (!found.isDirectory()) return [{ path, name: path }]
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: file, name: relative(path, file) }))
    .filter(({ name }) => !name.split(/[/\\]/).some((part) => /^[._]/.test(part)))
    .toSorted((left, right) => (left.name < right.name ? -1 : Number(left.name > right.name)))
  if (files.length > 0) return files
  throw new SourceError(`the folder ${path} holds no file to replay`, { code: 'not_found' })
}
