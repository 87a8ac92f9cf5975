import { AwsError } from './aws-error.ts'
import type { HttpAnswer, HttpRequest } from './http-server.ts'

/** What a service does, by the names of its operations. */
export type JsonOperations = Readonly<Record<string, (input: unknown) => unknown>>

const contentType = 'application/x-amz-json-1.1'

/**
 * Speaks AWS' JSON 1.1 protocol for some operations.
 * @param target what stands before the operation in X-Amz-Target, as `Firehose_20150804`
 * @see https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
 */
export function jsonService(
  target: string,
  operations: JsonOperations,
): (request: HttpRequest) => Promise<HttpAnswer> {
  return async ({ headers, body }) => {
    try {
      const [prefix, name = ''] = String(headers['x-amz-target']).split('.')
      const operation = Object.hasOwn(operations, name) ? operations[name] : undefined
      if (prefix !== target || operation === undefined)
        throw new AwsError('UnknownOperationException', `${name} is not an operation of ${target} here`)
      const output = await operation(parsed(body))
      return { status: 200, contentType, body: JSON.stringify(output ?? {}) }
    } catch (thrown) {
      return errorAnswer(AwsError.from(thrown))
    }
  }
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    throw new AwsError('SerializationException', 'The request body is not JSON.')
  }
}

function errorAnswer({ code, message, status }: AwsError): HttpAnswer {
  return { status, contentType, body: JSON.stringify({ __type: code, message }) }
}
