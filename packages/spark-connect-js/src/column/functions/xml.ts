import type { ArrayType, ScalarKind, ScalarType, Schema, StructType } from '../../types/data-type.ts'
import { schemaDdl } from '../../types/ddl.ts'
import type { AllAsNullable } from '../../types/value.ts'
import type { Column, StringColumn } from '../column.ts'
import type { StringOrColumn } from './argument.ts'
import { callFunction, type StringType } from './call.ts'
import { optionsArgument, type FormatOptions } from './options.ts'

/**
 * Parses XML by the columns of a struct: elements by their name, attributes by theirs behind an underscore.
 * @since Spark 4.0
 * @example fromXml(lit('<p id="7"><a>1</a></p>'), { _id: t.string, a: t.long }) // => ({ _id: '7', a: 1n })
 */
export const fromXml = <S extends Schema>(
  column: StringColumn,
  columns: S,
  options: FormatOptions = {},
): Column<StructType<AllAsNullable<S>, boolean>> =>
  callFunction('from_xml', column, schemaDdl(columns), ...optionsArgument(options))

/**
 * A struct as XML, an element a field.
 * @since Spark 4.0
 * @example xpathInt(toXml(struct({ a: lit(1) }), { rowTag: 'p' }), 'p/a') // => 1
 */
export const toXml = (
  column: Column<StructType<Schema, boolean>>,
  options: FormatOptions = {},
): Column<StringType<boolean>> => callFunction('to_xml', column, ...optionsArgument(options))

/**
 * The schema of a sample of XML, in Spark's DDL; the sample is a constant.
 * @since Spark 4.0
 * @example schemaOfXml('<p><a>1</a></p>') // => 'STRUCT<a: BIGINT>'
 */
export const schemaOfXml = (xml: StringOrColumn, options: FormatOptions = {}): Column<StringType<false>> =>
  callFunction('schema_of_xml', xml, ...optionsArgument(options))

/** The path is a constant of XPath 1.0. */
const xpathOf =
  <K extends ScalarKind>(name: string) =>
  (xml: StringColumn, path: string): Column<ScalarType<K, boolean>> =>
    callFunction(name, xml, path)

/**
 * The texts of all nodes at an XPath.
 * @example xpath(lit('<a><b>b1</b><b>b2</b></a>'), 'a/b/text()') // => ['b1', 'b2']
 */
export const xpath = (xml: StringColumn, path: string): Column<ArrayType<StringType<boolean>, boolean>> =>
  callFunction('xpath', xml, path)

/**
 * The text of the first node at an XPath; an empty text where there is none.
 * @example xpathString(lit('<a><b>b1</b></a>'), 'a/b') // => 'b1'
 */
export const xpathString = xpathOf<'string'>('xpath_string')

/**
 * Whether an XPath holds, or has a node.
 * @example xpathBoolean(lit('<a><b>1</b></a>'), 'a/b') // => true
 */
export const xpathBoolean = xpathOf<'boolean'>('xpath_boolean')

/**
 * The number at an XPath: 0 where no node is, NaN where it is no number.
 * @example xpathDouble(lit('<a><b>1</b><b>2.5</b></a>'), 'sum(a/b)') // => 3.5
 */
export const xpathDouble = xpathOf<'double'>('xpath_double')

/**
 * The number at an XPath: 0 where no node is, NaN where it is no number.
 * @example xpathNumber(lit('<a><b>x</b></a>'), 'a/b') // => NaN
 */
export const xpathNumber = xpathOf<'double'>('xpath_number')

/**
 * The number at an XPath, in single precision.
 * @example xpathFloat(lit('<a><b>1</b><b>2.5</b></a>'), 'sum(a/b)') // => 3.5
 */
export const xpathFloat = xpathOf<'float'>('xpath_float')

/**
 * The number at an XPath without its fraction; 0 where there is none.
 * @example xpathInt(lit('<a><b>1</b><b>2.5</b></a>'), 'sum(a/b)') // => 3
 */
export const xpathInt = xpathOf<'integer'>('xpath_int')

/**
 * The number at an XPath without its fraction; 0 where there is none.
 * @example xpathLong(lit('<a><b>1</b><b>2.5</b></a>'), 'sum(a/b)') // => 3n
 */
export const xpathLong = xpathOf<'long'>('xpath_long')

/**
 * The number at an XPath without its fraction; 0 where there is none.
 * @example xpathShort(lit('<a><b>1</b><b>2.5</b></a>'), 'sum(a/b)') // => 3
 */
export const xpathShort = xpathOf<'short'>('xpath_short')
