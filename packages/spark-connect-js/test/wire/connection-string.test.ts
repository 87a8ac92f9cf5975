import { describe, expect, it } from '@jest/globals'

import { ConnectionStringError, parseConnectionString } from '../../src/wire/connection-string.ts'

const failureOf = (text: string): Error => {
  try {
    parseConnectionString(text)
  } catch (error) {
    expect(error).toBeInstanceOf(ConnectionStringError)
    return error as Error
  }
  throw new Error('the connection string was taken')
}

describe('a connection string', () => {
  it('needs a host only', () => {
    expect(parseConnectionString('sc://spark.example')).toEqual({
      host: 'spark.example',
      port: 15002,
      useTls: false,
      metadata: {},
    })
    expect(parseConnectionString('sc://spark.example:1/')).toMatchObject({ host: 'spark.example', port: 1 })
  })

  it('carries token, TLS, user, session and agent; what else it has goes with every call', () => {
    const text =
      'sc://h:443/;token=a=b%20c;use_ssl=true;user_id=ann;session_id=1-2;user_agent=me;x-tenant=blue'
    expect(parseConnectionString(text)).toEqual({
      host: 'h',
      port: 443,
      token: 'a=b c',
      useTls: true,
      userId: 'ann',
      sessionId: '1-2',
      userAgent: 'me',
      metadata: { 'x-tenant': 'blue' },
    })
  })

  it('takes an IPv6 address in brackets', () => {
    expect(parseConnectionString('sc://[2001:db8::1]:8080')).toMatchObject({
      host: '[2001:db8::1]',
      port: 8080,
    })
  })

  it.each([
    ['http://h', 'sc://host:port/'],
    ['h:15002', 'sc://host:port/'],
    ['', 'sc://host:port/'],
    ['sc://', 'sc://host:port/'],
    ['sc://h:x', 'sc://host:port/'],
    ['sc://h:0', 'port 0'],
    ['sc://h:65536', 'port 65536'],
    ['sc://h/path', 'has no path'],
    ['sc://h/;token', '"token"'],
    ['sc://h/;use_ssl=maybe', 'use_ssl'],
    ['sc://h/;x-bin=x', 'no name that a header can have'],
    ['sc://h/;=x', 'no name that a header can have'],
  ])('is refused: %s', (text, reason) => {
    expect(failureOf(text).message).toContain(reason)
  })

  it.each([
    ['a wrong scheme', 'https://h/;token=s3cret'],
    ['a wrong port', 'sc://h:99999/;token=s3cret'],
    ['a path', 'sc://h/path;token=s3cret'],
    ['a semicolon in the token', 'sc://h/;token=abc;s3cret'],
    ['a bad escape', 'sc://h/;token=s3cret%'],
    ['a line break in the token', 'sc://h/;token=s3cret%0A'],
    ['a letter that no header can carry', 'sc://h/;token=s3cret%C3%A9'],
  ])('with %s is refused without a word of its secrets', (_, text) => {
    expect(failureOf(text).message).not.toContain('s3cret')
  })
})

describe('TLS', () => {
  it.each([
    ['sc://spark.example/;token=t', true],
    ['sc://10.0.0.1/;token=t', true],
    ['sc://127.example/;token=t', true],
    ['sc://localhost/;token=t', false],
    ['sc://127.0.0.1/;token=t', false],
    ['sc://[::1]/;token=t', false],
    ['sc://127.0.0.1/;token=t;use_ssl=true', true],
    ['sc://spark.example/;use_ssl=TRUE', true],
    ['sc://spark.example/;use_ssl=false', false],
    ['sc://spark.example/;token=t;use_ssl=false', true],
  ])('guards a token on every way but to this machine: %s', (text, useTls) => {
    expect(parseConnectionString(text).useTls).toBe(useTls)
  })
})
