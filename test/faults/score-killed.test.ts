import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { AS_UNDISTURBED, faultLab, judge, undisturbed } from './slot/fault-lab.ts'
import { rawObjects, rawPlace, type RawPlace } from './slot/raw-objects.ts'

let place: RawPlace
beforeAll(async () => {
  place = await rawPlace('killed', rawObjects())
})
afterAll(() => place[Symbol.dispose]())

// `npm run test:faults` kills at all of them, and in between.
const STAGES = ['read records', 'publish']

it('a run that is killed while it reads and before it publishes, and run again, publishes what one run does', async () => {
  const expected = await undisturbed([place.input])
  const begunMs = performance.now()
  await using lab = await faultLab([place.input])
  for (const stage of STAGES) await lab.killedAt(stage)
  await lab.runWell()
  const verdict = {
    fault: 'killed at two stages, one after the other',
    runs: STAGES.length,
    begunMs,
    expected,
  }
  expect(await judge(lab, verdict)).toEqual(AS_UNDISTURBED)
})
