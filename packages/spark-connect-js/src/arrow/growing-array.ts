export type TypedArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Int32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array

const FIRST_LENGTH = 64

/** A typed array that doubles when it is full. Zero where nothing was written. */
export class GrowingArray<A extends TypedArray> {
  array: A
  readonly #make: (length: number) => A

  constructor(make: (length: number) => A) {
    this.array = make(FIRST_LENGTH)
    this.#make = make
  }

  /** Makes room for `length` elements; returns the array, which may be a new one. */
  reserve(length: number): A {
    if (length <= this.array.length) return this.array
    const larger = this.#make(Math.max(length, 2 * this.array.length))
    larger.set(this.array as never)
    return (this.array = larger)
  }

  /** The first `length` elements. */
  take(length: number): A {
    return this.reserve(length).subarray(0, length) as A
  }
}

/** Bits in Arrow's order, the lowest first. */
export class GrowingBits {
  readonly #bytes = new GrowingArray((length) => new Uint8Array(length))

  set(index: number): void {
    const byte = index >> 3
    const bytes = this.#bytes.reserve(byte + 1)
    bytes[byte] = bytes[byte]! | (1 << (index & 7))
  }

  take(length: number): Uint8Array {
    return this.#bytes.take((length + 7) >> 3)
  }
}
