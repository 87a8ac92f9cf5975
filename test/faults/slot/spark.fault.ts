import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { FaultProxy } from '../../../packages/spark-connect-js/test/faults/fault-proxy.ts'
import { testServices } from '../../environment/services.ts'
import { temporaryFolder } from '../../local/temporary-folder.ts'
import { AS_UNDISTURBED, faultLab, judge } from './fault-lab.ts'
import { ownSpark, type OwnSpark } from './own-spark.ts'
import type { Published } from './published.ts'
import { rawObjects, rawPlace, type RawPlace } from './raw-objects.ts'
import { expectNoSecrets, secretsOf } from './secrets.ts'
import { committing, proxyBefore } from './statement-faults.ts'

/** A minute of patience, and what clears away after it. */
const MOST_SECONDS = 80
const TOKEN = 'a-token-that-outlives-its-server'

let place: RawPlace
let folder: Awaited<ReturnType<typeof temporaryFolder>>
let next: OwnSpark
let expected: Published
beforeAll(async () => {
  place = await rawPlace('killed', rawObjects())
  folder = await temporaryFolder()
  next = await ownSpark(`${folder.path}/next`, TOKEN)
  await using lab = await faultLab([place.input], on(next))
  await lab.runWell()
  expected = await lab.published()
})
afterAll(async () => {
  place[Symbol.dispose]()
  await next[Symbol.asyncDispose]()
  await folder[Symbol.asyncDispose]()
  expectNoSecrets()
})

const on = ({ remote }: Pick<OwnSpark, 'remote'>) => ({ variables: { SPARK_REMOTE: remote } })
const portOf = ({ remote }: OwnSpark): number => Number(/:(\d+)\//.exec(remote)?.[1])

/** Kills a run's Spark as it commits rows to staging, and gives how the run ends, and how long it takes to. */
async function killedAsItWrites(
  lab: Awaited<ReturnType<typeof faultLab>>,
  { first, remote, kill }: { first: OwnSpark; remote: string; kill: () => Promise<void> },
) {
  await using proxy = await proxyBefore(testServices().databaseUrl)
  const armed = proxy.arm({ at: committing(/INSERT INTO cascade_score_staging/) })
  using run = lab.start({ databaseUrl: proxy.urlFor(lab.database.url), ...on({ remote }) })
  await armed.reached
  await kill()
  await first[Symbol.asyncDispose]()
  const killedMs = performance.now()
  const { code, stderr } = await run.ended
  return { code, stderr, seconds: (performance.now() - killedMs) / 1_000 }
}

describe('a slot whose Spark is killed while it writes', () => {
  it('for good ends in a minute with exit code 4, is published by the next run, and shows no secret', async () => {
    const begunMs = performance.now()
    await using lab = await faultLab([place.input], on(next))
    const first = await ownSpark(`${folder.path}/first`)
    const { remote, kill } = first
    const { code, stderr, seconds } = await killedAsItWrites(lab, { first, remote, kill })
    expect({ code, stderr }).toMatchObject({ code: 4, stderr: expect.stringContaining('ECONNREFUSED') })
    expect(stderr).toMatch(/^ripplerank: .*given up after 15 retries/m)
    expect(seconds).toBeLessThan(MOST_SECONDS)
    await lab.runWell()
    const verdict = { fault: 'Spark killed for good while it writes', runs: 1, begunMs, expected }
    expect(await judge(lab, verdict)).toEqual(AS_UNDISTURBED)
    const shown = await next.shown()
    expect(shown).toContain('author_score_staging')
    const secrets = secretsOf({ ...testServices().variables, SPARK_REMOTE: next.remote })
    expect(secrets.map((secret) => shown.includes(secret))).toEqual([false, false, false])
  })

  it('and is started anew knows nothing of the run, which says so, with exit code 4', async () => {
    const begunMs = performance.now()
    await using lab = await faultLab([place.input], on(next))
    const first = await ownSpark(`${folder.path}/again`, TOKEN)
    await using way = await FaultProxy.start(portOf(first))
    const remote = first.remote.replace(/:\d+\//, `:${way.port}/`)
    const kill = async () => {
      await first.kill()
      way.moveTo(portOf(next))
    }
    const { code, stderr } = await killedAsItWrites(lab, { first, remote, kill })
    expect({ code, stderr }).toMatchObject({ code: 4, stderr: expect.stringContaining('run it again') })
    expect(stderr).toMatch(/^ripplerank: the server was restarted/m)
    await lab.runWell()
    const verdict = { fault: 'Spark killed while it writes, and started anew', runs: 1, begunMs, expected }
    expect(await judge(lab, verdict)).toEqual(AS_UNDISTURBED)
  })
})
