import { describe, expect, it } from '@jest/globals'

import { free, takeAligned } from '../../src/arrow/stream-bytes.ts'

describe('the bytes of a message', () => {
  it('are freed once they are read', () => {
    const bytes = new Uint8Array(4096)
    free(bytes)
    expect(bytes.byteLength).toBe(0)
  })

  it('are kept where their buffer holds something else, too', () => {
    const pool = new Uint8Array(8192).fill(7)
    free(pool.subarray(0, 4096))
    expect(pool.byteLength).toBe(8192)
  })

  it('are copied to where Arrow can read them, and then freed', () => {
    const message = new Uint8Array(4096).fill(7)
    const taken = takeAligned(message.subarray(3))
    expect([taken.byteOffset % 8, taken.byteLength, taken[0]]).toEqual([0, 4093, 7])
    expect(message.byteLength).toBe(0)
  })
})
