import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { AS_UNDISTURBED, faultLab, judge, undisturbed } from './fault-lab.ts'
import type { Published } from './published.ts'
import { rawObjects, rawPlace, type RawPlace } from './raw-objects.ts'
import { expectNoSecrets } from './secrets.ts'

let place: RawPlace
let expected: Published
beforeAll(async () => {
  place = await rawPlace('runners', rawObjects())
  expected = await undisturbed([place.input])
})
afterAll(() => {
  place[Symbol.dispose]()
  expectNoSecrets()
})

describe('of two runners', () => {
  it('the second is told with exit code 3 that the first is at work', async () => {
    const begunMs = performance.now()
    // Long enough for a holder that gets little of the processor.
    await using lab = await faultLab([place.input], { leaseSeconds: 5 })
    using first = lab.start()
    await first.begun('list objects')
    const second = await lab.run()
    expect(second).toMatchObject({ code: 3, report: undefined, stages: [] })
    expect(second.stderr).toContain('the slot is held by')
    expect(await first.ended).toMatchObject({ code: 0 })
    const verdict = { fault: 'two runners at once', runs: 2, begunMs, expected }
    expect(await judge(lab, verdict)).toEqual(AS_UNDISTURBED)
  })

  it.each(['read records', 'score authors', 'publish'])(
    'one that slept over its lease at the stage `%s` is refused when it wakes',
    async (stage) => {
      const begunMs = performance.now()
      await using lab = await faultLab([place.input])
      using sleeper = lab.start({ at: { stage, signal: 'SIGSTOP' } })
      await sleeper.stoppedAt(stage)
      await lab.runWell()
      sleeper.child.kill('SIGCONT')
      const outcome = await sleeper.ended
      expect(outcome).toMatchObject({ code: 3, report: undefined })
      expect(outcome.stderr).toContain('the slot is held by')
      const verdict = { fault: `paused past its lease at ${stage}`, runs: 2, begunMs, expected }
      expect(await judge(lab, verdict)).toEqual(AS_UNDISTURBED)
    },
  )
})
