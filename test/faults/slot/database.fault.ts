import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { testServices } from '../../environment/services.ts'
import { temporaryFolder } from '../../local/temporary-folder.ts'
import { AS_UNDISTURBED, faultLab, judge, undisturbed } from './fault-lab.ts'
import { mariadbOnTheWay } from './own-mariadb.ts'
import type { Published } from './published.ts'
import { rawObjects, rawPlace, type RawPlace } from './raw-objects.ts'
import { expectNoSecrets } from './secrets.ts'
import { committing, proxyBefore, stating } from './statement-faults.ts'

let place: RawPlace
let expected: Published
beforeAll(async () => {
  place = await rawPlace('database', rawObjects())
  expected = await undisturbed([place.input])
})
afterAll(() => {
  place[Symbol.dispose]()
  expectNoSecrets()
})

const COMMITS = {
  lease: /update `lease` set `holder`/,
  list: /into `batch_object`/,
  silver: /into `silver`/,
  slot: /into `slot_run`/,
  publication: /insert into rejected/,
}

describe('a connection that is cut during a COMMIT', () => {
  it.each([
    ['before it takes effect', 'asked'],
    ['after it took effect', 'done'],
  ] as const)('%s costs nothing, and no second run', async (words, when) => {
    const begunMs = performance.now()
    await using proxy = await proxyBefore(testServices().databaseUrl)
    await using lab = await faultLab([place.input])
    const cuts = Object.values(COMMITS).map((said) => proxy.arm({ at: committing(said), when, isCut: true }))
    await lab.runWell({ databaseUrl: proxy.urlFor(lab.database.url) })
    await Promise.all(cuts.map(({ reached }) => reached))
    const verdict = { fault: `connection cut at each COMMIT, ${words}`, runs: 1, begunMs, expected }
    expect(await judge(lab, verdict)).toEqual(AS_UNDISTURBED)
  })
})

describe('a clock of the database that jumps', () => {
  it.each([
    ['forward', '+', 'publish'],
    ['back', '-', 'publish'],
    ['forward', '+', 'score authors'],
    ['back', '-', 'score authors'],
  ] as const)(
    'a day %s changes nothing, also for the next run of a dead one (%s, %s)',
    async (way, sign, stage) => {
      const begunMs = performance.now()
      await using proxy = await proxyBefore(testServices().databaseUrl)
      await using lab = await faultLab([place.input])
      const databaseUrl = proxy.urlFor(lab.database.url)
      {
        using run = lab.start({ databaseUrl, at: { stage, signal: 'SIGSTOP' } })
        await run.stoppedAt(stage)
        proxy.rewrite = (sql) =>
          sql.replaceAll('utc_timestamp(6)', `(utc_timestamp(6) ${sign} interval 1 day)`)
        run.child.kill('SIGCONT')
        await (stage === 'publish' ? run.ended : sleep(1_000)) // a renewal by the other clock
      }
      // The clock is right again: the dead one's lease ends tomorrow, or ended yesterday.
      proxy.rewrite = (sql) => sql
      await lab.runWell({ databaseUrl })
      const verdict = { fault: `the database's clock a day ${way} at ${stage}`, runs: 2, begunMs, expected }
      expect(await judge(lab, verdict)).toEqual(AS_UNDISTURBED)
    },
  )
})

describe('a clock of the process that jumps', () => {
  it.each([
    ['forward', 1],
    ['back', -1],
  ] as const)('a day %s changes nothing', async (way, days) => {
    const begunMs = performance.now()
    await using lab = await faultLab([place.input])
    await lab.runWell({ at: { stage: 'score authors', clockMovesMs: days * 86_400_000 } })
    const verdict = { fault: `the run's own clock a day ${way}`, runs: 1, begunMs, expected }
    expect(await judge(lab, verdict)).toEqual(AS_UNDISTURBED)
  })
})

describe('a MariaDB that is killed and started again', () => {
  it('while a run stages or publishes loses nothing and doubles nothing', async () => {
    await using folder = await temporaryFolder()
    await using server = await mariadbOnTheWay(folder.path)
    const { proxy } = server
    for (const [words, at] of [
      ['stages', stating('INSERT INTO cascade_score_staging')],
      ['publishes', stating('insert into `topic_score`')],
      ['has published', committing(COMMITS.publication)],
    ] as const) {
      const begunMs = performance.now()
      await using lab = await faultLab([place.input], { serverUrl: server.url })
      const armed = proxy.arm({ at, when: words === 'has published' ? 'done' : 'asked' })
      using run = lab.start()
      await armed.reached
      await server.restart()
      armed.release()
      const { code } = await run.ended
      expect([0, 1, 4]).toContain(code)
      if (code !== 0) await lab.runWell()
      const verdict = { fault: `MariaDB killed while a run ${words}`, runs: 1, begunMs, expected }
      expect(await judge(lab, verdict)).toEqual(AS_UNDISTURBED)
    }
  })
})
