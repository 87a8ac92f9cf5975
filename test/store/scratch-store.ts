import type { Store } from '../../src/store/store.ts'
import { openStore } from '../../src/store/store.ts'
import type { ScratchDatabase } from './scratch-database.ts'
import { scratchDatabase } from './scratch-database.ts'

/** A store with all its tables, empty, and the database below it. */
export interface ScratchStore extends AsyncDisposable {
  readonly database: ScratchDatabase
  readonly store: Store
}

/** Creates the tables in a database of their own; disposing drops it. */
export async function scratchStore(): Promise<ScratchStore> {
  await using stack = new AsyncDisposableStack()
  const database = stack.use(await scratchDatabase())
  const store = stack.use(await openStore({ url: database.url }))
  await store.migrate()
  const opened = stack.move()
  return { database, store, [Symbol.asyncDispose]: () => opened.disposeAsync() }
}
