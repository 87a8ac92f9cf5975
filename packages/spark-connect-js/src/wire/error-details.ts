import {
  FetchErrorDetailsResponse_QueryContext_ContextType as ContextType,
  type FetchErrorDetailsResponse,
  type FetchErrorDetailsResponse_Error as ErrorDetails,
  type FetchErrorDetailsResponse_QueryContext as Context,
  type FetchErrorDetailsResponse_StackTraceElement as StackFrame,
} from '../generated/spark/connect/base_pb.js'
import type { QueryContext, SparkConnectError } from './error.ts'

/** Deeper chains are cut: a server's fault shall not become endless recursion here. */
const MAX_CAUSES = 32

/** The error as the server knows it, whole: the first report of it is cut to what a trailer can hold. */
export const withErrorDetails = (
  error: SparkConnectError,
  { rootErrorIdx, errors }: FetchErrorDetailsResponse,
): SparkConnectError => {
  const convert = (index: number | undefined, depth: number): SparkConnectError | undefined => {
    const details = index === undefined || depth > MAX_CAUSES ? undefined : errors[index]
    if (!details) return undefined
    const cause = convert(details.causeIdx, depth + 1)
    return depth === 0
      ? error.with({ ...detailParts(details), cause: cause ?? error.cause })
      : error.with({ ...NOTHING_KNOWN, ...detailParts(details), cause })
  }
  return convert(rootErrorIdx, 0) ?? error
}

/** A cause has nothing of the error that it led to. */
const NOTHING_KNOWN = {
  errorClass: undefined,
  sqlState: undefined,
  errorId: undefined,
  retryDelayMs: undefined,
}

const detailParts = ({ message, errorTypeHierarchy, stackTrace, sparkThrowable }: ErrorDetails) => ({
  message,
  exceptionTypes: errorTypeHierarchy,
  serverStack: stackTrace.length === 0 ? undefined : stackTrace.map(frameText).join('\n'),
  messageParameters: sparkThrowable?.messageParameters ?? {},
  queryContexts: sparkThrowable?.queryContexts.map(queryContext) ?? [],
  ...(sparkThrowable?.errorClass !== undefined && { errorClass: sparkThrowable.errorClass }),
  ...(sparkThrowable?.sqlState !== undefined && { sqlState: sparkThrowable.sqlState }),
})

const frameText = ({ declaringClass, methodName, fileName, lineNumber }: StackFrame): string =>
  `at ${declaringClass}.${methodName}(${fileName ?? 'unknown'}:${lineNumber})`

const queryContext = (context: Context): QueryContext => ({
  kind: context.contextType === ContextType.DATAFRAME ? 'dataframe' : 'sql',
  objectType: context.objectType,
  objectName: context.objectName,
  startIndex: context.startIndex,
  stopIndex: context.stopIndex,
  fragment: context.fragment,
  callSite: context.callSite,
  summary: context.summary,
})
