import { gunzipSync } from 'node:zlib'
import { PutRecordBatchCommand, PutRecordCommand } from '@aws-sdk/client-firehose'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { firehosePeer, NEWLINE_DELIMITED, STARTED_AT_MS, type FirehosePeer } from './firehose-peer.ts'

const named = { DeliveryStreamName: 'storm' }
const putBatch = ({ client }: FirehosePeer, records: readonly (string | Uint8Array)[]) =>
  client.send(
    new PutRecordBatchCommand({ ...named, Records: records.map((data) => ({ Data: Buffer.from(data) })) }),
  )
const bodies = async ({ objects }: FirehosePeer, prefix: string) =>
  (await objects(prefix)).map(({ body }) => body.toString())

describe('records put into the local Firehose', () => {
  it('are delivered together once the buffer time is over, named by the oldest one, in UTC', async () => {
    await using peer = await firehosePeer()
    const { client, clock, createStream, firehose } = peer
    const prefix = await createStream('storm', NEWLINE_DELIMITED)
    await client.send(new PutRecordCommand({ ...named, Record: { Data: Buffer.from('{"a":1}') } }))
    clock.advance(299_999)
    expect(await putBatch(peer, ['{"b":2}', '{"c":3}'])).toMatchObject({
      FailedPutCount: 0,
      Encrypted: false,
    })
    expect(await peer.objects(prefix)).toEqual([])
    clock.advance(1)
    await putBatch(peer, ['{"d":4}'])
    await firehose.flush()
    const [first, second] = await peer.objects(prefix)
    expect(first?.key.slice(prefix.length)).toMatch(
      /^2018\/12\/09\/23\/storm-1-2018-12-09-23-59-59-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    )
    expect(first?.body.toString()).toBe('{"a":1}\n{"b":2}\n{"c":3}\n')
    expect(second?.key.slice(prefix.length)).toMatch(/^2018\/12\/10\/00\/storm-1-2018-12-10-00-04-59-/)
    expect(second?.body.toString()).toBe('{"d":4}\n')
  })

  it('are delivered before an object grows beyond the buffer size', async () => {
    await using peer = await firehosePeer()
    const hints = { BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 900 } }
    const prefix = await peer.createStream('storm', { ...NEWLINE_DELIMITED, ...hints })
    await putBatch(
      peer,
      Array.from({ length: 3 }, (_, i) => `${i}`.repeat(500_000)),
    )
    await peer.firehose.flush()
    const sizes = (await peer.objects(prefix)).map(({ body }) => body.length)
    expect(sizes.toSorted((a, b) => a - b)).toEqual([500_001, 1_000_002])
  })

  it('wait their own time after an object that was full', async () => {
    await using peer = await firehosePeer()
    const hints = { BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 300 } }
    const prefix = await peer.createStream('storm', hints)
    await putBatch(peer, ['x'.repeat(1_000_000)])
    peer.clock.advance(100_000)
    await putBatch(peer, ['y'.repeat(100_000)])
    peer.clock.advance(299_999)
    await putBatch(peer, ['z'])
    await peer.firehose.flush()
    const sizes = (await peer.objects(prefix)).map(({ body }) => body.length)
    expect(sizes.toSorted((a, b) => a - b)).toEqual([100_001, 1_000_000])
  })

  it('stand side by side without a delimiter, and are packed where that is asked for', async () => {
    await using peer = await firehosePeer()
    const prefix = await peer.createStream('storm', { CompressionFormat: 'GZIP' })
    await putBatch(peer, ['{"a":1}', '{"b":2}'])
    await peer.firehose.flush()
    const [object] = await peer.objects(prefix)
    expect(object?.key).toMatch(/\.gz$/)
    expect(gunzipSync(object?.body ?? '').toString()).toBe('{"a":1}{"b":2}')
  })

  it('are delivered when the Firehose closes', async () => {
    const peer = await firehosePeer()
    const prefix = await peer.createStream('storm')
    await putBatch(peer, ['{"a":1}'])
    await peer[Symbol.asyncDispose]()
    await using reader = await firehosePeer()
    expect(await bodies(reader, prefix)).toEqual(['{"a":1}'])
  })

  it('come out byte for byte in the order in which they were put', async () => {
    await using peer = await firehosePeer()
    let prefix = ''
    let streams = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.uint8Array(), { minLength: 1, maxLength: 20 }), { maxLength: 5 }),
        async (batches) => {
          const stream = `bytes-${(streams += 1)}`
          prefix = await peer.createStream(stream)
          for (const batch of batches) {
            const Records = batch.map((data) => ({ Data: data }))
            const { RequestResponses = [] } = await peer.client.send(
              new PutRecordBatchCommand({ DeliveryStreamName: stream, Records }),
            )
            expect(new Set(RequestResponses.map(({ RecordId }) => RecordId)).size).toBe(batch.length)
          }
          await peer.firehose.flush()
          const objects = await peer.objects(prefix)
          expect(Buffer.concat(objects.map(({ body }) => body))).toEqual(Buffer.concat(batches.flat()))
        },
      ),
      { numRuns: 20 },
    )
  })
})

describe('a batch of records', () => {
  it('is refused as a whole where it is too long, too large or no base64', async () => {
    await using peer = await firehosePeer()
    const prefix = await peer.createStream('storm')
    const megabyte = 'x'.repeat(1_024_000)
    const tooLong = (member: string, most: number) => ({
      name: 'ValidationException',
      message: `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must have length less than or equal to ${most}`,
    })
    await expect(putBatch(peer, Array(501).fill('{}'))).rejects.toMatchObject(tooLong('records', 500))
    await expect(putBatch(peer, ['{}', `${megabyte}x`])).rejects.toMatchObject(
      tooLong('records.2.member.data', 1_024_000),
    )
    const put = new PutRecordCommand({ ...named, Record: { Data: Buffer.from(`${megabyte}x`) } })
    await expect(peer.client.send(put)).rejects.toMatchObject(tooLong('record.data', 1_024_000))
    await expect(putBatch(peer, [...Array(4).fill(megabyte), 'x'.repeat(98_305)])).rejects.toMatchObject({
      name: 'InvalidArgumentException',
      message: 'Records size exceeds 4 MB limit',
    })
    await expect(putBatch(peer, [])).rejects.toMatchObject({ name: 'ValidationException' })
    const answer = await fetch(peer.firehose.endpoint, {
      method: 'POST',
      headers: { 'x-amz-target': 'Firehose_20150804.PutRecordBatch' },
      body: JSON.stringify({ ...named, Records: [{ Data: 'not base64!' }] }),
    })
    expect([answer.status, await answer.json()]).toMatchObject([400, { __type: 'SerializationException' }])
    await putBatch(peer, [...Array(4).fill(megabyte), 'x'.repeat(98_304)])
    await putBatch(peer, Array(500).fill(''))
    await peer.firehose.flush()
    expect((await peer.objects(prefix)).map(({ body }) => body.length)).toEqual([4 * 2 ** 20])
  })

  it('is refused for a stream that does not exist, and an operation that does not', async () => {
    await using peer = await firehosePeer()
    await expect(putBatch(peer, ['{}'])).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
    const answer = await fetch(peer.firehose.endpoint, {
      method: 'POST',
      headers: { 'x-amz-target': 'Firehose_20150804.toString' },
      body: '{}',
    })
    expect(await answer.json()).toMatchObject({ __type: 'UnknownOperationException' })
  })
})

describe('faults that are injected', () => {
  it('refuse a share of the records, of which none is delivered', async () => {
    let turn = 0
    const random = (): number => [0.9, 0.1][(turn += 1) % 2] ?? 0
    await using peer = await firehosePeer({ random, faults: { failingShare: 0.3 } })
    const prefix = await peer.createStream('storm', NEWLINE_DELIMITED)
    const { FailedPutCount, RequestResponses } = await putBatch(peer, ['0', '1', '2', '3'])
    expect(FailedPutCount).toBe(2)
    const refused = { ErrorCode: 'ServiceUnavailableException', ErrorMessage: 'Slow down.' }
    const taken = { RecordId: expect.any(String) }
    expect(RequestResponses).toEqual([refused, taken, refused, taken])
    await peer.firehose.flush()
    expect(await bodies(peer, prefix)).toEqual(['1\n3\n'])
  })

  it('throttle for as long as they say', async () => {
    const from = STARTED_AT_MS + 1_000
    await using peer = await firehosePeer({ faults: { throttledMs: { from, to: from + 60_000 } } })
    await peer.createStream('storm')
    const refused = { name: 'ServiceUnavailableException', $metadata: { httpStatusCode: 503 } }
    await expect(putBatch(peer, ['{}'])).rejects.toMatchObject(refused)
    peer.clock.advance(59_999)
    await expect(putBatch(peer, ['{}'])).rejects.toMatchObject(refused)
    peer.clock.advance(1)
    expect(await putBatch(peer, ['{}'])).toMatchObject({ FailedPutCount: 0 })
  })

  it('hang up while the Firehose is down', async () => {
    await using peer = await firehosePeer()
    await peer.createStream('storm')
    peer.firehose.inject({ isDown: true })
    await expect(putBatch(peer, ['{}'])).rejects.toThrow('socket hang up')
    peer.firehose.inject({})
    expect(await putBatch(peer, ['{}'])).toMatchObject({ FailedPutCount: 0 })
  })
})

describe('an S3 without the bucket', () => {
  const BucketARN = 'arn:aws:s3:::nowhere'

  it('is told of, and the records are lost only when the Firehose ends', async () => {
    const told: string[] = []
    const peer = await firehosePeer({ onProblem: (sentence) => told.push(sentence) })
    await peer.createStream('storm', { BucketARN })
    await putBatch(peer, ['{}'])
    peer.clock.advance(300_000)
    await peer[Symbol.asyncDispose]()
    expect(told.at(-1)).toMatch(/^s3:\/\/nowhere\/firehose\/.* is lost: NoSuchBucket/)
  })

  it('slows down whoever puts, before memory is full', async () => {
    await using peer = await firehosePeer()
    await peer.createStream('storm', { BucketARN })
    const batch = Array.from({ length: 4 }, () => 'x'.repeat(1_000_000))
    const fill = async (): Promise<void> => {
      for (let puts = 0; puts < 20; puts += 1) await putBatch(peer, batch)
    }
    await expect(fill()).rejects.toMatchObject({ name: 'ServiceUnavailableException' })
  })
})
