import { randomUUID } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { SparkConnectError, SparkSession } from 'spark-connect-js'

import type { CommandContext } from '../../src/cli/command-context.ts'
import { createProgress } from '../../src/cli/progress.ts'
import { openServices, SPARK_PATIENCE } from '../../src/cli/services.ts'
import {
  afterFailure,
  DEFAULT_RETRY_POLICY,
  unspent,
} from '../../packages/spark-connect-js/src/wire/retry-policy.ts'
import { testServices } from '../environment/services.ts'
import { capturedOutput } from './captured-output.ts'

function contextOf(variables: NodeJS.ProcessEnv): CommandContext {
  return {
    variables,
    signal: new AbortController().signal,
    stdout: capturedOutput(),
    stderr: capturedOutput(),
  }
}

describe('the services of a command', () => {
  it('are those that the environment names, open and ready', async () => {
    const context = contextOf(testServices().variables)
    using progress = createProgress({ stream: context.stderr })
    await using services = await openServices({ context, progress, services: ['spark', 'mariadb', 's3'] })
    expect(await services.spark.version()).toMatch(/^\d+\.\d+/)
    expect(await services.store.migrate()).toEqual([])
    expect(services.lake).toBe(testServices().lake)
  })

  it('bring the MySQL driver to the session, so that Spark reaches the same database', async () => {
    const context = contextOf(testServices().variables)
    using progress = createProgress({ stream: context.stderr })
    await using services = await openServices({ context, progress, services: [] })
    const { url, user, password, driver } = await services.store.jdbcTarget()
    const options = { url, user, password, driver, query: 'select count(*) as batches from batch' }
    const rows = await services.spark.read.options(options).format('jdbc').load().collect()
    expect(rows).toEqual([{ batches: expect.anything() }])
  })

  it('leave a session open that the address names, and open a new one where it has ended', async () => {
    const remote = `${testServices().sparkRemote};session_id=${randomUUID()}`
    const sessionIdOf = async () => {
      const context = contextOf({ ...testServices().variables, SPARK_REMOTE: remote })
      using progress = createProgress({ stream: context.stderr })
      await using services = await openServices({ context, progress, services: [] })
      return services.spark.sessionId
    }
    const first = await sessionIdOf()
    expect(remote.endsWith(first)).toBe(true)
    expect(await sessionIdOf()).toBe(first)
    const inIt = await SparkSession.builder().remote(remote).getOrCreate()
    await inIt.range(1n).count()
    await inIt.stop()
    expect(await sessionIdOf()).not.toBe(first)
  })

  it('put the lake where a flag says, before the variable', async () => {
    const context = contextOf(testServices().variables)
    using progress = createProgress({ stream: context.stderr })
    await using services = await openServices({ context, progress, services: [], lake: 's3://other/lake' })
    expect(services.lake).toBe('s3://other/lake')
  })
})

describe('a Spark that is away', () => {
  it.each([
    ['soonest', 0],
    ['latest', 1],
  ])('is waited for about a minute (%s)', (_, chance) => {
    const policy = { ...DEFAULT_RETRY_POLICY, ...SPARK_PATIENCE }
    const error = new SparkConnectError('no connection', { code: 'UNAVAILABLE' })
    let waitedMs = 0
    for (let state = unspent(policy); ;) {
      const decision = afterFailure(policy, { error, state, random: () => chance })
      if (decision.kind === 'give up') break
      waitedMs += decision.waitMs
      state = decision.state
    }
    expect(waitedMs).toBeGreaterThan(55_000)
    expect(waitedMs).toBeLessThan(70_000)
  })
})
