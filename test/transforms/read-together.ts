import { basename } from 'node:path'

import { it } from '@jest/globals'
import type { Row } from 'spark-connect-js'

import type { ParsedRecord } from '../../src/schema/observation.ts'
import type { TransformBench } from './cascade-frames.ts'

type Rows = readonly Row<typeof ParsedRecord>[]

interface Reading {
  readonly content: string | Uint8Array
  readonly ending: string | undefined
  readonly settle: (rows: Rows) => void
}

/** Reads files at once: rows in the order of their records. */
type Reader = (bench: TransformBench, paths: readonly string[]) => Promise<Rows>

/**
 * Reads what many tests ask for in one go, as an action on Spark takes longer than the rows of a test. What `itReads`
 * declares runs up to its `read` at once, and waits there until `readAll` has run: a test must ask once, or for all that
 * it needs at a time.
 *
 * @example itReads('is read', async () => { const [row] = await read(line); expect(row).toMatchObject({ kind: 'reply' }) })
 */
export function readTogether(reader: Reader) {
  const asked: Reading[] = []
  const read = (content: string | Uint8Array, ending?: string): Promise<Rows> =>
    new Promise((settle) => {
      asked.push({ content, ending, settle })
    })
  const itReads = (name: string, body: () => Promise<void>): void => {
    const running = body()
    running.catch(() => undefined) // the test tells of it, when its turn comes
    // oxlint-disable-next-line jest/expect-expect, jest/valid-title -- the body asserts, and the name is the caller's
    it(name, () => running)
  }
  const readAll = async (bench: TransformBench): Promise<void> => {
    const paths = await Promise.all(asked.map(({ content, ending }) => bench.write(content, ending)))
    const rows = Map.groupBy(await reader(bench, paths), ({ source_object }) => basename(source_object ?? ''))
    for (const [index, { settle }] of asked.entries()) settle(rows.get(basename(paths[index] ?? '')) ?? [])
  }
  return { read, itReads, readAll }
}
