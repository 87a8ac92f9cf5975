import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { count, max } from 'spark-connect-js/functions'

import { observed } from '../../src/jobs/observed.ts'
import type { TransformBench } from '../transforms/cascade-frames.ts'
import { transformBench } from '../transforms/cascade-frames.ts'

let bench: TransformBench
beforeAll(async () => {
  bench = await transformBench()
})
afterAll(() => bench[Symbol.asyncDispose]())

const passing = (end: bigint) =>
  observed({
    frame: bench.spark.range(0n, end).filter((c) => c.id.geq(0n)),
    metrics: (c) => ({ rows: count(), largest: max(c.id) }),
  })

describe('what passes a frame', () => {
  it('is known after an action on it', async () => {
    const { frame, values } = passing(4n)
    await frame.collect()
    expect(await values(bench.spark, {})).toEqual({ rows: 4n, largest: 3n })
  })

  it('is computed where the server sent no metric', async () => {
    expect(await passing(4n).values(bench.spark, {})).toEqual({ rows: 4n, largest: 3n })
  })

  it('is nothing where there are no rows', async () => {
    const { frame, values } = passing(0n)
    await frame.collect()
    expect(await values(bench.spark, {})).toEqual({ rows: 0n, largest: null })
  })

  it('is never what passed another frame before', async () => {
    await passing(4n).frame.collect()
    expect(await passing(2n).values(bench.spark, {})).toEqual({ rows: 2n, largest: 1n })
  })
})
