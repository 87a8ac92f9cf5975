import type { ScalarType } from '../../types/data-type.ts'
import type { BooleanColumn, Column } from '../column.ts'
import type { ColumnOrLiteral } from '../operand.ts'
import { given, type StringOrColumn } from './argument.ts'
import { callFunction, type StringType } from './call.ts'

type Nothing = ScalarType<'null', boolean>

/**
 * Fails the query with a message, wherever it is computed; it stands where a column may.
 * @example coalesce(lit('a value'), raiseError('no value')) // => 'a value'
 */
export const raiseError = (message: StringOrColumn): Column<Nothing> => callFunction('raise_error', message)

/**
 * Null if the condition is true; else it fails the query, with a message if there is one.
 * @example assertTrue(lit(2).gt(1), 'two is less') // => null
 */
export const assertTrue = (condition: BooleanColumn, message?: StringOrColumn): Column<Nothing> =>
  callFunction('assert_true', condition, ...given(message))

const reflection =
  (name: string) =>
  (className: string, method: string, ...args: readonly ColumnOrLiteral[]): Column<StringType<boolean>> =>
    callFunction(name, className, method, ...args)

/**
 * The text of what a static method of a Java class on the server returns.
 * @example reflect('java.util.UUID', 'fromString', lit('a5cf6c42-0c85-418f-af6c-3e4e5b1328f2')) // => 'a5cf6c42-0c85-418f-af6c-3e4e5b1328f2'
 */
export const reflect = reflection('reflect')

/**
 * The text of what a static method of a Java class on the server returns.
 * @example javaMethod('java.lang.Integer', 'toHexString', lit(255)) // => 'ff'
 */
export const javaMethod = reflection('java_method')

/**
 * The text of what a static method of a Java class on the server returns; null if it throws.
 * @since Spark 4.0
 * @example tryReflect('java.net.URLDecoder', 'decode', lit('%')) // => null
 */
export const tryReflect = reflection('try_reflect')
