import type { Expression_Literal } from '../generated/spark/connect/expressions_pb.js'
import { Timestamp } from '../types/timestamp.ts'

/** The JavaScript value of a literal that the server sent, as a row would hold it. */
export const literalValue = (literal: Expression_Literal | undefined): unknown => {
  const type = literal?.literalType
  switch (type?.case) {
    case undefined:
    case 'null':
      return null
    case 'timestamp':
      return new Timestamp(type.value)
    case 'decimal':
      return type.value.value
    case 'struct':
    case 'array':
      return type.value.elements.map(literalValue)
    default:
      return type?.value
  }
}
