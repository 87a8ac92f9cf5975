import { create, toBinary } from '@bufbuild/protobuf'
import { anyPack, durationFromMs } from '@bufbuild/protobuf/wkt'
import { Metadata, status, type ServiceError } from '@grpc/grpc-js'
import { describe, expect, it } from '@jest/globals'
import { SparkConnectError } from 'spark-connect-js'

import { ErrorInfoSchema, RetryInfoSchema } from '../../src/generated/google/rpc/error_details_pb.js'
import { StatusSchema } from '../../src/generated/google/rpc/status_pb.js'
import { ConnectionStringError } from '../../src/wire/connection-string.ts'

const serviceError = (code: number, details: string, trailer?: Uint8Array): ServiceError => {
  const metadata = new Metadata()
  if (trailer) metadata.set('grpc-status-details-bin', Buffer.from(trailer))
  return Object.assign(new Error(`${code} ${details}`), { code, details, metadata })
}

const statusOf = (message: string, metadata: Readonly<Record<string, string>>): Uint8Array => {
  const info = create(ErrorInfoSchema, { reason: 'ANALYSIS', domain: 'org.apache.spark', metadata })
  const details = [anyPack(ErrorInfoSchema, info)]
  return toBinary(StatusSchema, create(StatusSchema, { code: status.INTERNAL, message, details }))
}

describe('an error of the service', () => {
  it('keeps Spark’s message, error class, SQLSTATE and id', () => {
    const trailer = statusOf('[TABLE_OR_VIEW_NOT_FOUND] the table is not there', {
      errorClass: 'TABLE_OR_VIEW_NOT_FOUND',
      sqlState: '42P01',
      errorId: 'e-1',
    })
    const cause = serviceError(status.INTERNAL, 'short', trailer)
    expect(SparkConnectError.from(cause)).toMatchObject({
      name: 'SparkConnectError',
      message: '[TABLE_OR_VIEW_NOT_FOUND] the table is not there',
      code: 'INTERNAL',
      errorClass: 'TABLE_OR_VIEW_NOT_FOUND',
      sqlState: '42P01',
      errorId: 'e-1',
      isTransient: false,
      cause,
    })
  })

  it('does without details', () => {
    const error = SparkConnectError.from(serviceError(status.UNAVAILABLE, 'no connection'))
    expect(error).toMatchObject({ message: 'no connection', code: 'UNAVAILABLE', isTransient: true })
    expect(error.errorClass).toBeUndefined()
    expect(error.sqlState).toBeUndefined()
  })

  it('does with details that are no status', () => {
    const cause = serviceError(status.INTERNAL, 'broken', Uint8Array.of(255, 255, 255))
    expect(SparkConnectError.from(cause)).toMatchObject({ message: 'broken', code: 'INTERNAL' })
  })

  it.each([
    [status.INTERNAL, 'Received RST_STREAM with code 0 (Call ended without gRPC status)', 'UNAVAILABLE'],
    [status.CANCELLED, 'Call cancelled', 'UNAVAILABLE'],
    [status.RESOURCE_EXHAUSTED, 'Bandwidth exhausted or memory limit exceeded', 'UNAVAILABLE'],
    [status.CANCELLED, 'Cancelled on client', 'CANCELLED'],
    [status.RESOURCE_EXHAUSTED, 'Received message larger than max (200 vs 100)', 'RESOURCE_EXHAUSTED'],
    [status.INTERNAL, 'Received RST_STREAM with code 3', 'INTERNAL'],
  ])('tells a broken connection from a refusal: %s %s', (code, details, expected) => {
    expect(SparkConnectError.from(serviceError(code, details)).code).toBe(expected)
  })

  it('says class and SQLSTATE in its message only, on servers before 4.0', () => {
    const details = '[TABLE_OR_VIEW_NOT_FOUND] The table is not there. SQLSTATE: 42P01'
    expect(SparkConnectError.from(serviceError(status.INTERNAL, details))).toMatchObject({
      errorClass: 'TABLE_OR_VIEW_NOT_FOUND',
      sqlState: '42P01',
    })
  })

  it('may ask for a delay', () => {
    const details = [anyPack(RetryInfoSchema, create(RetryInfoSchema, { retryDelay: durationFromMs(1_500) }))]
    const trailer = toBinary(StatusSchema, create(StatusSchema, { code: 8, message: 'busy', details }))
    expect(SparkConnectError.from(serviceError(status.RESOURCE_EXHAUSTED, 'busy', trailer))).toMatchObject({
      retryDelayMs: 1_500,
      isTransient: true,
    })
  })

  it('with a status that gRPC does not know is unknown', () => {
    expect(SparkConnectError.from(serviceError(99, 'odd')).code).toBe('UNKNOWN')
  })
})

describe('anything that is thrown', () => {
  it.each<[string, unknown, object]>([
    ['an abort', new DOMException('stop', 'AbortError'), { code: 'CANCELLED' }],
    ['an address', new ConnectionStringError('bad'), { code: 'INVALID_ARGUMENT', message: 'bad' }],
    ['an Error', new RangeError('boom'), { code: 'UNKNOWN', message: 'boom' }],
    // Code and metadata make a service error, not a code alone.
    ['an Error of Node', Object.assign(new Error('gone'), { code: 'ENOENT' }), { code: 'UNKNOWN' }],
    ['a text', 'boom', { code: 'UNKNOWN', message: 'boom' }],
    ['nothing', undefined, { code: 'UNKNOWN', message: 'undefined' }],
    ['null', null, { code: 'UNKNOWN', message: 'null' }],
  ])('becomes a SparkConnectError with its cause: %s', (_, cause, expected) => {
    const error = SparkConnectError.from(cause)
    expect(error).toBeInstanceOf(SparkConnectError)
    expect(error).toMatchObject(expected)
    expect(error.cause).toBe(cause)
    expect(error.isTransient).toBe(false)
  })

  it('passes unchanged if it is one already', () => {
    const error = new SparkConnectError('once', { code: 'INTERNAL' })
    expect(SparkConnectError.from(error)).toBe(error)
  })
})
