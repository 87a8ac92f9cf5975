import { describe, expect, it } from '@jest/globals'

import { decompressLz4Frame } from '../../src/arrow/lz4.ts'

/** A frame without checksums around blocks; `stored` marks those that are not compressed. */
const HEADER = [0x04, 0x22, 0x4d, 0x18, 0x40, 0x40, 0xc0]
const END = [0, 0, 0, 0]
const frame = (...blocks: readonly { readonly bytes: readonly number[]; readonly stored?: true }[]) => {
  const body = blocks.flatMap(({ bytes, stored }) => [bytes.length, 0, 0, stored ? 0x80 : 0, ...bytes])
  return Uint8Array.from([...HEADER, ...body, ...END])
}
const text = (bytes: Uint8Array) => String.fromCharCode(...bytes)
const [a, b, c] = [97, 98, 99]

describe('an LZ4 frame', () => {
  it('is read: literals, a match that overlaps itself, a stored block, a match into the block before', () => {
    const overlapping = { bytes: [0x22, a, b, 2, 0, 0x10, c] }
    const stored = { bytes: [c, c], stored: true } as const
    const reaching = { bytes: [0x01, 11, 0, 0x10, a] }
    expect(text(decompressLz4Frame(frame(overlapping), 9))).toBe('ababababc')
    expect(text(decompressLz4Frame(frame(overlapping, stored, reaching), 17))).toBe('ababababcccababaa')
  })

  it('has lengths beyond 15 in further bytes', () => {
    const bytes = [0x1f, a, 1, 0, 255, 3, 0x10, b]
    expect(text(decompressLz4Frame(frame({ bytes }), 279))).toBe('a'.repeat(278) + 'b')
  })

  it.each([
    ['is no frame', Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), 4],
    ['reaches before its beginning', frame({ bytes: [0x10, a, 9, 0] }), 5],
    ['has another length', frame({ bytes: [0x10, a] }), 2],
    ['ends in the middle', frame({ bytes: [0x10, a] }).subarray(0, -4), 1],
  ])('is refused if it %s', (_, bytes, length) => {
    expect(() => decompressLz4Frame(bytes, length)).toThrow(RangeError)
  })
})
