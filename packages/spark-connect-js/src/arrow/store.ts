import type { Batch } from '@uwdata/flechette'
import type { ScalarKind } from '../types/data-type.ts'
import { GrowingArray, GrowingBits, type TypedArray } from './growing-array.ts'
import { Misfit, misfit, unmakeable } from './misfit.ts'
import {
  toClockMicros,
  toDays,
  toDouble,
  toFloat,
  toLong,
  toMicros,
  toText,
  toTimeNanos,
  toUnscaled,
  toWhole,
} from './to-arrow.ts'

const TEXT_BYTES_PER_UNIT = 3
const LAST_OFFSET = 2 ** 31 - 1
const LOW_64_BITS = 0xffff_ffff_ffff_ffffn

/** What an Arrow array holds beside its length and nulls. */
type Parts = Pick<ConstructorParameters<typeof Batch>[0], 'values' | 'offsets' | 'children'>

/** Where the values of one column go. Each is put at its own index; a null leaves a gap. */
export interface Store {
  /** @throws Misfit */
  put(value: unknown, index: number): void
  gap(index: number): void
  take(length: number): Parts
}

const NO_GAP = (): void => undefined

/** Where the values of a type without parts go. @throws Misfit for one that only the server makes. */
export const scalarStore = (kind: ScalarKind): Store => {
  const make = SCALAR_STORES[kind]
  if (!make) throw unmakeable(kind)
  return make()
}

const SCALAR_STORES: Readonly<Partial<Record<ScalarKind, () => Store>>> = {
  null: () => nullStore,
  boolean: () => bitStore(),
  byte: () => fixedStore((length) => new Int8Array(length), toWhole('byte')),
  short: () => fixedStore((length) => new Int16Array(length), toWhole('short')),
  integer: () => fixedStore((length) => new Int32Array(length), toWhole('integer')),
  long: () => fixedStore((length) => new BigInt64Array(length), toLong),
  float: () => fixedStore((length) => new Float32Array(length), toFloat),
  double: () => fixedStore((length) => new Float64Array(length), toDouble),
  string: () => textStore(),
  binary: () => bytesStore(),
  date: () => fixedStore((length) => new Int32Array(length), toDays),
  timestamp: () => fixedStore((length) => new BigInt64Array(length), toMicros),
  timestamp_ntz: () => fixedStore((length) => new BigInt64Array(length), toClockMicros),
  time: () => fixedStore((length) => new BigInt64Array(length), toTimeNanos),
  day_time_interval: () => fixedStore((length) => new BigInt64Array(length), toLong),
  year_month_interval: () => fixedStore((length) => new Int32Array(length), toWhole('integer')),
}

const nullStore: Store = {
  put(value) {
    throw misfit('null only', value)
  },
  gap: NO_GAP,
  take: () => ({}),
}

const bitStore = (): Store => {
  const bits = new GrowingBits()
  return {
    put(value, index) {
      if (typeof value !== 'boolean') throw misfit('a boolean', value)
      if (value) bits.set(index)
    },
    gap: NO_GAP,
    take: (length) => ({ values: bits.take(length) }),
  }
}

const fixedStore = <A extends TypedArray>(
  make: (length: number) => A,
  convert: (value: unknown) => A[number],
): Store => {
  const values = new GrowingArray(make)
  return {
    put(value, index) {
      const converted = convert(value)
      values.reserve(index + 1)[index] = converted
    },
    gap: NO_GAP,
    take: (length) => ({ values: values.take(length) }),
  }
}

/** 128 bits a value, the lower half first. */
export const decimalStore = (precision: number, scale: number): Store => {
  const halves = new GrowingArray((length) => new BigUint64Array(length))
  const convert = toUnscaled(precision, scale)
  return {
    put(value, index) {
      const unscaled = convert(value)
      const array = halves.reserve(2 * index + 2)
      array[2 * index] = unscaled & LOW_64_BITS
      array[2 * index + 1] = unscaled >> 64n
    },
    gap: NO_GAP,
    take: (length) => ({ values: halves.take(2 * length) }),
  }
}

const textStore = (): Store => {
  const encoder = new TextEncoder()
  return variableStore((value, bytes, end) => {
    const text = toText(value)
    const room = bytes.reserve(end + TEXT_BYTES_PER_UNIT * text.length)
    return encoder.encodeInto(text, room.subarray(end)).written
  })
}

const bytesStore = (): Store =>
  variableStore((value, bytes, end) => {
    if (!(value instanceof Uint8Array)) throw misfit('a Uint8Array', value)
    bytes.reserve(end + value.length).set(value, end)
    return value.length
  })

/** Values of any length behind each other, and where each ends. */
const variableStore = (
  write: (value: unknown, bytes: GrowingArray<Uint8Array>, end: number) => number,
): Store => {
  const bytes = new GrowingArray((length) => new Uint8Array(length))
  const offsets = new Offsets()
  return {
    put(value, index) {
      const written = write(value, bytes, offsets.end)
      offsets.add(index, written)
    },
    gap: (index) => offsets.add(index, 0),
    take: (length) => ({ offsets: offsets.take(length), values: bytes.take(offsets.end) }),
  }
}

/** Where each value begins and the last one ends. */
export class Offsets {
  end = 0
  readonly #offsets = new GrowingArray((length) => new Int32Array(length))

  /** @throws Misfit where the values of one column exceed what 32 bits can count. */
  add(index: number, length: number): void {
    this.end += length
    if (this.end > LAST_OFFSET) throw new Misfit('takes less than 2 GiB in all')
    this.#offsets.reserve(index + 2)[index + 1] = this.end
  }

  take(length: number): Int32Array {
    return this.#offsets.take(length + 1)
  }
}
