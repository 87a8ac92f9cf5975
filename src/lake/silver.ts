import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const below = (lake: string, ...parts: readonly string[]): string =>
  [lake.replace(/\/+$/, ''), ...parts].join('/')

/** Where observations go that no manifest names: a path of its own, so that runs never meet. */
export const newScratchPath = (lake: string): string => below(lake, 'scratch', randomUUID())

/** Where silver goes; the fence keeps apart what two runs make of the same batch. */
export const newSilverPath = (lake: string, { batchId, fence }: SilverOwner): string =>
  below(lake, 'silver', `${batchId}-${fence}-${randomUUID().slice(0, 8)}`)

interface SilverOwner {
  readonly batchId: string
  readonly fence: bigint
}

/**
 * Removes what lies at such a path, if it lies on this machine. On S3 it stays until `lake prune`: nothing refers to it
 * any more.
 */
export const removeLocal = async (path: string): Promise<void> => {
  if (/^(?!file:)[a-z0-9]+:\/\//.test(path)) return
  await rm(path.startsWith('file:') ? fileURLToPath(path) : path, { recursive: true, force: true })
}
