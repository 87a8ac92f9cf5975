import { mkdtemp, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { seededRandom } from '../../../src/collect/random.ts'
import { slotTableNames, stagingTables } from '../../../src/store/slot-tables.ts'
import { testServices } from '../../environment/services.ts'
import { AS_UNDISTURBED, faultLab, judge, undisturbed, type FaultLab } from './fault-lab.ts'
import type { Published } from './published.ts'
import { rawObjects, rawPlace, type RawPlace } from './raw-objects.ts'
import { expectNoSecrets } from './secrets.ts'
import { committing, proxyBefore, stating } from './statement-faults.ts'
import type { StatementFault, StatementProxy } from './statement-proxy.ts'

let place: RawPlace
let expected: Published
let proxy: StatementProxy
beforeAll(async () => {
  place = await rawPlace('killed', rawObjects())
  expected = await undisturbed([place.input])
  proxy = await proxyBefore(testServices().databaseUrl)
})
afterAll(async () => {
  place[Symbol.dispose]()
  await proxy[Symbol.asyncDispose]()
  expectNoSecrets()
})

/** Kills a run at a statement. What Spark was asked to do goes on, as nobody tells it to stop. */
async function killAt(lab: FaultLab, fault: StatementFault): Promise<() => void> {
  const armed = proxy.arm(fault)
  using run = lab.start({ databaseUrl: proxy.urlFor(lab.database.url) })
  const early = run.ended.then(({ code, stderr }) =>
    Promise.reject(new Error(`ended with ${code}: ${stderr}`)),
  )
  await Promise.race([armed.reached, early])
  early.catch(() => {})
  run.child.kill('SIGKILL')
  await run.ended
  return armed.release
}

const asked = (at: StatementFault['at']): StatementFault => ({ at, when: 'asked' })
const done = (at: StatementFault['at']): StatementFault => ({ at, when: 'done' })

const BOUNDARIES: Readonly<Record<string, readonly StatementFault[]>> = {
  'taking the lease': [done(committing(/update `lease`/))],
  'freezing the list of objects': [
    asked(committing(/into `batch_object`/)),
    done(committing(/into `batch_object`/)),
  ],
  'naming the folder of silver': [asked(committing(/into `silver`/)), done(committing(/into `silver`/))],
  'opening the slot': [asked(committing(/into `slot_run`/)), done(committing(/into `slot_run`/))],
  'staging each table': stagingTables.flatMap((table) => [asked(stating(`INSERT INTO ${table}`))]),
  'each table staged': stagingTables.flatMap((table) => [
    done(committing(new RegExp(`INSERT INTO ${table}`))),
  ]),
  'publishing each table': slotTableNames.map((table) => asked(stating(`insert into \`${table}\``))),
  'ending the publication': [
    asked(stating('update `slot_run` set `state`')),
    asked(committing(/insert into rejected/)),
    done(committing(/insert into rejected/)),
    asked(stating('update `lease` set `expires_at`', 'and `fence`')),
  ],
}

describe('a run that is killed while', () => {
  it.each(Object.keys(BOUNDARIES))('%s publishes nothing twice when it is run again', async (name) => {
    const faults = BOUNDARIES[name] ?? []
    const begunMs = performance.now()
    await using lab = await faultLab([place.input])
    for (const fault of faults) (await killAt(lab, fault))()
    await lab.runWell()
    const verdict = { fault: `killed while ${name}`, runs: faults.length, begunMs, expected }
    expect(await judge(lab, verdict)).toEqual(AS_UNDISTURBED)
  })

  it('half of the objects are read publishes nothing twice when it is run again', async () => {
    const lake = await mkdtemp(join(testServices().lake, 'fault-'))
    const begunMs = performance.now()
    await using lab = await faultLab([place.input], { lake })
    for (const part of ['common/_temporary', 'others/_temporary']) {
      using run = lab.start()
      await run.begun('read records')
      await untilWritten(join(lake, 'silver'), part)
      run.child.kill('SIGKILL')
      await run.ended
    }
    await lab.runWell()
    const verdict = { fault: 'killed while half is read', runs: 2, begunMs, expected }
    expect(await judge(lab, verdict)).toEqual(AS_UNDISTURBED)
  })

  it('Spark stages a table, which it goes on with after the next run, publishes nothing twice', async () => {
    const begunMs = performance.now()
    await using lab = await faultLab([place.input])
    const goOn = await killAt(lab, asked(stating('INSERT INTO cascade_score_staging')))
    await lab.runWell()
    goOn()
    await lab.runWell()
    const verdict = { fault: 'killed, and Spark writes on after the next run', runs: 1, begunMs, expected }
    expect(await judge(lab, verdict)).toEqual(AS_UNDISTURBED)
  })
})

async function untilWritten(folder: string, part: string): Promise<void> {
  for (;;) {
    const names = await readdir(folder, { recursive: true }).catch(() => [])
    if (names.some((name) => name.endsWith(part))) return
    await sleep(2)
  }
}

const DEATHS = 50
const DEATHS_IN_A_ROW = 5
const ROWS = Array.from({ length: DEATHS / DEATHS_IN_A_ROW }, (_, row) => row)
const seed = Number(process.env['RIPPLERANK_FAULT_SEED'] ?? Date.now() % 1_000_000)

describe(`a run that is killed at ${DEATHS} random moments (seed ${seed})`, () => {
  let lifetimeMs: number
  beforeAll(async () => {
    const begunMs = performance.now()
    await undisturbed([place.input])
    lifetimeMs = performance.now() - begunMs
  })

  it.each(ROWS)(`loses nothing and doubles nothing, in row %i of ${DEATHS_IN_A_ROW} deaths`, async (row) => {
    const { unit: random } = seededRandom(seed + row)
    const begunMs = performance.now()
    await using lab = await faultLab([place.input])
    for (let again = 0; again < DEATHS_IN_A_ROW; again++) {
      using run = lab.start()
      await Promise.race([sleep(random() * lifetimeMs), run.ended])
      run.child.kill('SIGKILL')
      await run.ended
    }
    await lab.runWell()
    const first = row * DEATHS_IN_A_ROW + 1
    const fault = `killed at random moments ${first} to ${first + DEATHS_IN_A_ROW - 1}, seed ${seed}`
    const verdict = { fault, runs: DEATHS_IN_A_ROW, begunMs, expected, mayWriteOn: true }
    expect(await judge(lab, verdict)).toEqual(AS_UNDISTURBED)
  })
})
