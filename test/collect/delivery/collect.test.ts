import { describe, expect, it } from '@jest/globals'
import { collect } from '../../../src/collect/collect.ts'
import { temporaryFolder } from '../../local/temporary-folder.ts'
import { collectOptions } from './collect-options.ts'
import { idsOf, inventedSource } from './invented-source.ts'
import { openLocalStream } from './local-stream.ts'

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index)
const sorted = (ids: readonly number[]): readonly number[] => ids.toSorted((left, right) => left - right)

describe('a collector', () => {
  it('brings every record once, and each cascade in its order', async () => {
    await using folder = await temporaryFolder()
    await using stream = await openLocalStream({ name: 'plain' })
    const counts = await collect(
      collectOptions(stream, folder.path, { source: inventedSource({ records: 10_000 }) }),
    )
    const ids = idsOf(await stream.arrived())
    expect(counts).toEqual({
      received: 10_000,
      matched: 10_000,
      sent: 10_000,
      retried: 0,
      spooled: 0,
      refused: 0,
      dropped: 0,
      lagSeconds: 0,
    })
    expect(sorted(ids)).toEqual(upTo(10_000))
    for (let root = 0; root < 10; root++) {
      const ofRoot = ids.filter((id) => id % 10 === root)
      expect(ofRoot).toEqual(sorted(ofRoot))
    }
  })
})
