import { quoteIdentifier } from '../plan/expression.ts'
import type { AnyType, Schema } from './data-type.ts'

const DDL_NAMES = {
  null: 'VOID',
  boolean: 'BOOLEAN',
  byte: 'TINYINT',
  short: 'SMALLINT',
  integer: 'INT',
  long: 'BIGINT',
  float: 'FLOAT',
  double: 'DOUBLE',
  string: 'STRING',
  binary: 'BINARY',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
  timestamp_ntz: 'TIMESTAMP_NTZ',
  time: 'TIME',
  day_time_interval: 'INTERVAL DAY TO SECOND',
  year_month_interval: 'INTERVAL YEAR TO MONTH',
  calendar_interval: 'INTERVAL',
  variant: 'VARIANT',
  geometry: 'GEOMETRY(ANY)',
  geography: 'GEOGRAPHY(ANY)',
} as const

const notNull = (type: AnyType): string => (type.isNullable ? '' : ' NOT NULL')

/** A type in Spark's DDL, without its own nullability. */
export const typeDdl = (type: AnyType): string => {
  switch (type.kind) {
    case 'decimal':
      return `DECIMAL(${type.precision},${type.scale})`
    case 'unparsed':
      return type.ddl
    case 'array':
      return `ARRAY<${typeDdl(type.element)}>`
    case 'map':
      return `MAP<${typeDdl(type.key)}, ${typeDdl(type.value)}>`
    case 'struct':
      return `STRUCT<${fieldsDdl(type.fields, ': ')}>`
    default:
      return DDL_NAMES[type.kind]
  }
}

const fieldsDdl = (fields: Schema, separator: string): string =>
  Object.entries(fields)
    .map(([name, type]) => `${quoteIdentifier(name)}${separator}${typeDdl(type)}${notNull(type)}`)
    .join(', ')

/** A type as Spark names it in `dtypes`: `array<struct<id:bigint>>`. */
export const simpleString = (type: AnyType): string => {
  switch (type.kind) {
    case 'array':
      return `array<${simpleString(type.element)}>`
    case 'map':
      return `map<${simpleString(type.key)},${simpleString(type.value)}>`
    case 'struct':
      return `struct<${Object.entries(type.fields)
        .map(([name, field]) => `${name}:${simpleString(field)}`)
        .join(',')}>`
    default:
      return typeDdl(type).toLowerCase()
  }
}

/**
 * A schema in Spark's DDL: `author_id STRING NOT NULL, followers BIGINT`.
 * @example schemaDdl({ tags: t.array(t.string).nullable }) // => 'tags ARRAY<STRING>'
 */
export const schemaDdl = (columns: Schema): string => fieldsDdl(columns, ' ')
