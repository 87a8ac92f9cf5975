const MAGIC = 0x184d2204
const MIN_MATCH = 4
/** A length of 15 in a token goes on in the bytes after it. */
const LONG = 15

/**
 * Decompresses one LZ4 frame of a known length, without checking its checksums
 * (github.com/lz4/lz4: doc/lz4_Frame_format.md, doc/lz4_Block_format.md).
 * @throws RangeError for bytes that are no such frame
 */
export const decompressLz4Frame = (frame: Uint8Array, length: number): Uint8Array => {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
  if (view.getUint32(0, true) !== MAGIC) throw broken()
  const flags = frame[4]!
  const hasBlockChecksums = (flags & 0x10) !== 0
  // After magic, flags and block size may come the content's size and a dictionary's id, then a checksum.
  let position = 6 + ((flags & 0x08) === 0 ? 0 : 8) + ((flags & 0x01) === 0 ? 0 : 4) + 1
  const output = new Uint8Array(length)
  let written = 0
  for (;;) {
    const header = view.getUint32(position, true)
    position += 4
    if (header === 0) break
    const isStored = header >>> 31 === 1
    const block = frame.subarray(position, position + (header & 0x7fffffff))
    if (isStored) output.set(block, written)
    written = isStored ? written + block.length : decompressBlock(block, output, written)
    position += block.length + (hasBlockChecksums ? 4 : 0)
  }
  if (written !== length) throw broken()
  return output
}

/** Appends a block's content to what is there, and gives the new end. Matches may reach into earlier blocks. */
const decompressBlock = (block: Uint8Array, output: Uint8Array, start: number): number => {
  let [read, write] = [0, start]
  const lengthFrom = (nibble: number): number => {
    let length = nibble
    for (let byte = nibble === LONG ? 255 : 0; byte === 255; length += byte) byte = block[read++] ?? 0
    return length
  }
  while (read < block.length) {
    const token = block[read++]!
    const literals = lengthFrom(token >> 4)
    output.set(block.subarray(read, read + literals), write)
    read += literals
    write += literals
    if (read >= block.length) break // the last sequence has no match
    const offset = block[read]! | (block[read + 1]! << 8)
    read += 2
    const matchEnd = write + lengthFrom(token & LONG) + MIN_MATCH
    if (offset === 0 || offset > write || matchEnd > output.length) throw broken()
    // Byte by byte: a match may overlap what it makes.
    for (; write < matchEnd; write++) output[write] = output[write - offset]!
  }
  return write
}

const broken = () => new RangeError('a column that was compressed by LZ4 cannot be read')
