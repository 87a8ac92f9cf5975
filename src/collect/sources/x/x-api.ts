import { type JsonObject, known, objectOf, objectsOf, parseObject } from '../../record/json.ts'
import { SourceError } from '../../source-error.ts'
import type { FailureKind } from './back-off.ts'

/** A call that may succeed later. */
export class XFailure extends Error {
  override readonly name = 'XFailure'
  readonly kind: FailureKind
  readonly resetAtMs: number | null // when X's limit ends

  constructor(
    message: string,
    { kind, resetAtMs }: { readonly kind: FailureKind; readonly resetAtMs: number | null },
  ) {
    super(message)
    this.kind = kind
    this.resetAtMs = resetAtMs
  }
}

/** A call of the X API v2. */
export interface XCall {
  readonly path: string
  readonly params?: Readonly<Record<string, string>>
  readonly body?: JsonObject // makes it a POST
  readonly signal: AbortSignal
}

export type XApi = (call: XCall) => Promise<Response>

/**
 * Calls the X API v2. An answer that is no success is thrown: XFailure if it may be one later, else SourceError.
 * Neither holds the token.
 * @throws SourceError `bad_options` if the token cannot be one
 */
export function xApi({ token, baseUrl }: { readonly token: string; readonly baseUrl: string }): XApi {
  // Whatever cannot be a header's value would stand in the error that says so.
  if (!/^[\x21-\x7E]+$/.test(token))
    throw new SourceError(
      'the bearer token of X is empty or holds characters that no token has; copy it anew',
      {
        code: 'bad_options',
      },
    )
  return async ({ path, params = {}, body, signal }) => {
    const url = new URL(path, baseUrl)
    url.search = new URLSearchParams(params).toString()
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      signal,
      redirect: 'error',
      ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    }).catch((error: unknown) => {
      throw new XFailure(`no answer from ${url.host} (${causeOf(error)})`, {
        kind: 'network',
        resetAtMs: null,
      })
    })
    if (!response.ok) throw await errorOf(response, path)
    return response
  }
}

/** An answer as JSON; one that is cut off counts as none. */
export async function jsonOf(response: Response): Promise<JsonObject> {
  const text = await response.text().catch(() => '')
  const json = parseObject(text)
  if (json !== null) return json
  throw new XFailure('an answer of X that is no JSON', { kind: 'http', resetAtMs: null })
}

function causeOf(error: unknown): string {
  const cause = objectOf(objectOf(error)?.['cause'])
  return known(cause?.['code']) ?? known(objectOf(error)?.['name']) ?? 'for no known reason'
}

const UNAUTHORIZED = 401
const PAYMENT_REQUIRED = 402
const FORBIDDEN = 403
const ENHANCE_YOUR_CALM = 420
const TOO_MANY_REQUESTS = 429
const SERVER_ERROR = 500

async function errorOf(response: Response, path: string): Promise<XFailure | SourceError> {
  const { status, headers } = response
  const json = parseObject(await response.text().catch(() => '')) ?? {}
  const answer = `X answers ${status} to ${path}: ${sentenceOf(json)}`
  if (/usage-capped/.test(JSON.stringify(json)))
    return new SourceError(`${answer}; the posts of this month are used up`, { code: 'access_denied' })
  if (status === TOO_MANY_REQUESTS || status === ENHANCE_YOUR_CALM)
    return new XFailure(answer, { kind: 'rate', resetAtMs: resetOf(headers) })
  if (status >= SERVER_ERROR) return new XFailure(answer, { kind: 'http', resetAtMs: null })
  if (status === UNAUTHORIZED || status === PAYMENT_REQUIRED || status === FORBIDDEN)
    return new SourceError(`${answer}; look at the token and what its app may do`, { code: 'access_denied' })
  return new SourceError(answer, { code: 'bad_options' })
}

/** What X says of an error, on one line. */
export function sentenceOf(json: JsonObject): string {
  const first = objectsOf(json['errors'])[0] ?? json
  const parts = [known(first['title']), known(first['detail']) ?? known(first['message'])]
  return parts.filter((part) => part !== null).join(': ') || 'without a reason'
}

/** https://docs.x.com/fundamentals/rate-limits: seconds since 1970 */
function resetOf(headers: Headers): number | null {
  const seconds = Number(headers.get('x-rate-limit-reset') ?? Number.NaN)
  return Number.isFinite(seconds) ? seconds * 1_000 : null
}
