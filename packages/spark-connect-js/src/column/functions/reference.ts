import { call, callByName, unparsedAttribute } from '../../plan/expression.ts'
import type { AnyType } from '../../types/data-type.ts'
import { Column, expressionOf } from '../column.ts'
import type { ColumnOrLiteral } from '../operand.ts'

/**
 * A column by its name; a dot leads into a struct, and backticks stand around a name with dots in it. The compiler
 * takes your word for its type; a frame's own columns, `(c) => c.id`, need none.
 * @example spark.range(0n, 1n).select(() => ({ n: col('id', t.long) })) // => [{ n: 0n }]
 */
export const col = <T extends AnyType>(name: string, _type: T): Column<T> =>
  new Column(unparsedAttribute(name))

/**
 * A column by its name, as {@link col}.
 * @example spark.range(0n, 1n).select(() => ({ n: column('id', t.long) })) // => [{ n: 0n }]
 */
export const column = <T extends AnyType>(name: string, type: T): Column<T> => col(name, type)

/**
 * Calls any function of the server by its name, which may be qualified by catalog and database. The compiler takes
 * your word for its type.
 * @example callFunction('upper', t.string, lit('spark')) // => 'SPARK'
 */
export const callFunction = <T extends AnyType>(
  functionName: string,
  _type: T,
  ...args: readonly ColumnOrLiteral[]
): Column<T> => new Column(callByName(functionName, args.map(expressionOf)))

/**
 * Calls a function that is registered in the session by its plain name. The compiler takes your word for its type.
 * @example callUdf('upper', t.string, lit('spark')) // => 'SPARK'
 */
export const callUdf = <T extends AnyType>(
  functionName: string,
  _type: T,
  ...args: readonly ColumnOrLiteral[]
): Column<T> => new Column(call(functionName, args.map(expressionOf)))
