import { status, type ServiceError } from '@grpc/grpc-js'
import { ConnectionStringError } from './connection-string.ts'
import { statusDetails } from './status-details.ts'

/** A gRPC status by name, `INVALID_STATE` for a misuse of the client, `UNKNOWN` for anything else. */
export type SparkConnectErrorCode = keyof typeof status | 'INVALID_STATE'

/** Where in a query, or in a program's calls, an error arose. */
export interface QueryContext {
  readonly kind: 'sql' | 'dataframe'
  /** What the text belongs to, such as `VIEW`; empty for the query itself. */
  readonly objectType: string
  readonly objectName: string
  /** Offsets of the fragment in the text of the query, from 0, the end included; -1 where unknown. */
  readonly startIndex: number
  readonly stopIndex: number
  readonly fragment: string
  readonly callSite: string
  readonly summary: string
}

export interface ErrorParts {
  readonly code: SparkConnectErrorCode
  readonly errorClass?: string | undefined
  readonly sqlState?: string | undefined
  readonly errorId?: string | undefined
  readonly messageParameters?: Readonly<Record<string, string>>
  readonly queryContexts?: readonly QueryContext[]
  readonly exceptionTypes?: readonly string[]
  readonly serverStack?: string | undefined
  readonly retryDelayMs?: number | undefined
  readonly cause?: unknown
}

/**
 * Everything that can go wrong between this client and Spark, with Spark's own words for it.
 * @example await spark.sql('select nope').collect().catch((error) => SparkConnectError.from(error).sqlState) // => '42703'
 */
export class SparkConnectError extends Error {
  override readonly name = 'SparkConnectError'
  readonly code: SparkConnectErrorCode
  /** Spark's error condition, such as `UNRESOLVED_COLUMN.WITH_SUGGESTION`. */
  readonly errorClass: string | undefined
  readonly sqlState: string | undefined
  /** The key under which the server keeps the full error for a while. */
  readonly errorId: string | undefined
  /** What Spark put into the message, by the names of its template. */
  readonly messageParameters: Readonly<Record<string, string>>
  readonly queryContexts: readonly QueryContext[]
  /** The server's exception and the classes it extends, the most precise first. */
  readonly exceptionTypes: readonly string[]
  /** The server's stack trace, where it sends one. */
  readonly serverStack: string | undefined
  /** How long the server asks to be left alone, in milliseconds. */
  readonly retryDelayMs: number | undefined
  readonly #parts: ErrorParts

  constructor(message: string, parts: ErrorParts) {
    super(message, { cause: parts.cause })
    this.#parts = parts
    this.code = parts.code
    this.errorClass = parts.errorClass
    this.sqlState = parts.sqlState
    this.errorId = parts.errorId
    this.messageParameters = parts.messageParameters ?? {}
    this.queryContexts = parts.queryContexts ?? []
    this.exceptionTypes = parts.exceptionTypes ?? []
    this.serverStack = parts.serverStack
    this.retryDelayMs = parts.retryDelayMs
  }

  /**
   * Whether the same call may succeed if it is made again: PySpark's rule (`DefaultPolicy.can_retry`).
   * @example new SparkConnectError('no server answers', { code: 'UNAVAILABLE' }).isTransient // => true
   */
  get isTransient(): boolean {
    return (
      this.code === 'UNAVAILABLE' ||
      this.retryDelayMs !== undefined ||
      // Another call took this one's place in the stream of responses.
      this.errorClass === 'INVALID_CURSOR.DISCONNECTED'
    )
  }

  /**
   * The same error with more to say, or with other words.
   * @example new SparkConnectError('no', { code: 'INTERNAL' }).with({ message: 'no rows' }).message // => 'no rows'
   */
  with(parts: Partial<ErrorParts> & { readonly message?: string }): SparkConnectError {
    const { message = this.message, ...rest } = parts
    return new SparkConnectError(message, { ...this.#parts, ...rest })
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
  const found = statusDetails(cause.metadata)
  const message = found?.message || cause.details || cause.message
  const [, errorClass] = /^(?:\([\w.$]+\) )?\[([A-Z0-9_.]+)\]/.exec(message) ?? []
  const [, sqlState] = /SQLSTATE: (\w{5})\b/.exec(message) ?? []
  const local = found ? undefined : localFault(cause)
  return new SparkConnectError(local?.message ?? message, {
    code: local?.code ?? ((status[cause.code] ?? 'UNKNOWN') as SparkConnectErrorCode),
    // Servers before 4.0 say these in the message only.
    errorClass: found?.metadata['errorClass'] ?? errorClass,
    sqlState: found?.metadata['sqlState'] ?? sqlState,
    errorId: found?.metadata['errorId'],
    exceptionTypes: exceptionTypes(found?.metadata['classes']),
    retryDelayMs: found?.retryDelayMs,
    cause,
  })
}

/** What grpc-js reports of a connection that broke, whatever status it chose for it (its `subchannel-call.ts`). */
const BROKEN_CONNECTION =
  /^Received RST_STREAM with code (?:0|1|2|8)\b|^Call cancelled$|^Call ended without gRPC status$|^Bandwidth exhausted/

const localFault = ({
  details,
}: ServiceError): { message: string; code: SparkConnectErrorCode } | undefined => {
  if (BROKEN_CONNECTION.test(details)) {
    return { code: 'UNAVAILABLE', message: `the connection to the server broke: ${details}` }
  }
  if (
    /message larger than max|to a size larger than|with a size larger than|message exceeds maximum size/i.test(
      details,
    )
  ) {
    return {
      code: 'RESOURCE_EXHAUSTED',
      message:
        `a message is larger than the 128 MiB that Spark Connect allows (${details}); ` +
        'let its rows be fewer (spark.sql.execution.arrow.maxRecordsPerBatch) or smaller',
    }
  }
  return undefined
}

const exceptionTypes = (json: string | undefined): readonly string[] => {
  try {
    const types: unknown = JSON.parse(json ?? '[]')
    return Array.isArray(types) ? types.map(String) : []
  } catch {
    return [] // cut off by the server: the types come with the error's details
  }
}
