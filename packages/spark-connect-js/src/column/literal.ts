import {
  cast,
  literal,
  literalExpression,
  type ExpressionNode,
  type LiteralNode,
} from '../plan/expression.ts'
import { toProtoType } from '../types/proto.ts'
import { t, type AnyType, type ScalarType } from '../types/data-type.ts'
import { Timestamp } from '../types/timestamp.ts'
import type { CalendarInterval } from '../types/value.ts'

/** A JavaScript value that stands for a constant in a plan. */
export type LiteralValue =
  string | number | bigint | boolean | Date | Timestamp | Uint8Array | CalendarInterval | null

/** Said by the compiler where a number's value, and so its Spark type, is unknown until run time. */
export type UnknownNumber =
  'this number is known only at run time: write lit(x, t.double) or lit(x, t.integer), or use a bigint for a long'

type NumberType<V extends number> = number extends V
  ? ScalarType<'double', false>
  : `${V}` extends `${bigint}`
    ? ScalarType<'integer', false>
    : ScalarType<'double', false>

/**
 * The Spark type of a constant, as PySpark's `lit` has it: a whole number is an integer, any other a double,
 * a bigint a long.
 */
export type LiteralType<V> = V extends number
  ? NumberType<V>
  : V extends bigint
    ? ScalarType<'long', false>
    : V extends string
      ? ScalarType<'string', false>
      : V extends boolean
        ? ScalarType<'boolean', false>
        : V extends Date | Timestamp
          ? ScalarType<'timestamp', false>
          : V extends Uint8Array
            ? ScalarType<'binary', false>
            : V extends CalendarInterval
              ? ScalarType<'calendar_interval', false>
              : V extends null
                ? ScalarType<'null', boolean>
                : never

/** How far a kind reaches below zero; above, one less. */
const REACH = { byte: 2 ** 7, short: 2 ** 15, integer: 2 ** 31 } as const

const fits = (value: number, kind: keyof typeof REACH): boolean =>
  Number.isInteger(value) && value >= -REACH[kind] && value < REACH[kind] && !Object.is(value, -0)

/** A constant by itself, not as an expression. @throws TypeError for a value that no Spark literal can hold. */
export const literalOf = (value: LiteralValue, type?: AnyType): LiteralNode => {
  if (value === null) return literal({ case: 'null', value: toProtoType(type ?? t.null) })
  switch (typeof value) {
    case 'string':
      return literal({ case: 'string', value })
    case 'boolean':
      return literal({ case: 'boolean', value })
    case 'bigint':
      return literal({ case: type?.kind === 'day_time_interval' ? 'dayTimeInterval' : 'long', value })
    case 'number':
      return numberLiteral(value, type)
    case 'object':
      if (value instanceof Uint8Array) return literal({ case: 'binary', value })
      if (value instanceof Date || value instanceof Timestamp) {
        return literal({ case: 'timestamp', value: Timestamp.from(value).epochMicros })
      }
      if ('microseconds' in value) return literal({ case: 'calendarInterval', value: intervalOf(value) })
      break
    default:
  }
  throw new TypeError(`${typeof value} ${String(value)} is not a Spark literal`)
}

const intervalOf = ({ months, days, microseconds }: CalendarInterval): CalendarInterval => {
  const isWhole = fits(months, 'integer') && fits(days, 'integer')
  if (!isWhole) throw new RangeError(`${months} months and ${days} days are no calendar interval`)
  return { months, days, microseconds }
}

const numberLiteral = (value: number, type: AnyType | undefined): LiteralNode => {
  const kind = type?.kind ?? (fits(value, 'integer') ? 'integer' : 'double')
  switch (kind) {
    case 'byte':
    case 'short':
    case 'integer':
      if (!fits(value, kind)) throw new RangeError(`${value} does not fit in Spark's ${kind}`)
      return literal({ case: kind, value })
    case 'year_month_interval':
      if (!fits(value, 'integer')) throw new RangeError(`${value} is no number of months`)
      return literal({ case: 'yearMonthInterval', value })
    case 'long':
      return literal({ case: 'long', value: BigInt(value) })
    case 'float':
    case 'double':
      return literal({ case: kind, value })
    default:
      throw new TypeError(`a number is not a literal of type ${kind}`)
  }
}

/** A constant of a type: where no literal of that type holds the value, such as a decimal's text, it is cast. */
export const literalNode = (value: LiteralValue, type?: AnyType): ExpressionNode => {
  const constant = literalOf(value, type)
  const kind = constant.literalType.case
  const expression = literalExpression(constant)
  if (type === undefined || kind === 'null' || kind === toProtoType(type).kind.case) return expression
  return cast(expression, toProtoType(type), 'default')
}
