import { afterAll, describe, expect, it } from '@jest/globals'
import { AS_UNDISTURBED, faultLab, judge, undisturbed, type FaultLab } from './fault-lab.ts'
import { rawObjects, rawPlace, simulatedLines, type RawPlace } from './raw-objects.ts'
import { expectNoSecrets } from './secrets.ts'

afterAll(expectNoSecrets)

const all = rawObjects()
const LAST = '2018/12/09/17/part'
/** An object that lies far back in the order of the listing, as if Firehose had held its records for hours. */
const withoutLast = new Map([...all].filter(([key]) => key !== LAST))
const textOf = (records: number): string =>
  simulatedLines({ seed: 2, records: 12 }).slice(0, records).join('\n')
const EXTRA = '2018/12/09/18/extra'

/** Runs up to where the list is frozen and nothing read, does something to the objects, and has the run go on. */
async function withPause(lab: FaultLab, whilePaused: () => Promise<void>): Promise<void> {
  const stage = 'read records'
  using run = lab.start({ at: { stage, signal: 'SIGSTOP' } })
  await run.stoppedAt(stage)
  await whilePaused()
  run.child.kill('SIGCONT')
  expect(await run.ended).toMatchObject({ code: 0 })
}

describe('an object is counted once, where it', () => {
  it('is listed twice', async () => {
    using place: RawPlace = await rawPlace('listed-twice', all)
    const expected = await undisturbed([place.input])
    const begunMs = performance.now()
    await using lab = await faultLab([place.input, `${place.input}/2018/12`, `${place.input}/${LAST}`])
    await lab.runWell()
    await lab.runWell()
    const verdict = { fault: 'an object listed three times', runs: 2, begunMs, expected }
    expect(await judge(lab, verdict)).toEqual(AS_UNDISTURBED)
  })

  it('is delivered after its slot was published', async () => {
    using place = await rawPlace('late', withoutLast)
    const begunMs = performance.now()
    await using lab = await faultLab([place.input])
    await lab.runWell()
    await place.put(LAST, all.get(LAST) ?? '')
    await lab.runWell()
    const expected = await undisturbed([place.input])
    const verdict = { fault: 'an object delivered late', runs: 2, begunMs, expected }
    expect(await judge(lab, verdict)).toEqual(AS_UNDISTURBED)
  })

  it('is overwritten after it was read: what it held stays, and what is new comes along', async () => {
    using both = await rawPlace(
      'both',
      new Map([...all, [EXTRA, textOf(12)], [`${EXTRA}-before`, textOf(6)]]),
    )
    const expected = await undisturbed([both.input])
    using place = await rawPlace('overwritten', new Map([...all, [EXTRA, textOf(6)]]))
    const begunMs = performance.now()
    await using lab = await faultLab([place.input])
    await lab.runWell()
    await place.put(EXTRA, textOf(12))
    await lab.runWell()
    const fault = 'an object overwritten after it was read'
    const verdict = { fault, runs: 2, begunMs, expected, leaveOut: NAMES }
    expect(await judge(lab, verdict)).toEqual(AS_UNDISTURBED)
  })

  it('is overwritten between listing and reading', async () => {
    using both = await rawPlace(
      'read-late',
      new Map([...all, [EXTRA, textOf(12)], [`${EXTRA}-again`, textOf(12)]]),
    )
    const expected = await undisturbed([both.input])
    using place = await rawPlace('overwritten-early', new Map([...all, [EXTRA, textOf(6)]]))
    const begunMs = performance.now()
    await using lab = await faultLab([place.input])
    await withPause(lab, () => place.put(EXTRA, textOf(12)))
    await lab.runWell()
    const fault = 'an object overwritten before it was read'
    const verdict = { fault, runs: 2, begunMs, expected, leaveOut: NAMES }
    expect(await judge(lab, verdict)).toEqual(AS_UNDISTURBED)
  })

  it('is deleted between listing and reading: the others are read', async () => {
    using place = await rawPlace('deleted', all)
    const begunMs = performance.now()
    await using lab = await faultLab([place.input])
    await withPause(lab, () => place.remove(LAST))
    const expected = await undisturbed([place.input])
    const verdict = { fault: 'an object deleted before it was read', runs: 1, begunMs, expected }
    expect(await judge(lab, verdict)).toEqual(AS_UNDISTURBED)
  })
})

/** Two versions of one object stand beside each other under two names in the undisturbed run, in another folder. */
const NAMES = ['batch_object.object_key', 'batch_object.etag', 'rejected.rejected_id', 'rejected.object']
