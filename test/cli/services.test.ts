import { describe, expect, it } from '@jest/globals'

import type { CommandContext } from '../../src/cli/command-context.ts'
import { createProgress } from '../../src/cli/progress.ts'
import { openServices } from '../../src/cli/services.ts'
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
    const { url, user, password, driver } = services.store.jdbcTarget()
    const options = { url, user, password, driver, query: 'select count(*) as batches from batch' }
    const rows = await services.spark.read.options(options).format('jdbc').load().collect()
    expect(rows).toEqual([{ batches: expect.anything() }])
  })

  it('put the lake where a flag says, before the variable', async () => {
    const context = contextOf(testServices().variables)
    using progress = createProgress({ stream: context.stderr })
    await using services = await openServices({ context, progress, services: [], lake: 's3://other/lake' })
    expect(services.lake).toBe('s3://other/lake')
  })
})
