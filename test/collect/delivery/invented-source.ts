import { setImmediate as nextTurn } from 'node:timers/promises'
import type { CollectedRecord, Source } from '../../../src/collect/source.ts'

export interface InventedOptions {
  readonly records: number
  readonly roots?: number
  /** False as for a stream that cannot be read again. */
  readonly hasPositions?: boolean
  readonly padding?: number // characters
  /** Called before each record; a test waits there, or breaks something. */
  readonly before?: (index: number) => Promise<void> | void
}

/** A source of records with the ids 0, 1, 2 and so on, that goes on after its position. */
export function inventedSource(options: InventedOptions): Source {
  const { records, roots = 10, hasPositions = true, padding = 100, before } = options
  return async function* ({ after, signal, onEvent }) {
    for (let index = after === null ? 0 : Number(after) + 1; index < records && !signal.aborted; index++) {
      await before?.(index)
      onEvent({ kind: 'received' })
      yield recordOf(index, { roots, hasPositions, padding })
      if (index % 100 === 99) await nextTurn() // as reading a file would
    }
  }
}

function recordOf(
  index: number,
  {
    roots,
    hasPositions,
    padding,
  }: { readonly roots: number; readonly hasPositions: boolean; readonly padding: number },
): CollectedRecord {
  const rootId = `root ${index % roots}`
  return {
    data: JSON.stringify({ id: index, root: rootId, text: '🌊é"\\'.padEnd(padding, 'x') }),
    tweetId: String(index),
    rootId,
    tweetedAtMs: Date.now(),
    position: hasPositions ? String(index) : null,
  }
}

/** The ids of lines that such records became, in their order. */
export const idsOf = (lines: readonly string[]): readonly number[] =>
  lines.map((line) => (JSON.parse(line) as { readonly id: number }).id)
