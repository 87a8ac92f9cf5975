import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { AS_UNDISTURBED, faultLab, judge, undisturbed } from './fault-lab.ts'
import type { Published } from './published.ts'
import { rawObjects, rawPlace, type RawPlace } from './raw-objects.ts'
import { expectNoSecrets } from './secrets.ts'
import { smallDisk, type SmallDisk } from './small-disk.ts'

let place: RawPlace
let expected: Published
let disk: SmallDisk | undefined
beforeAll(async () => {
  place = await rawPlace('disk', rawObjects())
  disk = await smallDisk()
  if (!disk) process.stdout.write('disk full: skipped, as no small disk may be mounted here\n')
  else expected = await undisturbed([place.input])
})
afterAll(async () => {
  place[Symbol.dispose]()
  await disk?.[Symbol.asyncDispose]()
  expectNoSecrets()
})

describe('a disk of the lake that is full', () => {
  it.each(['read records', 'score authors'])(
    'as the stage `%s` begins fails the run in words; the next one makes it good',
    async (stage) => {
      if (!disk) return
      const begunMs = performance.now()
      await using lab = await faultLab([place.input], { lake: disk.lake })
      {
        using run = lab.start({ at: { stage, signal: 'SIGSTOP' } })
        await run.stoppedAt(stage)
        disk.fill()
        run.child.kill('SIGCONT')
        const outcome = await run.ended
        expect(outcome).toMatchObject({ code: 1, report: undefined })
        expect(outcome.stderr).toContain('No space left on device')
      }
      await disk.empty()
      await lab.runWell()
      const verdict = { fault: `disk full at ${stage}`, runs: 1, begunMs, expected }
      expect(await judge(lab, verdict)).toEqual(AS_UNDISTURBED)
    },
  )
})
