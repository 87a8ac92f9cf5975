import { create } from '@bufbuild/protobuf'
import { describe, expect, it } from '@jest/globals'

import { ExecutePlanResponse_ArrowBatchSchema as ArrowBatchSchema } from '../../src/generated/spark/connect/base_pb.js'
import { ArrowBatches } from '../../src/session/arrow-batches.ts'

interface Piece {
  readonly rows: number
  readonly start?: number
  readonly chunk?: number
  readonly of?: number
  readonly data?: readonly number[]
}

const piece = ({ rows, start, chunk, of, data = [] }: Piece) =>
  create(ArrowBatchSchema, {
    rowCount: BigInt(rows),
    data: Uint8Array.from(data),
    ...(start !== undefined && { startOffset: BigInt(start) }),
    ...(chunk !== undefined && { chunkIndex: BigInt(chunk) }),
    ...(of !== undefined && { numChunksInBatch: BigInt(of) }),
  })

const assemble = (...pieces: readonly Piece[]) => {
  const batches = new ArrowBatches()
  const whole = pieces.map((one) => batches.add(piece(one))).filter((batch) => batch !== undefined)
  batches.end()
  return whole
}

describe('the batches of a result', () => {
  it('are put together from their chunks', () => {
    expect(
      assemble(
        { rows: 2, start: 0, data: [1] },
        { rows: 3, start: 2, chunk: 0, of: 2, data: [2] },
        { rows: 3, start: 2, chunk: 1, of: 2, data: [3, 4] },
        { rows: 1, start: 5, data: [5] },
      ),
    ).toEqual([
      { rowCount: 2, data: Uint8Array.of(1) },
      { rowCount: 3, data: Uint8Array.of(2, 3, 4) },
      { rowCount: 1, data: Uint8Array.of(5) },
    ])
  })

  it('need not say where they begin, as older servers do not', () => {
    expect(assemble({ rows: 2 }, { rows: 3 })).toHaveLength(2)
  })

  it.each<[string, readonly Piece[], string]>([
    [
      'a batch is missing',
      [
        { rows: 2, start: 0 },
        { rows: 2, start: 4 },
      ],
      'with row 4 where row 2 comes next',
    ],
    [
      'a batch comes twice',
      [
        { rows: 2, start: 0 },
        { rows: 2, start: 0 },
      ],
      'with row 0 where row 2 comes next',
    ],
    ['the first chunk is missing', [{ rows: 2, chunk: 1, of: 2 }], 'with chunk 1 where chunk 0 comes next'],
    [
      'a chunk comes twice',
      [
        { rows: 2, chunk: 0, of: 3 },
        { rows: 2, chunk: 0, of: 3 },
      ],
      'with chunk 0 where chunk 1',
    ],
    ['a batch interrupts another', [{ rows: 2, chunk: 0, of: 3 }, { rows: 2 }], 'with chunk 0 where chunk 1'],
    [
      'the last chunk is missing',
      [{ rows: 2, chunk: 0, of: 2 }],
      'ended after 1 chunks of a batch that has more',
    ],
  ])('are an error if %s', (_, pieces, message) => {
    expect(() => assemble(...pieces)).toThrow(message)
    expect(() => assemble(...pieces)).toThrow(expect.objectContaining({ code: 'DATA_LOSS' }))
  })
})
