import { fromBinary } from '@bufbuild/protobuf'
import { anyUnpack } from '@bufbuild/protobuf/wkt'
import { status, type Metadata, type ServiceError } from '@grpc/grpc-js'
import { ErrorInfoSchema } from '../generated/google/rpc/error_details_pb.js'
import { StatusSchema } from '../generated/google/rpc/status_pb.js'
import { ConnectionStringError } from './connection-string.ts'

/** A gRPC status by name, `INVALID_STATE` for a misuse of the client, `UNKNOWN` for anything else. */
export type SparkConnectErrorCode = keyof typeof status | 'INVALID_STATE'

interface ErrorParts {
  readonly code: SparkConnectErrorCode
  readonly errorClass?: string | undefined
  readonly sqlState?: string | undefined
  readonly errorId?: string | undefined
  readonly cause?: unknown
}

const TRANSIENT: ReadonlySet<SparkConnectErrorCode> = new Set(['UNAVAILABLE'])

/** Everything that can go wrong between this client and Spark, with Spark's own words for it. */
export class SparkConnectError extends Error {
  override readonly name = 'SparkConnectError'
  readonly code: SparkConnectErrorCode
  /** Spark's error condition, such as `UNRESOLVED_COLUMN.WITH_SUGGESTION`. */
  readonly errorClass: string | undefined
  readonly sqlState: string | undefined
  /** The key under which the server keeps the full error for a while. */
  readonly errorId: string | undefined

  constructor(message: string, { code, errorClass, sqlState, errorId, cause }: ErrorParts) {
    super(message, { cause })
    this.code = code
    this.errorClass = errorClass
    this.sqlState = sqlState
    this.errorId = errorId
  }

  /**
   * Whether the same call may succeed if it is made again.
   * @example new SparkConnectError('no server answers', { code: 'UNAVAILABLE' }).isTransient // => true
   */
  get isTransient(): boolean {
    return TRANSIENT.has(this.code)
  }

  /**
   * Converts whatever was thrown; an error of this class passes unchanged.
   * @example SparkConnectError.from('it broke').code // => 'UNKNOWN'
   */
  static from(cause: unknown): SparkConnectError {
    if (cause instanceof SparkConnectError) return cause
    if (cause instanceof ConnectionStringError) {
      return new SparkConnectError(cause.message, { code: 'INVALID_ARGUMENT', cause })
    }
    if (isServiceError(cause)) return fromServiceError(cause)
    if (isAbort(cause)) {
      return new SparkConnectError('the operation was interrupted', { code: 'CANCELLED', cause })
    }
    return new SparkConnectError(cause instanceof Error ? cause.message : String(cause), {
      code: 'UNKNOWN',
      cause,
    })
  }
}

// By name: a DOMException is an Error only in the realm that made it.
const isAbort = (cause: unknown): boolean =>
  typeof cause === 'object' && cause !== null && 'name' in cause && cause.name === 'AbortError'

const isServiceError = (cause: unknown): cause is ServiceError =>
  cause instanceof Error && 'code' in cause && typeof cause.code === 'number' && 'metadata' in cause

const fromServiceError = (cause: ServiceError): SparkConnectError => {
  const info = errorInfo(cause.metadata)
  return new SparkConnectError(info?.message || cause.details || cause.message, {
    code: (status[cause.code] ?? 'UNKNOWN') as SparkConnectErrorCode,
    errorClass: info?.metadata['errorClass'],
    sqlState: info?.metadata['sqlState'],
    errorId: info?.metadata['errorId'],
    cause,
  })
}

// Spark puts a google.rpc.Status with an ErrorInfo into this trailer
// (sql/connect/server: org.apache.spark.sql.connect.utils.ErrorUtils).
const errorInfo = (metadata: Metadata | undefined) => {
  const [bytes] = metadata?.get('grpc-status-details-bin') ?? []
  if (!(bytes instanceof Uint8Array)) return undefined
  try {
    const { message, details } = fromBinary(StatusSchema, bytes)
    const info = details
      .map((detail) => anyUnpack(detail, ErrorInfoSchema))
      .find((found) => found !== undefined)
    return { message, metadata: info?.metadata ?? {} }
  } catch {
    return undefined // a proxy's trailer, perhaps; the error itself says more than that it cannot be read
  }
}
