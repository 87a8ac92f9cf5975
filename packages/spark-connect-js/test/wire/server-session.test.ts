import { describe, expect, it } from '@jest/globals'

import { SparkConnectError } from '../../src/wire/error.ts'
import { ServerSession } from '../../src/wire/server-session.ts'

const opened = () => {
  const session = new ServerSession('mine')
  session.checked({ sessionId: 'mine', serverSideSessionId: 'first' })
  return session
}

describe('the server’s side of a session', () => {
  it('is told to the server once it is known', () => {
    expect(new ServerSession('mine').requestFields).toEqual({})
    expect(opened().requestFields).toEqual({ clientObservedServerSideSessionId: 'first' })
  })

  it('stays the same, or the server was restarted', () => {
    expect(() => opened().checked({ sessionId: 'mine', serverSideSessionId: 'second' })).toThrow(
      'the server was restarted',
    )
    const same = { sessionId: 'mine', serverSideSessionId: 'first' }
    expect(opened().checked(same)).toBe(same)
  })

  it('may be left out by older servers', () => {
    expect(opened().checked({ sessionId: '', serverSideSessionId: '' })).toBeDefined()
  })

  it('answers for no other session', () => {
    expect(() => opened().checked({ sessionId: 'yours', serverSideSessionId: 'first' })).toThrow(
      'the server answered for session yours, not for mine',
    )
  })

  it.each(['INVALID_HANDLE.SESSION_CHANGED', 'INVALID_HANDLE.SESSION_NOT_FOUND'])(
    'is gone, says %s',
    (errorClass) => {
      const cause = new SparkConnectError('no', { code: 'INTERNAL', errorClass, sqlState: 'HY000' })
      expect(opened().explained(cause)).toMatchObject({
        message: expect.stringContaining('create a new SparkSession'),
        code: 'FAILED_PRECONDITION',
        errorClass,
        sqlState: 'HY000',
        cause,
      })
    },
  )

  it('has nothing to do with other errors, nor with a session that never was', () => {
    const other = new SparkConnectError('no', { code: 'INTERNAL' })
    expect(opened().explained(other)).toBe(other)
    const unknown = other.with({ errorClass: 'INVALID_HANDLE.SESSION_NOT_FOUND' })
    expect(new ServerSession('mine').explained(unknown)).toBe(unknown)
  })
})
