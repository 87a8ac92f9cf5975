import { AwsError } from './aws-error.ts'
import type { HttpAnswer, HttpRequest } from './http-server.ts'

/** A value of an answer: text, or elements by their names, or a list of members. */
export type Xml = string | readonly Xml[] | { readonly [name: string]: Xml | undefined }

/** What a service does, by the names of its operations; undefined is an answer without a result. */
export type QueryOperations = Readonly<
  Record<string, (input: Readonly<Record<string, string>>) => Xml | undefined>
>

interface QueryService {
  readonly namespace: string
  readonly operations: QueryOperations
}

const contentType = 'text/xml'

/**
 * Speaks AWS' query protocol: a form in, XML out.
 * @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export function queryService({
  namespace,
  operations,
}: QueryService): (request: HttpRequest) => Promise<HttpAnswer> {
  return async ({ body }) => {
    const { Action: name = '', ...input } = Object.fromEntries(new URLSearchParams(body.toString('utf8')))
    try {
      const operation = Object.hasOwn(operations, name) ? operations[name] : undefined
      if (operation === undefined) throw new AwsError('InvalidAction', `${name} is not an operation here`)
      const result = operation(input)
      const content = { ...(result !== undefined && { [`${name}Result`]: result }), ResponseMetadata: {} }
      return {
        status: 200,
        contentType,
        body: `<${name}Response xmlns="${namespace}">${toXml(content)}</${name}Response>`,
      }
    } catch (thrown) {
      const { code, message, status } = AwsError.from(thrown)
      const content = toXml({
        Error: { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message },
      })
      return { status, contentType, body: `<ErrorResponse xmlns="${namespace}">${content}</ErrorResponse>` }
    }
  }
}

function toXml(value: Xml): string {
  if (typeof value === 'string') return escaped(value)
  if (isList(value)) return value.map((member) => `<member>${toXml(member)}</member>`).join('')
  return Object.entries(value)
    .map(([name, inner]) => (inner === undefined ? '' : `<${name}>${toXml(inner)}</${name}>`))
    .join('')
}

const isList = (value: Xml): value is readonly Xml[] => Array.isArray(value)

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
