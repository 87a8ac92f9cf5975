/** Arrow aligns its buffers to 8 bytes, and so do the typed arrays that look into them. */
const ALIGNMENT_BYTES = 8
/** A message is little more than the Arrow stream in it; a buffer with more around it holds something else, too. */
const MOST_FRAMING_BYTES = 1024

const isAligned = (bytes: Uint8Array): boolean => bytes.byteOffset % ALIGNMENT_BYTES === 0

/** The bytes of a stream where every Arrow library can look into them; copied if they are not. */
export const aligned = (bytes: Uint8Array): Uint8Array => (isAligned(bytes) ? bytes : bytes.slice())

/** As `aligned`, for bytes that nobody else reads: where they are copied, the originals are gone at once. */
export const takeAligned = (bytes: Uint8Array): Uint8Array => {
  if (isAligned(bytes)) return bytes
  const copy = bytes.slice()
  free(bytes)
  return copy
}

/**
 * Frees the buffer of bytes that nobody will read again. The garbage collector would do so as well, but sees small
 * objects where there are megabytes, and comes late: a stream of rows holds 75 MB less this way.
 */
export const free = ({ buffer, byteLength }: Uint8Array): void => {
  const isAlone = buffer.byteLength - byteLength < MOST_FRAMING_BYTES
  if (isAlone && buffer instanceof ArrayBuffer) buffer.transfer(0)
}
