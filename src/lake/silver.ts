import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** Where one run's observations go: a path of its own, so that runs never meet. */
export const newSilverPath = (lake: string): string =>
  `${lake.replace(/\/+$/, '')}/observations/${randomUUID()}`

/** Where one run's network lies while communities are looked for in it. */
export const newNetworkPath = (lake: string): string => `${lake.replace(/\/+$/, '')}/network/${randomUUID()}`

/**
 * Removes what one run left at such a path, if it lies on this machine. On S3 it stays, for the bucket's own retention:
 * nothing refers to it any more.
 */
export const removeSilver = async (path: string): Promise<void> => {
  if (/^(?!file:)[a-z0-9]+:\/\//.test(path)) return
  await rm(path.startsWith('file:') ? fileURLToPath(path) : path, { recursive: true, force: true })
}
