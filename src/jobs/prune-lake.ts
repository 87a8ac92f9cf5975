import { lakeFolders } from '../lake/lake-folders.ts'
import type { OpenS3 } from '../lake/list-objects.ts'
import { removeFolder } from '../lake/remove-folder.ts'
import type { Store } from '../store/store.ts'
import { underLease } from './under-lease.ts'

export interface PruneLakeInput {
  readonly store: Store
  readonly lake: string
  readonly openS3: OpenS3
  /** Silver whose newest tweet is older goes; undefined for none. */
  readonly olderThanMs?: number | undefined
  readonly now?: () => Date
  readonly signal?: AbortSignal
}

/** What was removed from the lake. */
export interface PruneLakeReport {
  /** Folders that held nothing younger than the retention. */
  readonly expired: number
  /** Folders that others took the place of. */
  readonly replaced: number
  /** Folders that no manifest names: of runs that died. */
  readonly orphans: number
}

const DAY_SECONDS = 24 * 60 * 60

/**
 * Removes silver that is older than the retention, that was replaced a day ago, or that no manifest names.
 * Raw objects are never touched.
 * @throws StoreError `held` where a slot is being scored; LakeError
 */
export function pruneLake(input: PruneLakeInput): Promise<PruneLakeReport> {
  const { lake, openS3, olderThanMs, now = () => new Date() } = input
  return underLease(input, async (ledger) => {
    const oldest = olderThanMs === undefined ? undefined : new Date(now().getTime() - olderThanMs)
    const expired = oldest === undefined ? 0 : await ledger.retireSilver(oldest)
    const retired = await ledger.retiredSilver(oldest === undefined ? DAY_SECONDS : 0)
    for (const { path } of retired) await removeFolder(path, openS3)
    await ledger.forgetSilver(retired)
    const named = new Set(await ledger.silverPaths())
    const dayAgo = now().getTime() - DAY_SECONDS * 1_000
    const orphans = (await lakeFolders(lake, openS3)).filter(
      ({ path, modified }) => !named.has(path) && modified.getTime() < dayAgo,
    )
    for (const { path } of orphans) await removeFolder(path, openS3)
    return { expired, replaced: retired.length - expired, orphans: orphans.length }
  })
}
