import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'

import { statusText } from '../../src/cli/run-store-status.ts'
import { projectRoot } from '../../src/local/paths.ts'
import type { StoreStatus } from '../../src/store/store-status.ts'
import { slotStates } from '../../src/store/tables.ts'

const now = new Date('2026-01-02T03:20:00Z')
const nothing: StoreStatus = {
  now,
  lease: undefined,
  slots: [],
  sources: [],
  staged: 0,
  rejections: [],
  pendingDeletions: 0,
}
const everything: StoreStatus = {
  now,
  lease: { holder: 'host, process 7', fence: 1n, isHeld: true },
  slots: slotStates.map((state) => ({
    slotEnd: now,
    windowHours: 24,
    state,
    kernel: 'calibrated',
    observations: 1,
    duplicates: 1,
    setAside: 1,
    rejected: 1,
    authors: 1,
    startedAt: now,
    publishedAt: now,
    coverage: 1,
  })),
  sources: [
    {
      inputs: ['/raw'],
      term: null,
      batches: 1,
      frozen: 1,
      gone: 1,
      objects: 1,
      bytes: 1,
      rejected: 1,
      silverFolders: 1,
      newest: now,
    },
  ],
  staged: 1,
  rejections: [{ reason: 'no tweet id', records: 1 }],
  pendingDeletions: 1,
}
const shown = [nothing, everything].map(statusText).join('\n')

/** Above each table stands its name, alone in a line: its titles follow. */
const titles = ['Slots', 'Sources'].flatMap((name) => {
  const [, header = ''] = statusText(everything).split(`\n${name}\n`)
  return header.split('\n', 1).flatMap((line) => line.trim().split(/ {2,}/))
})
/** Lines that are no rows of a table. */
const sentences = shown.split('\n').filter((line) => /^ *[A-Z][a-z ]+[:.]|^Rejected/.test(line))

/** What the table in the manual speaks of: in words of `store status` by which a row is found, and in all. */
async function documented() {
  const text = await readFile(join(projectRoot, 'docs', 'operations.md'), 'utf8')
  const [, table = ''] = text.split('What `store status` can show, and what to do:\n\n')
  const rows = (table.split('\n\n', 1)[0] ?? '').split('\n').slice(2)
  const cells = rows.map((row) => row.split('|').map((cell) => cell.trim()))
  return {
    found: cells.flatMap(([, first = '']) => quoted(first)),
    all: cells.flatMap(([, first, meaning]) => quoted(`${first} ${meaning}`)),
    withoutAdvice: cells.filter(([, , meaning, advice]) => !meaning || !advice),
  }
}

const quoted = (text: string): readonly string[] =>
  [...text.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word)

describe('docs/operations.md', () => {
  it('says what to do for every state and column that `store status` shows', async () => {
    const { found, all, withoutAdvice } = await documented()
    expect({ titles: titles.length, sentences: sentences.length }).toEqual({ titles: 20, sentences: 7 })
    expect([...slotStates, ...titles].filter((word) => !all.includes(word))).toEqual([])
    const isSaid = (line: string): boolean => all.some((word) => line.trim().startsWith(word))
    expect(sentences.filter((line) => !isSaid(line))).toEqual([])
    expect(withoutAdvice).toEqual([])
    expect(found.filter((word) => !shown.includes(word))).toEqual([])
  })
})
