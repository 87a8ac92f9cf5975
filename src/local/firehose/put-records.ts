import { randomUUID } from 'node:crypto'
import { AwsError } from '../aws/aws-error.ts'
import { checked } from '../aws/checked.ts'
import type { FirehoseFaults } from './faults.ts'
import { requests } from './requests.ts'
import type { DeliveryStream } from './stream.ts'

const MOST_RECORDS = 500
const LARGEST_RECORD_BYTES = 1_024_000 // 1,000 KiB, decoded
const LARGEST_BATCH_BYTES = 4 * 2 ** 20
const MOST_WAITING_BYTES = 64 * 2 ** 20 // while S3 does not take what is to be delivered

export interface PutOptions {
  /** @throws AwsError where there is none that takes records */
  readonly streamOf: (name: string) => DeliveryStream
  readonly faults: () => FirehoseFaults
  readonly nowMs: () => number
  /** From 0 to 1. */
  readonly random: () => number
}

type Accepted = { readonly RecordId: string }
type Refused = { readonly ErrorCode: string; readonly ErrorMessage: string }

/** PutRecord and PutRecordBatch, with their limits. */
export function putOperations({ streamOf, faults, nowMs, random }: PutOptions) {
  const receiving = (name: string): DeliveryStream => {
    const { throttledMs: throttled } = faults()
    const isThrottled = throttled !== undefined && nowMs() >= throttled.from && nowMs() < throttled.to
    const stream = streamOf(name)
    if (isThrottled || stream.buffer.waitingBytes() > MOST_WAITING_BYTES)
      throw new AwsError('ServiceUnavailableException', SLOW_DOWN, 503)
    return stream
  }
  const put = (input: unknown): unknown => {
    const { DeliveryStreamName, Record } = checked(requests.put, input)
    const data = decoded(Record.Data, 'record.data')
    const stream = receiving(DeliveryStreamName)
    stream.buffer.add(data)
    return { RecordId: randomUUID(), Encrypted: stream.encryption.isOn }
  }
  const putBatch = (input: unknown): unknown => {
    const { DeliveryStreamName, Records } = checked(requests.putBatch, input)
    const records = decodedBatch(Records)
    const stream = receiving(DeliveryStreamName)
    const { failingShare = 0 } = faults()
    const batch = randomUUID()
    const responses = records.map((record, position): Accepted | Refused => {
      if (failingShare > 0 && random() < failingShare) return SLOWED_DOWN
      stream.buffer.add(record)
      return { RecordId: `${batch}-${position}` }
    })
    const FailedPutCount = responses.filter((response) => response === SLOWED_DOWN).length
    return { FailedPutCount, Encrypted: stream.encryption.isOn, RequestResponses: responses }
  }
  return { PutRecord: put, PutRecordBatch: putBatch }
}

const SLOW_DOWN = 'Slow down.'
const SLOWED_DOWN: Refused = { ErrorCode: 'ServiceUnavailableException', ErrorMessage: SLOW_DOWN }

/** The sentences are Firehose's own. */
function decodedBatch(records: readonly { readonly Data: string }[]): readonly Buffer[] {
  if (records.length > MOST_RECORDS) throw tooLong('records', MOST_RECORDS)
  let bytes = 0
  const buffers = records.map(({ Data }, position) => {
    const data = decoded(Data, `records.${position + 1}.member.data`)
    bytes += data.length
    return data
  })
  if (bytes > LARGEST_BATCH_BYTES)
    throw new AwsError('InvalidArgumentException', 'Records size exceeds 4 MB limit')
  return buffers
}

function decoded(base64: string, member: string): Buffer {
  const data = Buffer.from(base64, 'base64')
  // Node skips what is no base64; the length tells.
  if (data.length !== decodedLength(base64))
    throw new AwsError('SerializationException', `Value at '${member}' is not base64.`)
  if (data.length > LARGEST_RECORD_BYTES) throw tooLong(member, LARGEST_RECORD_BYTES)
  return data
}

function decodedLength(base64: string): number {
  const padding = base64.endsWith('==') ? 2 : Number(base64.endsWith('='))
  return (base64.length / 4) * 3 - padding
}

function tooLong(member: string, most: number): AwsError {
  const constraint = `Member must have length less than or equal to ${most}`
  return new AwsError(
    'ValidationException',
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: ${constraint}`,
  )
}
