import { create } from '@bufbuild/protobuf'
import { DataTypeSchema, type DataType } from '../generated/spark/connect/types_pb.js'
import { t, type AnyType, type Schema } from './data-type.ts'

const EMPTY = Object.freeze({})
// Spark's `MIXED_SRID`: each value has a spatial reference system of its own.
const ANY_SRID = Object.freeze({ srid: -1 })

const PROTO_CASES = {
  null: 'null',
  boolean: 'boolean',
  byte: 'byte',
  short: 'short',
  integer: 'integer',
  long: 'long',
  float: 'float',
  double: 'double',
  string: 'string',
  binary: 'binary',
  date: 'date',
  timestamp: 'timestamp',
  timestamp_ntz: 'timestampNtz',
  time: 'time',
  day_time_interval: 'dayTimeInterval',
  year_month_interval: 'yearMonthInterval',
  calendar_interval: 'calendarInterval',
  variant: 'variant',
} as const

/** A type as Spark Connect's `DataType` message. */
export const toProtoType = (type: AnyType): DataType =>
  create(DataTypeSchema, { kind: protoKind(type) as DataType['kind'] })

const protoKind = (type: AnyType) => {
  switch (type.kind) {
    case 'decimal':
      return { case: 'decimal', value: { precision: type.precision, scale: type.scale } }
    case 'unparsed':
      return { case: 'unparsed', value: { dataTypeString: type.ddl } }
    case 'array':
      return {
        case: 'array',
        value: { elementType: toProtoType(type.element), containsNull: type.element.isNullable },
      }
    case 'map':
      return {
        case: 'map',
        value: {
          keyType: toProtoType(type.key),
          valueType: toProtoType(type.value),
          valueContainsNull: type.value.isNullable,
        },
      }
    case 'struct':
      return { case: 'struct', value: { fields: protoFields(type.fields) } }
    case 'geometry':
    case 'geography':
      return { case: type.kind, value: ANY_SRID }
    default:
      return { case: PROTO_CASES[type.kind], value: EMPTY }
  }
}

const protoFields = (fields: Schema) =>
  Object.entries(fields).map(([name, field]) => ({
    name,
    dataType: toProtoType(field),
    nullable: field.isNullable,
  }))

const KINDS = {
  null: t.null,
  boolean: t.boolean,
  byte: t.byte,
  short: t.short,
  integer: t.integer,
  long: t.long,
  float: t.float,
  double: t.double,
  string: t.string,
  char: t.string,
  varChar: t.string,
  binary: t.binary,
  date: t.date,
  timestamp: t.timestamp,
  timestampNtz: t.timestampNtz,
  // Precision and fields say how a value is shown; what it is, they do not change.
  time: t.time,
  dayTimeInterval: t.dayTimeInterval,
  yearMonthInterval: t.yearMonthInterval,
  calendarInterval: t.calendarInterval,
  variant: t.variant,
  geometry: t.geometry,
  geography: t.geography,
} as const

/** The type that a server's `DataType` message stands for; what this client does not know is `unparsed`. */
const fromProtoType = ({ kind }: DataType): AnyType => {
  switch (kind.case) {
    case 'decimal':
      return t.decimal(kind.value.precision ?? 10, kind.value.scale ?? 0)
    case 'array':
      return t.array(orNull(required(kind.value.elementType), kind.value.containsNull))
    case 'map':
      return t.map(
        required(kind.value.keyType),
        orNull(required(kind.value.valueType), kind.value.valueContainsNull),
      )
    case 'struct':
      return t.struct(
        Object.fromEntries(
          kind.value.fields.map((field) => [field.name, orNull(required(field.dataType), field.nullable)]),
        ),
      )
    case 'unparsed':
      return t.unparsed(kind.value.dataTypeString)
    case undefined:
      return t.null
    default:
      return kind.case in KINDS ? KINDS[kind.case as keyof typeof KINDS] : t.unparsed(kind.case)
  }
}

/** The columns of a server's struct type. @throws TypeError if it is no struct. */
export const fromProtoSchema = (type: DataType): Schema => {
  const struct = fromProtoType(type)
  if (struct.kind !== 'struct') throw new TypeError(`a frame's schema is a struct, not ${struct.kind}`)
  return struct.fields
}

const required = (type: DataType | undefined): AnyType => (type ? fromProtoType(type) : t.null)

const orNull = (type: AnyType, isNullable: boolean): AnyType => (isNullable ? type.nullable : type)
