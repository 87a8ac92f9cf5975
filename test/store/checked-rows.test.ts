import { describe, expect, test } from '@jest/globals'
import { z } from 'zod'

import { checkedRows } from '../../src/store/checked-rows.ts'

const row = z.object({ author_id: z.string(), rank: z.int('a rank is whole') })
const good = { author_id: 'a', rank: 1 }
const bad = { author_id: 'b', rank: 1.5 }

describe('checked rows', () => {
  test('rows that keep the promise pass as they are', () => {
    expect(checkedRows([good], { table: 'author_score', row })).toEqual([good])
    expect(checkedRows([], { table: 'author_score', row })).toEqual([])
  })

  test('a row that breaks it is refused, with its table and, where it has one, its name', () => {
    const nameOf = (read: typeof good | undefined): string => `author ${read?.author_id}`
    const refused = (named: string): unknown =>
      expect.objectContaining({
        name: 'StoreError',
        code: 'refused',
        message: `author_score holds a row that it must not hold (${named}a rank is whole); score the slot again`,
      })
    const read = [good, bad]
    expect(() => checkedRows(read, { table: 'author_score', row })).toThrow(refused(''))
    expect(() => checkedRows(read, { table: 'author_score', row, nameOf })).toThrow(refused('author b: '))
  })
})
