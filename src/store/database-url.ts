import { isIP } from 'node:net'

import { StoreError } from './store-error.ts'

/** How much the connection insists on TLS, in MySQL's own words. */
type SslMode = 'DISABLED' | 'PREFERRED' | 'REQUIRED' | 'VERIFY_CA' | 'VERIFY_IDENTITY'

const sslModes: readonly SslMode[] = ['DISABLED', 'PREFERRED', 'REQUIRED', 'VERIFY_CA', 'VERIFY_IDENTITY']

/** Whom a token is for. */
export interface TokenPlace {
  readonly host: string
  readonly port: number
  readonly user: string
}

/** Makes a password that is good for some minutes, as IAM database authentication takes it. */
export type TokenFor = (place: TokenPlace) => Promise<string>

/** A DATABASE_URL taken apart. */
export interface DatabaseAddress {
  /** A name or an address; IPv6 without brackets. */
  readonly host: string
  readonly port: number
  readonly user: string
  /** Empty with tokens. */
  readonly password: string
  /** `iam`: each connection shows a token that was made for it. */
  readonly auth: 'password' | 'iam'
  readonly token?: () => Promise<string>
  readonly database: string
  readonly sslMode: SslMode
  /** PEM file of the authority that signed the server's certificate. */
  readonly sslCaPath?: string
  /** PKCS #12 store with the same authority, on the machines of Spark: Java reads no PEM. */
  readonly sslTrustStorePath?: string
}

const EXAMPLE = 'mysql://user:password@host:3306/database'
const MYSQL_PORT = 3306

/**
 * Takes a DATABASE_URL apart: `mysql://user:password@host:port/database?ssl-mode=VERIFY_IDENTITY&ssl-ca=/path`.
 * TLS is off on loopback and preferred elsewhere, unless `ssl-mode` says otherwise. With `auth=iam` there is no password, and TLS is
 * required: the token goes to the server as it is.
 * @param tokenFor makes the tokens of `auth=iam`
 * @throws StoreError `bad_url`; its text and its cause never hold the URL, because that holds the password
 */
export function parseDatabaseUrl(text: string, tokenFor?: TokenFor): DatabaseAddress {
  const url = parseUrl(text)
  const database = decoded(url.pathname.slice(1), 'database name')
  if (!database || database.includes('/')) throw badUrl('it names no database')
  if (!url.hostname) throw badUrl('it names no host')
  if (!url.username) throw badUrl('it names no user')
  const place = {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port ? Number(url.port) : MYSQL_PORT,
    user: decoded(url.username, 'user'),
  }
  const auth = authOf(url)
  return {
    ...place,
    password: decoded(url.password, 'password'),
    auth,
    ...(auth === 'iam' && tokenFor && { token: () => tokenFor(place) }),
    database,
    ...sslOptions(url.searchParams, { host: place.host, auth }),
  }
}

function authOf(url: URL): DatabaseAddress['auth'] {
  const auth = url.searchParams.get('auth') ?? 'password'
  if (auth !== 'password' && auth !== 'iam') throw badUrl(`its auth is ${auth}, not password or iam`)
  if (auth === 'iam' && url.password) throw badUrl('it holds a password, and auth=iam makes one of its own')
  return auth
}

const defaultModeFor = (host: string): SslMode => (isLoopback(host) ? 'DISABLED' : 'PREFERRED')

/** Where the database is, for people: host, port and name, nothing secret. */
export function placeOf(address: DatabaseAddress): string {
  return `${hostAndPort(address)}/${address.database}`
}

/** `host:port`, with IPv6 in brackets. */
export function hostAndPort({ host, port }: DatabaseAddress): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

/** True for a host that cannot be reached from another machine. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
}

function parseUrl(text: string): URL {
  // URL.parse returns null; the exception of `new URL` would carry the whole text, password included.
  const url = URL.parse(text.trim())
  if (!url) throw badUrl('it is not a URL (a special character in the password must be percent-encoded)')
  if (url.protocol !== 'mysql:' && url.protocol !== 'mariadb:') {
    throw badUrl(`it starts with ${url.protocol}//`)
  }
  return url
}

const OPTIONS: readonly string[] = ['ssl-mode', 'ssl-ca', 'ssl-truststore', 'auth']

function sslOptions(
  query: URLSearchParams,
  { host, auth }: Pick<DatabaseAddress, 'host' | 'auth'>,
): Pick<DatabaseAddress, 'sslMode' | 'sslCaPath' | 'sslTrustStorePath'> {
  const unknown = [...query.keys()].find((key) => !OPTIONS.includes(key))
  if (unknown) throw badUrl(`it has an option ${unknown}, but only ${OPTIONS.join(', ')} are known`)
  const fallback = auth === 'iam' ? 'REQUIRED' : defaultModeFor(host)
  const wanted = (query.get('ssl-mode') ?? fallback).toUpperCase()
  const sslMode = sslModes.find((mode) => mode === wanted)
  if (!sslMode) throw badUrl(`its ssl-mode is ${wanted}, not one of ${sslModes.join(', ')}`)
  // mysql2 would compare the certificate with `localhost` instead.
  if (sslMode === 'VERIFY_IDENTITY' && isIP(host) !== 0) {
    throw badUrl(`VERIFY_IDENTITY needs the server's name as its host, and ${host} is an address`)
  }
  if (auth === 'iam' && (sslMode === 'DISABLED' || sslMode === 'PREFERRED')) {
    throw badUrl(`auth=iam shows a token as it is, and ssl-mode=${sslMode} may show it to anybody`)
  }
  const [sslCaPath, sslTrustStorePath] = [query.get('ssl-ca'), query.get('ssl-truststore')]
  return { sslMode, ...(sslCaPath && { sslCaPath }), ...(sslTrustStorePath && { sslTrustStorePath }) }
}

function decoded(part: string, name: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw badUrl(`its ${name} is not percent-encoded properly`)
  }
}

function badUrl(reason: string): StoreError {
  return new StoreError(`DATABASE_URL cannot be used: ${reason}; write it as ${EXAMPLE}`, { code: 'bad_url' })
}
