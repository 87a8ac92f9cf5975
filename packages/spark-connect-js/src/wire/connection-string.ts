/** Where a Spark Connect server is, and how to speak to it. */
export interface Endpoint {
  readonly host: string
  readonly port: number
  readonly useTls: boolean
  readonly token?: string
  readonly userId?: string
  readonly sessionId?: string
  readonly userAgent?: string
  /** Sent with every call. */
  readonly metadata: Readonly<Record<string, string>>
}

const DEFAULT_PORT = 15002
const SHAPE = 'sc://host:port/;token=...;use_ssl=true'

/** Says what is wrong with a connection string, without its secrets. */
export class ConnectionStringError extends Error {
  override readonly name = 'ConnectionStringError'
}

/**
 * Reads a connection string as Spark defines it (`connect/docs/client-connection-string.md`).
 * @throws ConnectionStringError naming the part that is wrong.
 */
export const parseConnectionString = (text: string): Endpoint => {
  const match = /^sc:\/\/(\[[^\]]+\]|[^/:;]+)(?::(\d+))?(?:\/(.*))?$/.exec(text)
  if (!match?.[1]) throw new ConnectionStringError(`a Spark Connect address looks like ${SHAPE}`)
  const port = Number(match[2] ?? DEFAULT_PORT)
  if (port < 1 || port > 65535)
    throw new ConnectionStringError(`port ${port} of the Spark Connect address is not from 1 to 65535`)
  const endpoint = { host: match[1], port, ...parseParameters(match[3] ?? '') }
  // A token in plain text stays on this machine; PySpark's client turns TLS on elsewhere, too.
  return {
    ...endpoint,
    useTls: endpoint.useTls || (endpoint.token !== undefined && !isLoopback(endpoint.host)),
  }
}

const isLoopback = (host: string): boolean => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(host)

const parseParameters = (path: string): Omit<Endpoint, 'host' | 'port'> => {
  if (path !== '' && !path.startsWith(';')) {
    throw new ConnectionStringError(`a Spark Connect address has no path, only parameters: ${SHAPE}`)
  }
  const { token, use_ssl, user_id, session_id, user_agent, ...metadata } = Object.fromEntries(
    path.split(';').filter(Boolean).map(parseParameter),
  )
  return {
    useTls: parseSwitch(use_ssl),
    ...(token !== undefined && { token }),
    ...(user_id !== undefined && { userId: user_id }),
    ...(session_id !== undefined && { sessionId: session_id }),
    ...(user_agent !== undefined && { userAgent: user_agent }),
    metadata,
  }
}

const KNOWN_NAMES: ReadonlySet<string> = new Set(['token', 'use_ssl', 'user_id', 'session_id', 'user_agent'])
/** These travel in messages, which take any text; every other parameter in a header, which takes ASCII. */
const TEXT_NAMES: ReadonlySet<string> = new Set(['user_id', 'session_id'])

const parseParameter = (parameter: string): readonly [string, string] => {
  const [before = '', ...rest] = parameter.split('=')
  const name = before.trim()
  // An unknown name is never repeated: it may be what follows a semicolon in a token.
  const culprit = KNOWN_NAMES.has(name) ? `parameter "${name}"` : 'a parameter'
  const refused = (what: string) =>
    new ConnectionStringError(`${culprit} of the Spark Connect address ${what}`)
  if (rest.length === 0) throw refused('has no value; write a semicolon inside a value as %3B')
  if (!/^[0-9a-z_.-]+$/i.test(name) || /-bin$/i.test(name))
    throw refused('has no name that a header can have')
  const value = decoded(rest.join('='))
  if (value === undefined) throw refused('is not percent-encoded; write a percent sign as %25')
  if (!TEXT_NAMES.has(name) && !/^[ -~]*$/.test(value)) {
    throw refused('has a character that a header cannot carry')
  }
  return [name, value]
}

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

const parseSwitch = (text = 'false'): boolean => {
  const value = text.toLowerCase()
  if (value === 'true' || value === 'false') return value === 'true'
  throw new ConnectionStringError('use_ssl of the Spark Connect address is neither true nor false')
}
