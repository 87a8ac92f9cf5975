import { Batch, type DataType } from '@uwdata/flechette'
import type { AnyType, Schema } from '../types/data-type.ts'
import { Misfit, misfit, unmakeable } from './misfit.ts'
import { decimalStore, Offsets, scalarStore, type Store } from './store.ts'

/**
 * Writes one column of a batch, value after value, and loses nothing: flechette's own builders take times in
 * milliseconds, decimals as doubles, and wrap integers that are too large.
 */
export class ColumnWriter {
  readonly #type: AnyType
  readonly #arrowType: DataType
  readonly #store: Store
  readonly #nulls: number[] = []
  #length = 0

  constructor(type: AnyType, arrowType: DataType) {
    this.#type = type
    this.#arrowType = arrowType
    this.#store = storeOf(type, arrowType)
  }

  /** @throws Misfit for a value that the column's type cannot hold, and for null where it has none. */
  append(value: unknown): void {
    if (value === null && this.#type.isNullable) return this.skip()
    if (value === null) throw new Misfit('takes no null: its type is not nullable')
    this.#store.put(value, this.#length++)
  }

  /** Leaves a place empty: null, or below one. */
  skip(): void {
    this.#nulls.push(this.#length)
    this.#store.gap(this.#length++)
  }

  batch(): Batch<unknown> {
    return new Batch({
      length: this.#length,
      nullCount: this.#nulls.length,
      type: this.#arrowType,
      validity: validity(this.#length, this.#nulls),
      ...this.#store.take(this.#length),
    })
  }
}

/** One bit a value, the lowest first; nothing where no value is null. */
const validity = (length: number, nulls: readonly number[]): Uint8Array => {
  if (nulls.length === 0) return new Uint8Array(0)
  const bits = new Uint8Array((length + 7) >> 3).fill(0xff)
  for (const index of nulls) bits[index >> 3]! &= ~(1 << (index & 7))
  return bits
}

const storeOf = (type: AnyType, arrowType: DataType): Store => {
  switch (type.kind) {
    case 'array':
      return arrayStore(new ColumnWriter(type.element, childType(arrowType, 0)))
    case 'map':
      return mapStore(type.key, type.value, childType(arrowType, 0))
    case 'struct':
      return structStore(type.fields, arrowType)
    case 'decimal':
      return decimalStore(type.precision, type.scale)
    case 'unparsed':
      throw unmakeable(type.ddl)
    default:
      return scalarStore(type.kind)
  }
}

const childType = (parent: DataType, index: number): DataType =>
  (parent as { readonly children: readonly { readonly type: DataType }[] }).children[index]!.type

const arrayStore = (element: ColumnWriter): Store => {
  const offsets = new Offsets()
  return {
    put(value, index) {
      if (!Array.isArray(value)) throw misfit('an array', value)
      for (let at = 0; at < value.length; at++) appendTo(element, value[at], () => `[${at}]`)
      offsets.add(index, value.length)
    },
    gap: (index) => offsets.add(index, 0),
    take: (length) => ({ offsets: offsets.take(length), children: [element.batch()] }),
  }
}

const mapStore = (key: AnyType, value: AnyType, entries: DataType): Store => {
  const offsets = new Offsets()
  const keys = new ColumnWriter(key, childType(entries, 0))
  const values = new ColumnWriter(value, childType(entries, 1))
  return {
    put(map, index) {
      if (!(map instanceof Map)) throw misfit('a Map', map)
      for (const [k, v] of map as ReadonlyMap<unknown, unknown>) {
        appendTo(keys, k, () => '.key')
        appendTo(values, v, () => `[${String(k)}]`)
      }
      offsets.add(index, map.size)
    },
    gap: (index) => offsets.add(index, 0),
    take: (length) => {
      const children = [keys.batch(), values.batch()]
      const pairs = new Batch({ length: offsets.end, nullCount: 0, type: entries, validity: NONE, children })
      return { offsets: offsets.take(length), children: [pairs] }
    },
  }
}

const NONE = new Uint8Array(0)

const structStore = (fields: Schema, arrowType: DataType): Store => {
  const writers = Object.entries(fields).map(
    ([name, type], index) => [name, new ColumnWriter(type, childType(arrowType, index))] as const,
  )
  return {
    put(value) {
      if (typeof value !== 'object' || value === null) throw misfit('an object with its fields', value)
      const struct = value as Readonly<Record<string, unknown>>
      for (const [name, writer] of writers) appendTo(writer, struct[name], () => `.${name}`)
    },
    gap: () => writers.forEach(([, writer]) => writer.skip()),
    take: () => ({ children: writers.map(([, writer]) => writer.batch()) }),
  }
}

/** Appends; a misfit is told with the step that led to it. */
export const appendTo = (writer: ColumnWriter, value: unknown, step: () => string): void => {
  try {
    writer.append(value)
  } catch (cause) {
    throw cause instanceof Misfit ? cause.within(step()) : cause
  }
}
