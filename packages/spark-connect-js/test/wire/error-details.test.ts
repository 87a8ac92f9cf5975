import { create } from '@bufbuild/protobuf'
import { describe, expect, it } from '@jest/globals'

import { FetchErrorDetailsResponseSchema } from '../../src/generated/spark/connect/base_pb.js'
import { withErrorDetails } from '../../src/wire/error-details.ts'
import { SparkConnectError } from '../../src/wire/error.ts'

const short = new SparkConnectError('it is cut o...', {
  code: 'INTERNAL',
  errorClass: 'OUTER',
  sqlState: '42000',
  errorId: 'e-1',
})

describe('the details of an error', () => {
  it('give it its whole message and the chain of its causes', () => {
    const response = create(FetchErrorDetailsResponseSchema, {
      rootErrorIdx: 1,
      errors: [
        {
          message: 'disk full',
          errorTypeHierarchy: ['java.io.IOException'],
          stackTrace: [{ declaringClass: 'a.B', methodName: 'write', fileName: 'B.java', lineNumber: 7 }],
        },
        {
          message: 'it is cut off nowhere',
          errorTypeHierarchy: ['org.apache.spark.SparkException'],
          causeIdx: 0,
          sparkThrowable: { errorClass: 'OUTER.INNER', messageParameters: { path: '/tmp' } },
        },
      ],
    })
    const error = withErrorDetails(short, response)
    expect(error).toMatchObject({
      message: 'it is cut off nowhere',
      code: 'INTERNAL',
      errorClass: 'OUTER.INNER',
      sqlState: '42000',
      messageParameters: { path: '/tmp' },
      exceptionTypes: ['org.apache.spark.SparkException'],
    })
    expect(error.cause).toMatchObject({
      name: 'SparkConnectError',
      message: 'disk full',
      errorClass: undefined,
      sqlState: undefined,
      serverStack: 'at a.B.write(B.java:7)',
    })
  })

  it('may be missing, or run in a circle', () => {
    expect(withErrorDetails(short, create(FetchErrorDetailsResponseSchema, {}))).toBe(short)
    const circle = create(FetchErrorDetailsResponseSchema, {
      rootErrorIdx: 0,
      errors: [{ message: 'round', causeIdx: 0 }],
    })
    expect(withErrorDetails(short, circle).message).toBe('round')
  })
})
