import { join } from 'node:path'

import { describe, expect, it } from '@jest/globals'

import { localPaths } from '../../../../src/local/paths.ts'
import { startSpark } from '../../../../src/local/start-spark.ts'
import { temporaryFolder } from '../../../../test/local/temporary-folder.ts'
import { failureOf } from '../spark/open-session.ts'
import { openProxied, testToken } from './proxied-session.ts'

describe('a server that is restarted in the middle of a result', () => {
  it('is named as the reason why the rest will not come, and why nothing else does', async () => {
    await using folder = await temporaryFolder()
    await using next = await startSpark({
      paths: localPaths(),
      workDirectory: join(folder.path, 'work'),
      logFile: join(folder.path, 'spark.log'),
      environment: process.env,
    })
    const [, port, nextToken] = /:(\d+)\/;token=(.*)/.exec(next.remote) ?? []
    // Each server has a token of its own; the old one is refused and the new one asked for.
    let isMoved = false
    let token = testToken()
    await using proxied = await openProxied((builder) =>
      builder
        .headers(() => {
          const headers = { authorization: `Bearer ${token}` }
          if (token !== nextToken && isMoved) token = nextToken ?? ''
          return Promise.resolve(headers)
        })
        .config('spark.sql.execution.arrow.maxRecordsPerBatch', '250'),
    )
    const { spark, proxy } = proxied
    const partOfIt = async () => {
      let rows = 0
      for await (const _ of spark.range(0n, 100_000n)) {
        if (++rows !== 1_000) continue
        isMoved = true
        proxy.moveTo(Number(port))
      }
    }
    const error = await failureOf(partOfIt())
    expect(error.message).toContain('the server was restarted')
    expect(error).toMatchObject({ code: 'FAILED_PRECONDITION', isTransient: false })
    const later = await Promise.all([spark.range(0n, 1n).collect(), spark.version()].map(failureOf))
    expect(later.map(({ message }) => message)).toEqual([error.message, error.message])
  })
})
