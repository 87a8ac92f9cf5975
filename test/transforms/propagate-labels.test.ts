import { afterAll, beforeAll, expect, it } from '@jest/globals'
import fc from 'fast-check'

import { Label, Tie } from '../../src/schema/influence-edge.ts'
import { propagateLabels } from '../../src/transforms/network/propagate-labels.ts'
import type { TransformBench } from './cascade-frames.ts'
import { transformBench } from './cascade-frames.ts'

let bench: TransformBench
beforeAll(async () => {
  bench = await transformBench()
})
afterAll(() => bench[Symbol.asyncDispose]())

interface TieRow {
  readonly from: number
  readonly to: number
  readonly votes: number
}

/** The same by hand: the label of most votes, of equals the smallest. */
function oneRound(ties: readonly TieRow[], labels: ReadonlyMap<number, number>): Map<number, number> {
  return new Map(
    [...Map.groupBy(ties, ({ to }) => to)].map(([to, towards]) => {
      const votes = new Map<number, number>()
      for (const tie of towards) {
        const label = labels.get(tie.from) ?? Number.NaN
        votes.set(label, (votes.get(label) ?? 0) + tie.votes)
      }
      const [best] = [...votes].toSorted((one, other) => other[1] - one[1] || one[0] - other[0])
      return [to, best?.[0] ?? Number.NaN]
    }),
  )
}

const USERS = 40
const user = fc.integer({ min: 1, max: USERS })
const ties = fc.array(fc.record({ from: user, to: user, votes: fc.integer({ min: 1, max: 3 }) }), {
  minLength: 60,
  maxLength: 120,
})

it('two rounds give everybody the label that most of their ties vote for, of equals the smallest', async () => {
  await fc.assert(
    fc.asyncProperty(ties, async (between) => {
      const users = Array.from({ length: USERS }, (_, index) => index + 1)
      const own = users.map((one) => ({ from: one, to: one, votes: 1 }))
      const all = [...between, ...own]
      const round = propagateLabels(await bench.frameOf(Tie, all))
      const first = await bench.frameOf(
        Label,
        users.map((one) => ({ user: one, label: one })),
      )
      const rows = await first.transform(round).transform(round).collect()
      const expected = oneRound(all, oneRound(all, new Map(users.map((one) => [one, one]))))
      expect(new Map(rows.map((row) => [row.user, row.label]))).toEqual(expected)
    }),
    { numRuns: 2, endOnFailure: true },
  )
})
