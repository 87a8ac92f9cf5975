import { describe, expect, it } from '@jest/globals'
import { requireStream } from '../../../src/collect/delivery/require-stream.ts'
import { startHttpServer } from '../../../src/local/aws/http-server.ts'
import { firehoseClient } from './firehose-client.ts'
import { openLocalStream } from './local-stream.ts'

const asked = { stream: 'storm', term: 'storm', signal: new AbortController().signal }

/** What is found out from a Firehose that gives one answer to everything. */
async function askedOf(status: number, answer: unknown) {
  const body = JSON.stringify(answer)
  await using server = await startHttpServer(async () => ({
    status,
    contentType: 'application/x-amz-json-1.1',
    body,
  }))
  const firehose = firehoseClient(server.endpoint)
  try {
    return await requireStream(firehose, asked)
  } finally {
    firehose.destroy()
  }
}

const described = (facts: object) => ({
  DeliveryStreamDescription: { DeliveryStreamName: 'storm', ...facts },
})

describe('a delivery stream', () => {
  it.each([true, false])('says whether it ends lines by itself: %s', async (endsLines) => {
    await using stream = await openLocalStream({ name: `ends-lines-${endsLines}`, endsLines })
    expect(await requireStream(stream.firehose, { ...asked, stream: stream.name })).toEqual({
      endsLines,
      unknownBecause: null,
    })
  })

  it('that is not there is an error with the way out', async () => {
    await using stream = await openLocalStream({ name: 'another' })
    await expect(requireStream(stream.firehose, asked)).rejects.toMatchObject({
      code: 'stream_missing',
      hint: 'Run `ripplerank pipeline create "storm"` first.',
    })
  })

  it.each(['CREATING', 'DELETING', 'CREATING_FAILED'])('that is %s takes no records', async (status) => {
    await expect(askedOf(200, described({ DeliveryStreamStatus: status }))).rejects.toMatchObject({
      code: 'stream_not_ready',
      message: `the delivery stream storm is ${status}`,
    })
  })

  it.each(['AccessDeniedException', 'ExpiredTokenException', 'UnrecognizedClientException'])(
    'of an account that is answered %s is an error',
    async (type) => {
      await expect(askedOf(400, { __type: type, message: 'No.' })).rejects.toMatchObject({
        code: 'refused',
        message: `Firehose refuses the stream storm: ${type}: No.`,
      })
    },
  )

  it.each([
    [503, 'ServiceUnavailableException'],
    [400, 'ThrottlingException'],
    [500, 'InternalFailure'],
  ])('that cannot be asked about for the moment (%d %s) is collected for', async (status, type) => {
    expect(await askedOf(status, { __type: type, message: 'Later.' })).toMatchObject({
      endsLines: true,
      unknownBecause: `${type}: Later.`,
    })
  })

  it('of which nobody knows is collected for', async () => {
    const firehose = firehoseClient('http://127.0.0.1:9')
    const { unknownBecause } = await requireStream(firehose, asked)
    expect(unknownBecause).toMatch(/ECONNREFUSED|EADDRNOTAVAIL|bad port/)
    firehose.destroy()
  })
})
