import type { AnyType } from '../../types/data-type.ts'
import type { Column } from '../column.ts'
import {
  unary,
  type BinaryOrColumn,
  type BinaryType,
  type IntegerOrColumn,
  type StringOrBinary,
  type StringOrColumn,
} from './argument.ts'
import { callFunction, type IntegerType, type LongType, type StringType } from './call.ts'

/**
 * A hash of the values by Murmur 3, 32 bits; a null leaves it as it is.
 * @example hash(lit('Spark'), lit(1)) // => 205329825
 */
export const hash = (...columns: readonly Column<AnyType>[]): Column<IntegerType<false>> =>
  callFunction('hash', ...columns)

/**
 * A hash of the values by xxHash, 64 bits, of seed 42; a null leaves it as it is.
 * @example xxhash64(lit('Spark')) // => -4294468057691064905n
 */
export const xxhash64 = (...columns: readonly Column<AnyType>[]): Column<LongType<false>> =>
  callFunction('xxhash64', ...columns)

/**
 * The cyclic redundancy check of bytes, or of a text's UTF-8.
 * @example crc32(lit('Spark')) // => 1557323817n
 */
export const crc32 = unary<StringOrBinary, 'long'>('crc32')

/**
 * The MD5 digest of bytes, or of a text's UTF-8, in 32 hexadecimal digits.
 * @example md5(lit('Spark')) // => '8cde774d6f7333752ed72cacddb05126'
 */
export const md5 = unary<StringOrBinary, 'string'>('md5')

/**
 * The SHA-1 digest of bytes, or of a text's UTF-8, in 40 hexadecimal digits.
 * @example sha(lit('Spark')) // => '85f5955f4b27a9a4c2aab6ffe5d7189fc298b92c'
 */
export const sha = unary<StringOrBinary, 'string'>('sha')

/**
 * The SHA-1 digest of bytes, or of a text's UTF-8, in 40 hexadecimal digits.
 * @example sha1(lit('Spark')) // => '85f5955f4b27a9a4c2aab6ffe5d7189fc298b92c'
 */
export const sha1 = unary<StringOrBinary, 'string'>('sha1')

/**
 * Hexadecimal SHA-2 of `bits` (224, 256, 384 or 512; 0 is 256); null for other bits.
 * @example length(sha2(lit('spark'), 256)) // => 64
 */
export const sha2 = (column: Column<StringOrBinary>, bits: IntegerOrColumn): Column<StringType<boolean>> =>
  callFunction('sha2', column, bits)

type Bytes = BinaryOrColumn | StringOrColumn

export interface AesDecryptOptions {
  /** `'GCM'` (the default), `'CBC'` or `'ECB'`. */
  readonly mode?: StringOrColumn
  /** `'DEFAULT'`: none for GCM, else PKCS; `'NONE'` or `'PKCS'`. */
  readonly padding?: StringOrColumn
  /** Data that is not encrypted but authenticated; for GCM. */
  readonly aad?: Bytes
}

export interface AesEncryptOptions extends AesDecryptOptions {
  /** The initialization vector: 12 bytes for GCM, 16 for CBC; random if there is none. */
  readonly iv?: Bytes
}

const decrypt =
  (name: string) =>
  (
    column: Column<StringOrBinary>,
    key: Bytes,
    { mode = 'GCM', padding = 'DEFAULT', aad = '' }: AesDecryptOptions = {},
  ): Column<BinaryType<boolean>> =>
    callFunction(name, column, key, mode, padding, aad)

/**
 * Encrypts bytes, or a text's UTF-8, by AES with a key of 16, 24 or 32 bytes; the vector comes first in the result.
 * @example aesDecrypt(aesEncrypt(lit('Spark'), '0000111122223333'), '0000111122223333').cast(t.string) // => 'Spark'
 */
export const aesEncrypt = (
  column: Column<StringOrBinary>,
  key: Bytes,
  { mode = 'GCM', padding = 'DEFAULT', iv = '', aad = '' }: AesEncryptOptions = {},
): Column<BinaryType<boolean>> => callFunction('aes_encrypt', column, key, mode, padding, iv, aad)

/**
 * Decrypts what {@link aesEncrypt} made; an error if the key is another.
 * @example aesDecrypt(unbase64(lit('y5la3muiuxN2suj6VsYXB+0XUFjtrUD0/zv5eDafsA3U')), 'abcdefghijklmnop12345678ABCDEFGH', { mode: 'GCM' }).isNotNull() // => true
 */
export const aesDecrypt = decrypt('aes_decrypt')

/**
 * Decrypts what {@link aesEncrypt} made; null if the key is another.
 * @example tryAesDecrypt(lit('not encrypted'), '0000111122223333') // => null
 */
export const tryAesDecrypt = decrypt('try_aes_decrypt')
