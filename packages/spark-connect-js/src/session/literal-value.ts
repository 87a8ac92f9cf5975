import type { Expression_Literal } from '../generated/spark/connect/expressions_pb.js'
import { clockTime } from '../types/clock-time.ts'
import { Timestamp } from '../types/timestamp.ts'

const MICROS_PER_DAY = 86_400_000_000n
const ISO_DATE_LENGTH = 10

/** The JavaScript value of a literal that the server sent, as a row would hold it. */
export const literalValue = (literal: Expression_Literal | undefined): unknown => {
  const type = literal?.literalType
  switch (type?.case) {
    case undefined:
    case 'null':
      return null
    case 'timestamp':
      return new Timestamp(type.value)
    case 'timestampNtz':
      return new Timestamp(type.value).toString().slice(0, -1)
    case 'date':
      return new Timestamp(BigInt(type.value) * MICROS_PER_DAY).toString().slice(0, ISO_DATE_LENGTH)
    case 'decimal':
      return type.value.value
    case 'time':
      return clockTime(type.value.nano)
    case 'calendarInterval': {
      const { months, days, microseconds } = type.value
      return { months, days, microseconds }
    }
    case 'struct':
    case 'array':
      return type.value.elements.map(literalValue)
    default:
      return type?.value
  }
}
