import type { AnyType, ArrayType, MapType, ScalarType, Schema, StructType } from '../../types/data-type.ts'
import { typeDdl } from '../../types/ddl.ts'
import type { AsNullable } from '../../types/value.ts'
import type { Column } from '../column.ts'
import { unary, unaryOrNull, type AnyString, type BooleanType, type StringOrColumn } from './argument.ts'
import { callFunction, type NullOf, type StringType } from './call.ts'

type AnyVariant = ScalarType<'variant', boolean>
type Nested = ArrayType<AnyType, boolean> | MapType<AnyType, AnyType, boolean> | StructType<Schema, boolean>

/**
 * JSON as a variant; an error where the text is not JSON.
 * @since Spark 4.0
 * @example toJson(parseJson(lit('{ "a": [1, 2.50] }'))) // => '{"a":[1,2.5]}'
 */
export const parseJson = unary<AnyString, 'variant'>('parse_json')

/**
 * JSON as a variant; null where the text is not JSON.
 * @since Spark 4.0
 * @example tryParseJson(lit('{')) // => null
 */
export const tryParseJson = unaryOrNull<AnyString, 'variant'>('try_parse_json')

/**
 * Whether a variant holds JSON's null; false for a null of Spark's.
 * @since Spark 4.0
 * @example isVariantNull(parseJson(lit('null'))) // => true
 */
export const isVariantNull = (column: Column<AnyVariant>): Column<BooleanType<false>> =>
  callFunction('is_variant_null', column)

const variantGetter =
  (name: string) =>
  <T extends AnyType>(column: Column<AnyVariant>, path: StringOrColumn, type: T): Column<AsNullable<T>> =>
    callFunction(name, column, path, typeDdl(type))

/**
 * A part of a variant by its path (`$`, `$.a`, `$[0]`), as a type; null where the path leads nowhere, an error where
 * the part is of another type.
 * @since Spark 4.0
 * @example variantGet(parseJson(lit('{"a": [1, 2]}')), '$.a[1]', t.integer) // => 2
 */
export const variantGet = variantGetter('variant_get')

/**
 * A part of a variant by its path (`$`, `$.a`, `$[0]`), as a type; null where the path leads nowhere or the part is
 * of another type.
 * @since Spark 4.0
 * @example tryVariantGet(parseJson(lit('{"a": "x"}')), '$.a', t.integer) // => null
 */
export const tryVariantGet = variantGetter('try_variant_get')

/**
 * The schema of a variant, in Spark's DDL.
 * @since Spark 4.0
 * @example schemaOfVariant(parseJson(lit('{"a": 1}'))) // => 'OBJECT<a: BIGINT>'
 */
export const schemaOfVariant = unary<AnyVariant, 'string'>('schema_of_variant')

/**
 * The schema that all variants of a group have in common, in Spark's DDL.
 * @since Spark 4.0
 * @example schemaOfVariantAgg(parseJson(lit('[1]'))) // => 'ARRAY<BIGINT>'
 */
export const schemaOfVariantAgg = (column: Column<AnyVariant>): Column<StringType<false>> =>
  callFunction('schema_of_variant_agg', column)

/**
 * A struct, array or map with texts as keys as a variant: its object or array.
 * @since Spark 4.0
 * @example toJson(toVariantObject(struct({ a: lit(1) }))) // => '{"a":1}'
 */
export const toVariantObject = <R extends Column<Nested>>(
  column: R,
): Column<ScalarType<'variant', NullOf<R>>> => callFunction('to_variant_object', column)
