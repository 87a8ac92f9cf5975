import { describe, expect, it } from '@jest/globals'
import { schema, t } from 'spark-connect-js'

import { rowDifferences, schemaDifferences } from './frame-equality.ts'

const ann = { id: 'ann', retweets: 3n, depth: 1.5, name: null }
const bob = { id: 'bob', retweets: 4n, depth: 2.5, name: 'Bob' }

describe('the comparison of frames', () => {
  it('takes rows in any order, and doubles that are a rounding apart', () => {
    expect(rowDifferences([bob, { ...ann, depth: 1.5 + 1e-12 }], [ann, bob])).toEqual([])
  })

  it('names the column that differs, and nothing else', () => {
    const found = [bob, { ...ann, depth: 1.500001 }]
    expect(rowDifferences(found, [ann, bob])).toEqual([
      'depth is 1.500001, not 1.5 in {"id":"ann","retweets":"3n","depth":1.5,"name":null}',
    ])
  })

  it.each([
    ['a null for a value', { ...ann, depth: null }],
    ['a value for a null', { ...ann, name: '' }],
    ['a number that is none', { ...ann, depth: NaN }],
    ['another whole number', { ...ann, retweets: 4n }],
  ])('does not take %s', (_, row) => {
    expect(rowDifferences([row], [ann])).toHaveLength(1)
  })

  it('names rows that are missing, unexpected or there twice', () => {
    expect(rowDifferences([], [ann])).toEqual([expect.stringMatching(/^missing row: .*ann/)])
    expect(rowDifferences([ann, ann], [ann])).toEqual([expect.stringMatching(/^unexpected row: .*ann/)])
  })

  it('names columns that are missing or of another type, and passes over nulls allowed', () => {
    const declared = schema({ id: t.string, retweets: t.long })
    expect(schemaDifferences(schema({ id: t.string.nullable, retweets: t.long }), declared)).toEqual([])
    expect(schemaDifferences(schema({ id: t.string, retweets: t.integer, at: t.date }), declared)).toEqual([
      'missing column: retweets BIGINT',
      'unexpected column: retweets INT',
      'unexpected column: at DATE',
    ])
  })
})
