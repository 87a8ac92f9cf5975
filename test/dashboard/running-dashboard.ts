import { serveDashboard, type RunningDashboard, type ServeOptions } from '../../src/dashboard/serve.ts'
import { openReader } from '../../src/store/reading/reader.ts'
import type { ScratchDatabase } from '../store/scratch-database.ts'
import { scratchStore } from '../store/scratch-store.ts'
import { inventSlots } from './invented-slots.ts'
import { LAST_SLOT } from './invented.ts'

/** Shortly after the last slot was published, so that nothing is old. */
export const START_MS = LAST_SLOT.getTime() + 180_000

/** Invented slots in a database of their own. */
export interface InventedDatabase extends AsyncDisposable {
  readonly database: ScratchDatabase
}

/** Fills a database; disposing drops it. */
export async function inventedDatabase(): Promise<InventedDatabase> {
  const scratch = await scratchStore()
  await inventSlots(async (table, rows) => {
    if (rows.length > 0) await scratch.database.insert(table, rows)
  })
  return { database: scratch.database, [Symbol.asyncDispose]: () => scratch[Symbol.asyncDispose]() }
}

/** A dashboard on a database, whose clock starts soon after the last invented slot; `errors` are what readers do not see. */
export async function dashboardOn(
  url: string,
  options: Partial<ServeOptions> = {},
): Promise<RunningDashboard & { readonly errors: readonly unknown[] }> {
  const reader = await openReader({ url })
  const errors: unknown[] = []
  const offsetMs = START_MS - Date.now()
  const nowMs = (): number => Date.now() + offsetMs
  const onError = (error: unknown): void => void errors.push(error)
  const running = await serveDashboard({ reader, host: '127.0.0.1', port: 0, onError, nowMs, ...options })
  return {
    url: running.url,
    errors,
    [Symbol.asyncDispose]: async () => {
      await running[Symbol.asyncDispose]()
      await reader[Symbol.asyncDispose]()
    },
  }
}
