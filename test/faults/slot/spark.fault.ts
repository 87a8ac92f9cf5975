import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { testServices } from '../../environment/services.ts'
import { temporaryFolder } from '../../local/temporary-folder.ts'
import { AS_UNDISTURBED, faultLab, judge } from './fault-lab.ts'
import { ownSpark, type OwnSpark } from './own-spark.ts'
import { rawObjects, rawPlace, type RawPlace } from './raw-objects.ts'
import { expectNoSecrets, secretsOf } from './secrets.ts'
import { committing, proxyBefore } from './statement-faults.ts'

let place: RawPlace
let folder: Awaited<ReturnType<typeof temporaryFolder>>
beforeAll(async () => {
  place = await rawPlace('killed', rawObjects())
  folder = await temporaryFolder()
})
afterAll(async () => {
  place[Symbol.dispose]()
  await folder[Symbol.asyncDispose]()
  expectNoSecrets()
})

/** A minute of patience, and what clears away after it. */
const MOST_SECONDS = 80

const on = ({ remote }: OwnSpark) => ({ variables: { SPARK_REMOTE: remote } })

describe('a slot whose Spark is killed', () => {
  it('while it writes is published by the next run, and nowhere is a secret shown', async () => {
    await using next = await ownSpark(`${folder.path}/next`)
    const expected = await (async () => {
      await using undisturbed = await faultLab([place.input], on(next))
      await undisturbed.runWell()
      return await undisturbed.published()
    })()
    const begunMs = performance.now()
    await using lab = await faultLab([place.input], on(next))
    {
      await using first = await ownSpark(`${folder.path}/first`)
      await using proxy = await proxyBefore(testServices().databaseUrl)
      const armed = proxy.arm({ at: committing(/INSERT INTO cascade_score_staging/) })
      using run = lab.start({ databaseUrl: proxy.urlFor(lab.database.url), ...on(first) })
      await armed.reached
      await first.kill()
      const killedMs = performance.now()
      const { code, report, stderr } = await run.ended
      expect({ code, report }).toEqual({ code: 4, report: undefined })
      expect(stderr).toMatch(/^ripplerank: .*ECONNREFUSED.*given up after 15 retries/m)
      expect((performance.now() - killedMs) / 1_000).toBeLessThan(MOST_SECONDS)
    }
    await lab.runWell()
    const verdict = { fault: 'Spark killed for good while it writes', runs: 1, begunMs, expected }
    expect(await judge(lab, verdict)).toEqual(AS_UNDISTURBED)
    const shown = await next.shown()
    expect(shown).toContain('author_score_staging')
    const secrets = secretsOf({ ...testServices().variables, SPARK_REMOTE: next.remote })
    expect(secrets.map((secret) => shown.includes(secret))).toEqual([false, false, false])
  })
})
