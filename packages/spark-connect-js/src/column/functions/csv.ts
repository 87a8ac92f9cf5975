import type { Schema, StructType } from '../../types/data-type.ts'
import { schemaDdl } from '../../types/ddl.ts'
import type { AllAsNullable } from '../../types/value.ts'
import type { Column, StringColumn } from '../column.ts'
import type { StringOrColumn } from './argument.ts'
import { callFunction, type NullOf, type StringType } from './call.ts'
import { optionsArgument, type FormatOptions } from './options.ts'

/**
 * Parses a line of CSV by the columns of a struct; a field that does not fit is null.
 * @example fromCsv(lit('1;x'), { a: t.integer, b: t.string }, { sep: ';' }) // => ({ a: 1, b: 'x' })
 */
export const fromCsv = <R extends StringColumn, S extends Schema>(
  column: R,
  columns: S,
  options: FormatOptions = {},
): Column<StructType<AllAsNullable<S>, NullOf<R>>> =>
  callFunction('from_csv', column, schemaDdl(columns), ...optionsArgument(options))

/**
 * A struct as a line of CSV.
 * @example toCsv(struct({ a: lit(1), b: 'x' })) // => '1,x'
 */
export const toCsv = (
  column: Column<StructType<Schema, boolean>>,
  options: FormatOptions = {},
): Column<StringType<boolean>> => callFunction('to_csv', column, ...optionsArgument(options))

/**
 * The schema of a sample line of CSV, in Spark's DDL; the sample is a constant.
 * @example schemaOfCsv('1|a', { sep: '|' }) // => 'STRUCT<_c0: INT, _c1: STRING>'
 */
export const schemaOfCsv = (csv: StringOrColumn, options: FormatOptions = {}): Column<StringType<false>> =>
  callFunction('schema_of_csv', csv, ...optionsArgument(options))
