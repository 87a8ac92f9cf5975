import type { AnyType, Schema } from './data-type.ts'

/** A type as Spark writes it in JSON, which unlike DDL can say that an array holds no nulls. */
const jsonType = (type: AnyType): unknown => {
  switch (type.kind) {
    case 'null':
      return 'void'
    case 'time':
      return 'time(6)'
    case 'day_time_interval':
      return 'interval day to second'
    case 'year_month_interval':
      return 'interval year to month'
    case 'decimal':
      return `decimal(${type.precision},${type.scale})`
    case 'array':
      return { type: 'array', elementType: jsonType(type.element), containsNull: type.element.isNullable }
    case 'map':
      return {
        type: 'map',
        keyType: jsonType(type.key),
        valueType: jsonType(type.value),
        valueContainsNull: type.value.isNullable,
      }
    case 'struct':
      return jsonStruct(type.fields)
    case 'unparsed':
      return type.ddl
    default:
      return type.kind
  }
}

const jsonStruct = (fields: Schema) => ({
  type: 'struct',
  fields: Object.entries(fields).map(([name, type]) => ({
    name,
    type: jsonType(type),
    nullable: type.isNullable,
    metadata: {},
  })),
})

/** A schema in Spark's JSON (`StructType.json`). */
export const schemaJson = (columns: Schema): string => JSON.stringify(jsonStruct(columns))
