import type { AnyType, Schema } from '../types/data-type.ts'
import { Timestamp } from '../types/timestamp.ts'
import { each, type ArrowColumn, type ColumnReader } from './arrow-column.ts'
import { converterOf } from './convert.ts'
import { textReader } from './text-reader.ts'

/**
 * How to read a column of some type. Whole columns are read at a time, in one loop each, as every value's own way
 * through a decoder costs more than the value; what has no loop of its own goes through the decoder and `converterOf`.
 */
const columnReader = (type: AnyType, column: ArrowColumn): ColumnReader => {
  const { values, offsets } = column
  switch (type.kind) {
    case 'byte':
    case 'short':
    case 'integer':
    case 'float':
    case 'double':
      return isNumbers(values) ? each(column, (row) => values[row]) : anyReader(type, column)
    case 'long':
      return isLongs(values) ? each(column, (row) => values[row]) : anyReader(type, column)
    case 'timestamp':
      return isLongs(values)
        ? each(column, (row) => new Timestamp(values[row] ?? 0n))
        : anyReader(type, column)
    case 'string':
      return isBytes(values) && isOffsets(offsets)
        ? textReader(column, values, offsets)
        : anyReader(type, column)
    case 'boolean':
      return isBytes(values)
        ? each(column, (row) => ((values[row >> 3] ?? 0) & (1 << (row & 7))) !== 0)
        : anyReader(type, column)
    case 'decimal':
      return values instanceof BigUint64Array ? decimalReader(type, column, values) : anyReader(type, column)
    case 'date':
      return dateReader(type, column)
    case 'array':
      return isOffsets(offsets) ? arrayReader(type.element, column, offsets) : anyReader(type, column)
    case 'map':
      return isOffsets(offsets) ? mapReader(type, column, offsets) : anyReader(type, column)
    case 'struct':
      return structReader(type.fields, column)
    default:
      return anyReader(type, column)
  }
}

const anyReader = (type: AnyType, column: ArrowColumn): ColumnReader => {
  const convert = converterOf(type)
  const read = convert
    ? (row: number) => {
        const value = column.at(row)
        return value === null || value === undefined ? null : convert(value as never)
      }
    : (row: number) => column.at(row) ?? null
  return (start, end) => Array.from({ length: end - start }, (_, index) => read(start + index))
}

/** A column has few days compared with its rows, and their texts are dear. */
const dateReader = (type: AnyType, column: ArrowColumn): ColumnReader => {
  const { values } = column
  const texts = new Map<number, unknown>()
  const convert = converterOf(type)
  if (!(values instanceof Int32Array) || !convert) return anyReader(type, column)
  return each(column, (row) => {
    const day = values[row] ?? 0
    let text = texts.get(day)
    if (text === undefined) texts.set(day, (text = convert((day * MILLIS_PER_DAY) as never)))
    return text
  })
}

/** Most decimals have few digits: those are read as numbers, without arithmetic on bigints. */
const decimalReader = (type: AnyType, column: ArrowColumn, values: BigUint64Array): ColumnReader => {
  const convert = converterOf(type)
  // Of 128 bits each, lowest first.
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length * 2)
  if (!convert || words.length < column.length * 4) return anyReader(type, column)
  return each(column, (row) => {
    const [lowest, low, high, highest] = [
      words[row * 4]!,
      words[row * 4 + 1]!,
      words[row * 4 + 2],
      words[row * 4 + 3],
    ]
    const isSmall = high === 0 && highest === 0 && low < MAX_SAFE_HIGH_WORD
    return convert((isSmall ? low * 2 ** 32 + lowest : column.at(row)) as never)
  })
}

const arrayReader = (element: AnyType, column: ArrowColumn, offsets: Int32Array): ColumnReader => {
  const readElements = columnReader(element, onlyChild(column))
  return (start, end) => {
    const first = offsets[start] ?? 0
    const elements = readElements(first, offsets[end] ?? first)
    return each(column, (row) =>
      elements.slice((offsets[row] ?? 0) - first, (offsets[row + 1] ?? 0) - first),
    )(start, end)
  }
}

const mapReader = (
  { key, value }: { readonly key: AnyType; readonly value: AnyType },
  column: ArrowColumn,
  offsets: Int32Array,
): ColumnReader => {
  const [keyColumn, valueColumn] = onlyChild(column).children ?? []
  if (!keyColumn || !valueColumn) throw new TypeError('a map of Arrow has keys and values')
  const [readKeys, readValues] = [columnReader(key, keyColumn), columnReader(value, valueColumn)]
  return (start, end) => {
    const first = offsets[start] ?? 0
    const last = offsets[end] ?? first
    const [keys, values] = [readKeys(first, last), readValues(first, last)]
    return each(column, (row) => {
      const map = new Map<unknown, unknown>()
      const until = (offsets[row + 1] ?? 0) - first
      for (let entry = (offsets[row] ?? 0) - first; entry < until; entry++)
        map.set(keys[entry], values[entry])
      return map
    })(start, end)
  }
}

const structReader = (fields: Schema, column: ArrowColumn): ColumnReader => {
  const readObjects = objectReader(fields, column.children ?? [])
  return (start, end) => {
    const objects = readObjects(start, end)
    return each(column, (row) => objects[row - start])(start, end)
  }
}

/** Reads columns side by side, as objects that have a key for each, in their order. */
export const objectReader = (
  fields: Schema,
  columns: readonly ArrowColumn[],
): ((start: number, end: number) => Record<string, unknown>[]) => {
  const names = Object.keys(fields)
  const readers = Object.values(fields).map((type, index) => {
    const column = columns[index]
    if (!column) throw new TypeError(`the server announced a column "${names[index]}" and did not send it`)
    return columnReader(type, column)
  })
  // Copies of one object share its shape, and its own keys even where a name is special, as `__proto__` is.
  const template: Record<string, unknown> = Object.fromEntries(names.map((name) => [name, null]))
  return (start, end) => {
    const values = readers.map((read) => read(start, end))
    return Array.from({ length: end - start }, (_, row) => {
      const object = { ...template }
      for (let index = 0; index < names.length; index++) object[names[index]!] = values[index]![row]
      return object
    })
  }
}

const onlyChild = (column: ArrowColumn): ArrowColumn => {
  const [child] = column.children ?? []
  if (!child) throw new TypeError('a list of Arrow has a column of elements')
  return child
}

const MILLIS_PER_DAY = 86_400_000
/** Above it, a number of two words is no safe integer. */
const MAX_SAFE_HIGH_WORD = 2 ** 21

const isNumbers = (values: unknown): values is Float64Array =>
  values instanceof Float64Array ||
  values instanceof Float32Array ||
  values instanceof Int32Array ||
  values instanceof Int16Array ||
  values instanceof Int8Array
const isLongs = (values: unknown): values is BigInt64Array => values instanceof BigInt64Array
const isBytes = (values: unknown): values is Uint8Array => values instanceof Uint8Array
const isOffsets = (offsets: unknown): offsets is Int32Array => offsets instanceof Int32Array
