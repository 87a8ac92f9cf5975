import { pathToFileURL } from 'node:url'

import type { DatabaseAddress } from './database-url.ts'
import { hostAndPort, isLoopback } from './database-url.ts'

/** What Spark's JDBC writer needs; user and password stay out of the URL, because Spark shows URLs in its plans. */
export interface JdbcTarget {
  readonly url: string
  readonly user: string
  readonly password: string
  readonly driver: string
}

const CONNECT_TIMEOUT_MS = 5_000

/**
 * The same database for Connector/J.
 * @example { url: 'jdbc:mysql://127.0.0.1:3306/ripplerank?rewriteBatchedStatements=true&...', ... }
 */
export function jdbcTargetOf(address: DatabaseAddress): JdbcTarget {
  const options = new URLSearchParams({
    rewriteBatchedStatements: 'true', // one INSERT a batch instead of one a row
    characterEncoding: 'UTF-8', // utf8mb4 on the wire
    connectionTimeZone: 'UTC', // DATETIME(6) holds UTC, whatever the zone of Spark's JVM
    forceConnectionTimeZoneToSession: 'true',
    connectTimeout: String(CONNECT_TIMEOUT_MS),
    sslMode: address.sslMode,
  })
  const { sslTrustStorePath } = address
  if (sslTrustStorePath !== undefined) {
    options.set('trustCertificateKeyStoreUrl', pathToFileURL(sslTrustStorePath).href)
    options.set('trustCertificateKeyStoreType', 'PKCS12')
    // Of certificates that everybody may know; Java opens no store without one.
    options.set('trustCertificateKeyStorePassword', 'changeit')
    options.set('fallbackToSystemTrustStore', 'false')
  }
  // MySQL 8 hands its RSA key out on request where there is no TLS; harmless where nobody can listen in.
  if (isLoopback(address.host)) options.set('allowPublicKeyRetrieval', 'true')
  return {
    url: `jdbc:mysql://${hostAndPort(address)}/${encodeURIComponent(address.database)}?${options.toString()}`,
    user: address.user,
    password: address.password,
    driver: 'com.mysql.cj.jdbc.Driver',
  }
}
