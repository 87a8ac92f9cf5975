import { inspect } from 'node:util'

import { describe, expect, it } from '@jest/globals'

import { parseDatabaseUrl } from '../../src/store/database-url.ts'
import { jdbcTargetOf } from '../../src/store/jdbc-target.ts'

function thrownBy(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error
  }
}

describe('a DATABASE_URL', () => {
  it('is taken apart, percent-encoding undone', () => {
    expect(parseDatabaseUrl('mysql://a%40b:p%3As%2Fs%20w@db.example.org/scores')).toEqual({
      auth: 'password',
      host: 'db.example.org',
      port: 3306,
      user: 'a@b',
      password: 'p:s/s w',
      database: 'scores',
      sslMode: 'PREFERRED',
    })
  })

  it('needs no TLS on loopback', () => {
    expect(parseDatabaseUrl('mysql://u:p@[::1]:3307/d')).toMatchObject({
      host: '::1',
      port: 3307,
      sslMode: 'DISABLED',
    })
    expect(parseDatabaseUrl('mariadb://u@127.0.0.1/d')).toMatchObject({ sslMode: 'DISABLED', password: '' })
  })

  it('may ask for a verified certificate', () => {
    const url = 'mysql://u:p@db/d?ssl-mode=verify_identity&ssl-ca=/etc/ca.pem'
    expect(parseDatabaseUrl(url)).toMatchObject({ sslMode: 'VERIFY_IDENTITY', sslCaPath: '/etc/ca.pem' })
  })

  it('may name a store of certificates for Spark, which then trusts no other', () => {
    const url =
      'mysql://u:p@db/d?ssl-mode=VERIFY_IDENTITY&ssl-ca=/etc/ca.pem&ssl-truststore=/etc/rds%20ca.p12'
    const options = new URLSearchParams(jdbcTargetOf(parseDatabaseUrl(url)).url.split('?')[1])
    expect(Object.fromEntries(options)).toMatchObject({
      sslMode: 'VERIFY_IDENTITY',
      trustCertificateKeyStoreUrl: 'file:///etc/rds%20ca.p12',
      trustCertificateKeyStoreType: 'PKCS12',
      fallbackToSystemTrustStore: 'false',
    })
  })

  it.each([
    ['hunter2', 'it is not a URL'],
    ['mysql://u:hunter2/x@db/d', 'it is not a URL'],
    ['postgres://u:hunter2@db/d', 'it starts with postgres://'],
    ['mysql://u:hunter2@db', 'it names no database'],
    ['mysql://:hunter2@db/d', 'it names no user'],
    ['mysql://u:hunter2%zz@db/d', 'its password is not percent-encoded'],
    ['mysql://u:hunter2@db/d?ssl-mode=maybe', 'its ssl-mode is MAYBE'],
    ['mysql://u:hunter2@10.0.0.7/d?ssl-mode=verify_identity', 'VERIFY_IDENTITY needs the server'],
    ['mysql://u:hunter2@[::1]/d?ssl-mode=VERIFY_IDENTITY', '::1 is an address'],
    ['mysql://u:hunter2@db/d?tls=1', 'it has an option tls'],
  ])('that cannot be used says why, without the password (%#)', (url, reason) => {
    const error = thrownBy(() => parseDatabaseUrl(url))
    expect(error).toMatchObject({ code: 'bad_url', message: expect.stringContaining(reason) })
    expect(inspect(error, { depth: 9 }).split('\n')[0]).not.toContain('hunter2')
    // Node's own error for a bad URL would carry the whole text.
    expect(error).not.toHaveProperty('cause')
  })
})

describe('the JDBC target', () => {
  it('keeps user and password out of the URL, batches rows, and pins UTC', () => {
    const target = jdbcTargetOf(parseDatabaseUrl('mysql://me:hunter2@127.0.0.1:3307/scores'))
    expect(target).toMatchObject({ user: 'me', password: 'hunter2', driver: 'com.mysql.cj.jdbc.Driver' })
    expect(target.url).toMatch(/^jdbc:mysql:\/\/127\.0\.0\.1:3307\/scores\?/)
    expect(target.url).not.toContain('hunter2')
    const options = new URL(target.url.slice('jdbc:'.length)).searchParams
    expect(Object.fromEntries(options)).toMatchObject({
      rewriteBatchedStatements: 'true',
      connectionTimeZone: 'UTC',
      forceConnectionTimeZoneToSession: 'true',
      sslMode: 'DISABLED',
    })
  })

  it('uses TLS beyond loopback', () => {
    const target = jdbcTargetOf(parseDatabaseUrl('mysql://me:p@db.example.org/scores'))
    expect(target.url).toContain('sslMode=PREFERRED')
    expect(target.url).not.toContain('allowPublicKeyRetrieval')
  })

  it('brackets an IPv6 host', () => {
    expect(jdbcTargetOf(parseDatabaseUrl('mysql://me:p@[::1]/d')).url).toMatch(
      /^jdbc:mysql:\/\/\[::1\]:3306\/d/,
    )
  })
})
