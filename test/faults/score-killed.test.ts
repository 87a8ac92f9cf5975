import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { AS_UNDISTURBED, faultLab, judge, undisturbed } from './slot/fault-lab.ts'
import { rawObjects, rawPlace, type RawPlace } from './slot/raw-objects.ts'

let place: RawPlace
beforeAll(async () => {
  place = await rawPlace('killed', rawObjects())
})
afterAll(() => place[Symbol.dispose]())

const STAGES = [
  'list objects',
  'read records',
  'keep rejected records',
  'score authors',
  'score topics',
  'publish',
]

it('a run that is killed at each of its stages, and run again, publishes what one run publishes', async () => {
  const expected = await undisturbed([place.input])
  const begunMs = performance.now()
  await using lab = await faultLab([place.input])
  for (const stage of STAGES) await lab.killedAt(stage)
  await lab.runWell()
  const verdict = {
    fault: 'killed at each stage, one after the other',
    runs: STAGES.length,
    begunMs,
    expected,
  }
  expect(await judge(lab, verdict)).toEqual(AS_UNDISTURBED)
})
