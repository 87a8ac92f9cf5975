import { describe, expect, it } from '@jest/globals'

import { createProgress } from '../../src/cli/progress.ts'
import { capturedOutput } from './captured-output.ts'

/** A clock that stands until it is moved. */
function steppedClock() {
  let ms = 0
  return { nowMs: () => ms, advance: (byMs: number) => void (ms += byMs) }
}

const halfWay = { tasks: 12, tasksDone: 6, inputBytes: 1_134_000_000 }

describe('progress without a terminal', () => {
  it('is one plain line a stage, with its seconds', () => {
    const [stream, clock] = [capturedOutput(), steppedClock()]
    using progress = createProgress({ stream, nowMs: clock.nowMs })
    const stage = progress.stage({ name: 'read raw' })
    clock.advance(4210)
    stage.progress({ ...halfWay, tasksDone: 12 })
    stage.done('1,855 retweets')
    expect(stream.text()).toBe('read raw: 4.2 s, 12/12 tasks, 1.1 GB, 1,855 retweets\n')
  })

  it('speaks up every ten seconds on a long stage', () => {
    const [stream, clock] = [capturedOutput(), steppedClock()]
    using progress = createProgress({ stream, nowMs: clock.nowMs })
    const stage = progress.stage({ name: 'score' })
    for (let i = 0; i < 25; i++) {
      clock.advance(1000)
      stage.progress(halfWay)
    }
    expect(stream.text()).toBe(
      'score: 10.0 s, 6/12 tasks, 1.1 GB ...\nscore: 20.0 s, 6/12 tasks, 1.1 GB ...\n',
    )
  })

  it('says what has come out so far, and what happens beside it', () => {
    const [stream, clock] = [capturedOutput(), steppedClock()]
    using progress = createProgress({ stream, nowMs: clock.nowMs })
    const stage = progress.stage({ name: 'collect' })
    stage.tell('1 sent')
    clock.advance(10_000)
    stage.tell('5 sent')
    progress.note('Firehose takes nothing')
    stage.done('6 sent')
    expect(stream.text()).toBe(
      'collect: 10.0 s, 5 sent ...\nFirehose takes nothing\ncollect: 10.0 s, 6 sent\n',
    )
  })
})

describe('progress on a terminal', () => {
  it('updates one line within its width and leaves a line for each stage that is done', () => {
    const [stream, clock] = [capturedOutput({ columns: 24 }), steppedClock()]
    using progress = createProgress({ stream, nowMs: clock.nowMs })
    const stage = progress.stage({ name: 'read a great many raw objects' })
    clock.advance(1500)
    stage.done()
    expect(stream.text()).toBe(
      '\r\u001B[K… read a great many ra…' +
        '\r\u001B[K✓ read a great many raw objects: 1.5 s\n' +
        '\r\u001B[K',
    )
  })

  it('ends the line of a stage that was cut short', () => {
    const stream = capturedOutput({ columns: 80 })
    const progress = createProgress({ stream, nowMs: steppedClock().nowMs })
    progress.stage({ name: 'score' })
    progress[Symbol.dispose]()
    expect(stream.text()).toMatch(/✗ score: 0\.0 s\n$/)
  })

  it('puts what happens above the line that is updated', () => {
    const stream = capturedOutput({ columns: 80 })
    using progress = createProgress({ stream, nowMs: steppedClock().nowMs })
    progress.stage({ name: 'collect' }).tell('5 sent')
    progress.note('connected')
    expect(stream.text()).toBe(
      '\r\u001B[K… collect: 0.0 s\r\u001B[Kconnected\n\r\u001B[K… collect: 0.0 s, 5 sent',
    )
  })
})
