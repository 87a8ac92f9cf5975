import { appendFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

/** The addresses of posts that the term was found in, by this run and those before it. */
export interface FoundPosts {
  readonly known: readonly string[] // the oldest first
  readonly add: (address: string) => void
}

/** As many as are looked for in events: see `startMatching`. */
export const MOST_POSTS = 100_000

/**
 * Keeps them in a file, one a line, so that what spreads a post is found after a restart, too; without a file they are
 * of this run alone. A post is written before its record is handed on, and so before the source's position is.
 *
 * @throws the file system's errors
 */
export function foundPosts(file: string | undefined): FoundPosts {
  if (file === undefined) return { known: [], add: () => {} }
  const text = textOf(file)
  const lines = text.split('\n')
  const cutOff = lines.pop() // after the last line end: nothing, unless a run was killed while it wrote
  const known = lines.slice(-MOST_POSTS)
  if (cutOff !== '' || lines.length > 2 * MOST_POSTS) {
    const shorter = `${file}.new`
    writeFileSync(shorter, known.map((address) => `${address}\n`).join(''), { mode: 0o600 })
    renameSync(shorter, file)
  }
  return { known, add: (address) => appendFileSync(file, `${address}\n`, { mode: 0o600 }) }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}
