import { call } from '../../plan/expression.ts'
import type { Schema, StructType } from '../../types/data-type.ts'
import { schemaDdl } from '../../types/ddl.ts'
import type { AllNullable } from '../../types/value.ts'
import { Column, expressionOf, type StringColumn } from '../column.ts'
import { callFunction, type StringType } from './call.ts'

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
