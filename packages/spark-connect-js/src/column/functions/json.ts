import type { AnyType, ArrayType, MapType, ScalarType, Schema, StructType } from '../../types/data-type.ts'
import { schemaDdl, typeDdl } from '../../types/ddl.ts'
import type { AllAsNullable, AsNullable } from '../../types/value.ts'
import type { Column, StringColumn } from '../column.ts'
import { unaryOrNull, type AnyString, type StringOrColumn } from './argument.ts'
import { callFunction, type StringType } from './call.ts'
import { optionsArgument, type FormatOptions } from './options.ts'

type AnyArray = ArrayType<AnyType, boolean>
type AnyMap = MapType<AnyType, AnyType, boolean>
type AnyStruct = StructType<Schema, boolean>
type AnyVariant = ScalarType<'variant', boolean>

/**
 * Parses JSON by the columns of a struct, or by another type. Null may stand everywhere, whatever the schema says; a
 * text that is not JSON gives null or, in `PERMISSIVE` mode with a corrupt-record column, the text itself there.
 * @example fromJson(lit('{"a": 1}'), { a: t.long }) // => ({ a: 1n })
 * @example fromJson(lit('[1, 2]'), t.array(t.integer)) // => [1, 2]
 */
export function fromJson<S extends Schema>(
  column: StringColumn,
  columns: S,
  options?: FormatOptions,
): Column<StructType<AllAsNullable<S>, boolean>>
export function fromJson<T extends AnyArray | AnyMap | AnyStruct | AnyVariant>(
  column: StringColumn,
  type: T,
  options?: FormatOptions,
): Column<AsNullable<T>>
export function fromJson(
  column: StringColumn,
  type: Schema | AnyType,
  options: FormatOptions = {},
): Column<AnyType> {
  return callFunction(
    'from_json',
    column,
    isType(type) ? typeDdl(type) : schemaDdl(type),
    ...optionsArgument(options),
  )
}

const isType = (type: Schema | AnyType): type is AnyType => typeof type.kind === 'string'

/**
 * A struct, an array, a map or a variant as JSON; fields that are null are left out.
 * @example toJson(struct({ a: lit(1), b: 'x' })) // => '{"a":1,"b":"x"}'
 */
export const toJson = (
  column: Column<AnyArray | AnyMap | AnyStruct | AnyVariant>,
  options: FormatOptions = {},
): Column<StringType<boolean>> => callFunction('to_json', column, ...optionsArgument(options))

/**
 * The schema of a sample of JSON, in Spark's DDL; the sample is a constant.
 * @example schemaOfJson('{"a": 1}') // => 'STRUCT<a: BIGINT>'
 */
export const schemaOfJson = (json: StringOrColumn, options: FormatOptions = {}): Column<StringType<false>> =>
  callFunction('schema_of_json', json, ...optionsArgument(options))

/**
 * A value of a JSON text by its path; null where there is none.
 * @example getJsonObject(lit('{"a": [1, 2]}'), '$.a[1]') // => '2'
 */
export const getJsonObject = (column: StringColumn, path: StringOrColumn): Column<StringType<boolean>> =>
  callFunction('get_json_object', column, path)

/**
 * The number of elements of the outermost JSON array; null where the text is none.
 * @example jsonArrayLength(lit('[1, [2, 3]]')) // => 2
 */
export const jsonArrayLength = unaryOrNull<AnyString, 'integer'>('json_array_length')

/**
 * The keys of the outermost JSON object; null where the text is none.
 * @example jsonObjectKeys(lit('{"a": 1, "b": {"c": 2}}')) // => ['a', 'b']
 */
export const jsonObjectKeys = (column: StringColumn): Column<ArrayType<StringType<boolean>, boolean>> =>
  callFunction('json_object_keys', column)
