import { describe, expect, it } from '@jest/globals'
import { SparkConnectError } from 'spark-connect-js'

import { ConfigError } from '../../src/cli/config-error.ts'
import { exitCodeOf } from '../../src/cli/exit.ts'
import { reportError } from '../../src/cli/report-error.ts'
import { LocalError } from '../../src/local/local-error.ts'
import { StoreError } from '../../src/store/store-error.ts'
import { capturedOutput } from './captured-output.ts'

function reported(error: unknown, isVerbose = false): string {
  const stderr = capturedOutput()
  reportError(error, { stderr, isVerbose })
  return stderr.text()
}

const restarted = new SparkConnectError('the server was restarted', {
  code: 'FAILED_PRECONDITION',
  errorClass: 'INVALID_HANDLE.SESSION_CHANGED',
})

describe('the exit code', () => {
  it.each([
    [new ConfigError('--slot is wrong'), 2],
    [new StoreError('wrong', { code: 'bad_url' }), 2],
    [new StoreError('wrong', { code: 'access_denied' }), 2],
    [new StoreError('held', { code: 'conflict' }), 3],
    [new StoreError('gone', { code: 'unreachable' }), 4],
    [new StoreError('bad rows', { code: 'mismatch' }), 1],
    [new SparkConnectError('gone', { code: 'UNAVAILABLE' }), 4],
    [new SparkConnectError('who?', { code: 'UNAUTHENTICATED' }), 2],
    [
      new SparkConnectError('no such column', { code: 'INVALID_ARGUMENT', errorClass: 'UNRESOLVED_COLUMN' }),
      1,
    ],
    [restarted, 4],
    [new SuppressedError(new Error('a view is left'), new StoreError('held', { code: 'held' })), 3],
    [new LocalError('start_failed', 'Spark ended.', { hint: 'See the log.' }), 4],
    [new LocalError('disk_full', 'The disk is full.', { hint: 'Free space.' }), 1],
    [new Error('a bug'), 1],
    ['a string', 1],
  ])('of %s is %d', (error, code) => {
    expect(exitCodeOf(error)).toBe(code)
  })
})

describe('an error on stderr', () => {
  it('is its sentence and the way out', () => {
    const error = new LocalError('start_failed', 'Spark ended.', { hint: 'See the log.' })
    expect(reported(error)).toBe('ripplerank: Spark ended.\n  See the log.\n')
  })

  it('names every problem of a configuration', () => {
    expect(reported(new ConfigError(['one', 'two']))).toBe('ripplerank: one\nripplerank: two\n')
  })

  it('is the first line of what Spark says, and what to do about its address', () => {
    const error = new SparkConnectError('no server answers at 127.0.0.1:1\n== JVM stack ==', {
      code: 'UNAVAILABLE',
    })
    expect(reported(error)).toBe(
      'ripplerank: no server answers at 127.0.0.1:1\n  Start the Spark Connect server, or correct SPARK_REMOTE.\n',
    )
  })

  it('says to run again what a Spark that was started anew knows nothing of', () => {
    expect(reported(restarted)).toBe(
      'ripplerank: the server was restarted\n  Spark keeps nothing of this run: run it again.\n',
    )
  })

  it('is the one that came first, not those of clearing away after it', () => {
    const first = new StoreError('the rows are wrong', { code: 'mismatch' })
    const last = new SuppressedError(new Error('2'), new SuppressedError(new Error('1'), first))
    expect(reported(last)).toBe('ripplerank: the rows are wrong\n')
  })

  it('has stacks of the error and its cause only when asked for', () => {
    const error = new StoreError('refused', { code: 'refused', cause: new Error('the cause') })
    expect(reported(error)).toBe('ripplerank: refused\n')
    expect(reported(error, true)).toMatch(/StoreError: refused\n +at [^]+caused by: Error: the cause\n +at /)
  })
})
