import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from '@jest/globals'
import { seededRandom } from '../../src/collect/random.ts'
import { idsOf } from '../collect/delivery/invented-source.ts'
import { openLocalStream } from '../collect/delivery/local-stream.ts'
import { temporaryFolder } from '../local/temporary-folder.ts'
import type { CollectWork } from './collect-child.ts'
import { compareIds, faultTable, upTo } from './fault-table.ts'

const table = faultTable()
afterAll(table.print)

const DEATHS = 20
const LONGEST_LIFE_MS = 500
const seed = Date.now() % 1_000_000
const { unit: random } = seededRandom(seed)
const program = fileURLToPath(new URL('./collect-child.ts', import.meta.url))

/** Starts a collector of its own process; resolves once it is at work. */
async function startCollector(work: CollectWork) {
  const flags = ['--conditions=source', '--disable-warning=ExperimentalWarning']
  const child = spawn(process.execPath, [...flags, program, JSON.stringify(work)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  await Promise.race([once(child.stdout, 'data'), exited])
  return { child, exited, [Symbol.dispose]: () => void child.kill('SIGKILL') }
}

const idsIn = async (file: string): Promise<readonly number[]> =>
  (await readFile(file, 'utf8').catch(() => '')).split('\n').slice(0, -1).map(Number)

describe(`a collector that is killed at ${DEATHS} moments (seed ${seed})`, () => {
  it('delivers every record that its source gave, at least once', async () => {
    await using folder = await temporaryFolder()
    await using resumed = await openLocalStream({
      name: 'killed-resumed',
      faults: { failingShare: 0.1 },
      random,
    })
    await using live = await openLocalStream({ name: 'killed-live', faults: { failingShare: 0.1 }, random })
    const taken = join(folder.path, 'taken')
    const run = async (records: number, to: number) => {
      const from = ((await idsIn(taken)).at(-1) ?? -1) + 1
      const [left, right] = [join(folder.path, 'resumed'), join(folder.path, 'live')]
      return startCollector({
        resumed: { endpoint: resumed.local.endpoint, stream: resumed.name, folder: left, records },
        live: { endpoint: live.local.endpoint, stream: live.name, folder: right, from, to: from + to, taken },
      })
    }
    for (let death = 0; death < DEATHS; death++) {
      using collector = await run(1_000_000, 1_000_000)
      await sleep(random() * LONGEST_LIFE_MS)
      collector.child.kill('SIGKILL')
      await collector.exited
    }
    const records = Math.max(...idsOf(await resumed.arrived())) + 5_000
    using last = await run(records, 1_000)
    expect(await last.exited).toEqual([0, null])

    const resumedResult = compareIds(idsOf(await resumed.arrived()), upTo(records))
    table.add({ fault: 'killed, source goes on', runs: DEATHS, records, ...resumedResult })
    const given = await idsIn(taken)
    const liveResult = compareIds(idsOf(await live.arrived()), given)
    table.add({ fault: 'killed, live source', runs: DEATHS, records: given.length, ...liveResult })
    expect(records).toBeGreaterThan(6_000)
    expect(given.length).toBeGreaterThan(1_500)
    expect([resumedResult.lost, liveResult.lost]).toEqual([0, 0])
  })
})
