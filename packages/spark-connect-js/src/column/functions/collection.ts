import { alias, call, lambda, lambdaVariable } from '../../plan/expression.ts'
import type { AnyType, ArrayType, Schema, StructType } from '../../types/data-type.ts'
import { schemaDdl } from '../../types/ddl.ts'
import type { AllNullable, WithNull } from '../../types/value.ts'
import { Column, expressionOf, type StringColumn } from '../column.ts'
import type { ColumnOrLiteral, TypeOf } from '../operand.ts'
import { callFunction, type IntegerType, type NullOf, type StringType } from './call.ts'

/** The schema of a record of columns and constants. */
export type SchemaOf<R> = { readonly [K in keyof R]: Extract<TypeOf<R[K]>, AnyType> }

/**
 * Builds a struct, field by field.
 * @example struct({ x: lit(1), y: 'a' }) // => ({ x: 1, y: 'a' })
 */
export const struct = <const R extends Readonly<Record<string, ColumnOrLiteral>>>(
  fields: R,
): Column<StructType<SchemaOf<R>, false>> =>
  new Column(
    call(
      'struct',
      Object.entries(fields).map(([name, value]) => alias(expressionOf(value), name)),
    ),
  )

/**
 * An array of the values.
 * @example array(lit(1), lit(2)) // => [1, 2]
 */
export const array = <T extends AnyType>(...elements: readonly Column<T>[]): Column<ArrayType<T, false>> =>
  callFunction('array', ...elements)

/**
 * One row for each element; none where the array is null or empty.
 * @example spark.range(0n, 1n).select(() => ({ x: explode(array(lit('a'), lit('b'))) })) // => [{ x: 'a' }, { x: 'b' }]
 */
export const explode = <E extends AnyType>(column: Column<ArrayType<E, boolean>>): Column<E> =>
  callFunction('explode', column)

/**
 * One row for each element; one with null where the array is null or empty.
 * @example spark.range(0n, 1n).select(() => ({ x: explodeOuter(nullOf(t.array(t.long))) })) // => [{ x: null }]
 */
export const explodeOuter = <E extends AnyType>(
  column: Column<ArrayType<E, boolean>>,
): Column<WithNull<E, boolean>> => callFunction('explode_outer', column)

/**
 * The number of elements; null for a null array.
 * @example arraySize(array(lit('a'))) // => 1
 */
export const arraySize = <R extends Column<ArrayType<AnyType, boolean>>>(
  column: R,
): Column<IntegerType<NullOf<R>>> => callFunction('array_size', column)

/**
 * Applies `body` to each element and its index.
 * @example transform(array(lit(1), lit(2)), (x, i) => x.plus(i)) // => [1, 3]
 */
export const transform = <E extends AnyType, N extends boolean, R extends AnyType>(
  column: Column<ArrayType<E, N>>,
  body: (element: Column<E>, index: Column<IntegerType<false>>) => Column<R>,
): Column<ArrayType<R, N>> => {
  const result = body(new Column(lambdaVariable('x')), new Column(lambdaVariable('i')))
  return new Column(call('transform', [column.expression, lambda(result.expression, ['x', 'i'])]))
}

/**
 * Parses JSON by a schema. Every field is nullable, whatever the schema says; a text that is not JSON gives
 * a null struct or, in `PERMISSIVE` mode with a corrupt-record column, the text itself in that column.
 * @example fromJson(lit('{"x": 1}'), { x: t.long }) // => ({ x: 1n })
 */
export const fromJson = <S extends Schema>(
  column: StringColumn,
  columns: S,
  options: Readonly<Record<string, string>> = {},
): Column<StructType<AllNullable<S>, boolean>> =>
  new Column(
    call('from_json', [
      column.expression,
      expressionOf(schemaDdl(columns)),
      ...(Object.keys(options).length > 0 ? [mapOf(options)] : []),
    ]),
  )

const mapOf = (entries: Readonly<Record<string, string>>) =>
  call('map', Object.entries(entries).flat().map(expressionOf))

/**
 * A value of a JSON text by its path; null where there is none.
 * @example getJsonObject(lit('{"x": [1, 2]}'), '$.x[1]') // => '2'
 */
export const getJsonObject = (column: StringColumn, path: string): Column<StringType<boolean>> =>
  callFunction('get_json_object', column, path)

/**
 * Joins the elements of an array of texts, leaving nulls out.
 * @example arrayJoin(array(lit('a'), nullOf(t.string), lit('b')), '-') // => 'a-b'
 */
export const arrayJoin = <N extends boolean>(
  column: Column<ArrayType<StringType<boolean>, N>>,
  delimiter: string,
): Column<StringType<N>> => callFunction('array_join', column, delimiter)

/**
 * The element at a one-based index, from the end where it is negative.
 * @example elementAt(array(lit('a'), lit('b')), -1) // => 'b'
 */
export const elementAt = <E extends AnyType>(
  column: Column<ArrayType<E, boolean>>,
  oneBasedIndex: number,
): Column<WithNull<E, boolean>> => callFunction('element_at', column, oneBasedIndex)
