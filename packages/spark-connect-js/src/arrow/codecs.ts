import { CompressionType, setCompressionCodec } from '@uwdata/flechette'
import { decompressLz4Frame } from './lz4.ts'

type Decompress = (bytes: Uint8Array, length: number) => Uint8Array

/**
 * Lets the decoder read columns that the server has compressed (`spark.sql.execution.arrow.compression.codec`, since
 * Spark 4.1). Zstandard comes from the caller, as it is a part of the platform.
 */
export const registerCodecs = (decompressZstd: Decompress): void => {
  register(CompressionType.ZSTD, decompressZstd)
  register(CompressionType.LZ4_FRAME, decompressLz4Frame)
}

const register = (type: Parameters<typeof setCompressionCodec>[0], decompress: Decompress): void =>
  setCompressionCodec(type, {
    // A buffer of its own begins where typed arrays can begin.
    decode: (bytes, length) => new Uint8Array(decompress(bytes, length)),
    encode: () => {
      throw new TypeError('this client does not compress what it sends')
    },
  })
