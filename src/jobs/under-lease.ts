import { hostname } from 'node:os'

import type { Ledger } from '../store/ledger.ts'
import type { Store } from '../store/store.ts'

interface LeaseInput {
  readonly store: Store
  /** Who runs this, in words for another run that has to wait. */
  readonly holder?: string
  /** How long a run that dies keeps the next one waiting. */
  readonly leaseSeconds?: number
  readonly signal?: AbortSignal | undefined
}

/**
 * Does work that writes while no other run does.
 * @param work gets the ledger, and a signal that is aborted when the lease is lost
 * @throws StoreError `held` where another run has the lease, or takes it
 */
export async function underLease<R>(
  { store, holder = `${hostname()}, process ${process.pid}`, leaseSeconds, signal }: LeaseInput,
  work: (ledger: Ledger, signal: AbortSignal) => Promise<R>,
): Promise<R> {
  const ttl = leaseSeconds === undefined ? {} : { ttlSeconds: leaseSeconds }
  await using ledger = await store.openLedger({ holder, signal, ...ttl })
  try {
    return await work(ledger, ledger.signal)
  } catch (error) {
    ledger.signal.throwIfAborted() // why it ended matters more than how
    throw error
  }
}
