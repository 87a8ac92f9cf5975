import fc from 'fast-check'
import { t, Timestamp, type AnyType, type Schema } from 'spark-connect-js'

/** A type and how to make a value of it, null included where it may be. */
interface Typed {
  readonly type: AnyType
  readonly value: fc.Arbitrary<unknown>
}

const DAY_MS = 86_400_000
const DAY_MICROS = 86_400_000_000n
/** Of the year 1, and of the year 9999: what Spark's own text of a date can hold. */
const [FIRST_DAY, LAST_DAY] = [-719_162, 2_932_896]

const isoDay = (days: number): string => new Date(days * DAY_MS).toISOString().slice(0, 10)
const clockReading = (micros: bigint): string => new Timestamp(micros).toString().slice(0, -1)
const timeOfDay = (micros: bigint): string => new Timestamp(micros).toString().slice(11, -1)
const long = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.constantFrom(-(2n ** 63n), 2n ** 63n - 1n, 0n, -1n),
)
const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', '👩‍🚀', 'é\u0000"\\', '\uffff'))
const day = fc.integer({ min: FIRST_DAY, max: LAST_DAY }).map(isoDay)

const decimalText = (precision: number, scale: number): fc.Arbitrary<string> => {
  const limit = 10n ** BigInt(precision) - 1n
  return fc
    .oneof(fc.bigInt({ min: -limit, max: limit }), fc.constantFrom(limit, -limit, 0n))
    .map((unscaled) => {
      const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0')
      const point = digits.length - scale
      return `${unscaled < 0n ? '-' : ''}${digits.slice(0, point)}${scale > 0 ? `.${digits.slice(point)}` : ''}`
    })
}

/** Every type without parts. Their names say what they are for. */
const scalars: readonly Typed[] = [
  { type: t.boolean, value: fc.boolean() },
  { type: t.byte, value: fc.integer({ min: -128, max: 127 }) },
  { type: t.short, value: fc.integer({ min: -32_768, max: 32_767 }) },
  { type: t.integer, value: fc.integer() },
  { type: t.long, value: long },
  { type: t.float, value: fc.float() },
  { type: t.double, value: fc.oneof(fc.double(), fc.constantFrom(-0, Number.NaN, -Infinity, 5e-324)) },
  { type: t.string, value: text },
  { type: t.binary, value: fc.uint8Array().map((bytes) => Uint8Array.from(bytes)) },
  { type: t.date, value: day },
  { type: t.timestamp, value: long.map((micros) => new Timestamp(micros)) },
  {
    type: t.timestampNtz,
    value: fc.bigInt({ min: -62_135_596_800_000_000n, max: 253_402_300_799_999_999n }).map(clockReading),
  },
  { type: t.time, value: fc.bigInt({ min: 0n, max: DAY_MICROS - 1n }).map(timeOfDay) },
  { type: t.dayTimeInterval, value: long },
  { type: t.yearMonthInterval, value: fc.integer() },
  { type: t.decimal(38, 0), value: decimalText(38, 0) },
  { type: t.decimal(38, 38), value: decimalText(38, 38) },
  { type: t.decimal(10, 2), value: decimalText(10, 2) },
]

/** A map's keys are compared by what they are; objects would never be equal. */
const keys: readonly Typed[] = scalars.filter(({ type }) =>
  ['string', 'integer', 'long', 'date', 'boolean'].includes(type.kind),
)

const orNull = ({ type, value }: Typed): fc.Arbitrary<Typed> =>
  fc
    .boolean()
    .map((isNullable) =>
      isNullable ? { type: type.nullable, value: fc.option(value, { freq: 3 }) } : { type, value },
    )

const arrayOf = (element: Typed): Typed => ({
  type: t.array(element.type),
  value: fc.array(element.value, { maxLength: 4 }),
})

const mapOf = (key: Typed, value: Typed): Typed => ({
  type: t.map(key.type, value.type),
  value: fc.array(fc.tuple(key.value, value.value), { maxLength: 4 }).map((entries) => new Map(entries)),
})

const structOf = (fields: readonly Typed[]): Typed => ({
  type: t.struct(schemaOf(fields)),
  value: fc.record(Object.fromEntries(fields.map(({ value }, index) => [nameOf(index), value])), {
    noNullPrototype: true,
  }),
})

// Names that Spark or JavaScript could take for something else.
const NAMES = ['a', 'b.c', 'd e', '`f`', 'ü', 'valueOf']
const nameOf = (index: number): string => `${NAMES[index % NAMES.length]}${index < NAMES.length ? '' : index}`
const schemaOf = (columns: readonly Typed[]): Schema =>
  Object.fromEntries(columns.map(({ type }, index) => [nameOf(index), type]))

const { typed } = fc.letrec<{ typed: Typed }>((tie) => ({
  typed: fc
    .oneof(
      { depthSize: 'small', withCrossShrink: true },
      { arbitrary: fc.constantFrom(...scalars), weight: 3 },
      { arbitrary: tie('typed').map(arrayOf), weight: 1 },
      { arbitrary: fc.tuple(fc.constantFrom(...keys), tie('typed')).map(([k, v]) => mapOf(k, v)), weight: 1 },
      { arbitrary: fc.array(tie('typed'), { minLength: 1, maxLength: 3 }).map(structOf), weight: 1 },
    )
    .chain(orNull),
}))

const rowsOf = (columns: readonly Typed[]) => {
  const { value } = structOf(columns)
  return fc
    .array(value as fc.Arbitrary<Readonly<Record<string, unknown>>>, { minLength: 1, maxLength: 40 })
    .map((rows) => ({ columns: schemaOf(columns), rows }))
}

/** Rows of a schema that has every type, each with null and without. */
export const rowsOfEveryType = rowsOf(
  [...scalars, arrayOf(scalars[4]!), mapOf(keys[0]!, scalars[4]!), structOf(scalars)].flatMap((each) => [
    each,
    { type: each.type.nullable, value: fc.option(each.value, { freq: 3 }) },
  ]),
)

/** Rows of any schema, with arrays, maps and structs in each other. */
export const rowsOfAnySchema = fc.array(typed, { minLength: 1, maxLength: 6 }).chain(rowsOf)
