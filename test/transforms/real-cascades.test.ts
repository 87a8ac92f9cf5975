import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import type { KernelName } from '../../src/transforms/cascade/kernel.ts'
import type { Cascade, Event, TransformBench } from './cascade-frames.ts'
import { spread, transformBench } from './cascade-frames.ts'
import { rowDifferences } from './frame-equality.ts'
import { expectationsOf, weightsOf } from './independent-tree.ts'

const REAL_DATA = process.env['RIPPLERANK_REAL_DATA']
const CASCADES = REAL_DATA ? join(REAL_DATA, 'casin_cascades.csv') : ''
const describeOnRealData = existsSync(CASCADES) ? describe : describe.skip

let bench: TransformBench
beforeAll(async () => {
  bench = await transformBench()
})
afterAll(() => bench[Symbol.asyncDispose]())

/** Each user once and the root's author not at all, as `cascade,time,magnitude,user_id` says. */
function readCascades(): readonly Cascade[] {
  const lines = readFileSync(CASCADES, 'utf8').trim().split('\n').slice(1)
  const rows = lines.map((line) => line.split(','))
  return [...Map.groupBy(rows, ([cascade]) => cascade)].map(([cascade, [root, ...events]]): Cascade => {
    const users = new Set([root?.[3]])
    const firsts = events.flatMap(([, seconds, followers, user = '']): readonly Event[] => {
      if (users.has(user)) return []
      users.add(user)
      return [{ seconds: Number(seconds), followers: Number(followers), user }]
    })
    return { root: `${cascade ?? ''}0`, rootFollowers: Number(root?.[2]), events: firsts }
  })
}

describeOnRealData('ten real cascades', () => {
  it.each<KernelName>(['calibrated', 'debatenight'])(
    'have the expectations of an independent computation, by %s',
    async (kernel) => {
      const cascades = readCascades()
      const found = await spread(bench, cascades, { kernel })
      expect([...found.keys()]).toHaveLength(10)
      for (const cascade of cascades) {
        const { depth, nonPrimary, downstream, children } = expectationsOf(weightsOf(kernel, cascade))
        const expected = cascade.events.map(({ user }, index) => ({
          user,
          depth: depth[index + 1],
          non_primary: nonPrimary[index + 1],
          downstream: downstream[index + 1],
          children: children[index + 1],
        }))
        const rows = (found.get(cascade.root) ?? []).map((row) => ({
          user: row.user_key,
          depth: row.expected_depth,
          non_primary: row.non_primary,
          downstream: row.expected_downstream,
          children: row.expected_children,
        }))
        expect([cascade.root, ...rowDifferences(rows, expected)]).toEqual([cascade.root])
      }
    },
  )
})
