import { fromBinary } from '@bufbuild/protobuf'
import { anyUnpack, durationMs } from '@bufbuild/protobuf/wkt'
import type { Metadata } from '@grpc/grpc-js'
import { ErrorInfoSchema, RetryInfoSchema } from '../generated/google/rpc/error_details_pb.js'
import { StatusSchema, type Status } from '../generated/google/rpc/status_pb.js'

interface StatusDetails {
  readonly message: string
  /** Spark's `errorClass`, `sqlState`, `errorId`, `classes`. */
  readonly metadata: Readonly<Record<string, string>>
  readonly retryDelayMs: number | undefined
}

/**
 * What a server says of an error in the trailer for it: Spark puts a google.rpc.Status with an ErrorInfo there
 * (sql/connect/server: org.apache.spark.sql.connect.utils.ErrorUtils), a proxy perhaps a RetryInfo.
 */
export const statusDetails = (trailers: Metadata | undefined): StatusDetails | undefined => {
  const [bytes] = trailers?.get('grpc-status-details-bin') ?? []
  if (!(bytes instanceof Uint8Array)) return undefined
  try {
    const { message, details } = fromBinary(StatusSchema, bytes)
    const [info] = unpacked(details, ErrorInfoSchema)
    const [retry] = unpacked(details, RetryInfoSchema)
    return {
      message,
      metadata: info?.metadata ?? {},
      retryDelayMs: retry && (retry.retryDelay ? durationMs(retry.retryDelay) : 0),
    }
  } catch {
    return undefined // not a status at all; the error itself says more than that it cannot be read
  }
}

const unpacked = <S extends typeof ErrorInfoSchema | typeof RetryInfoSchema>(
  details: Status['details'],
  schema: S,
) => details.map((detail) => anyUnpack(detail, schema)).filter((found) => found !== undefined)
