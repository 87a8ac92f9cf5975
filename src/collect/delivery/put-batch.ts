import { PutRecordBatchCommand, type FirehoseClient } from '@aws-sdk/client-firehose'

import type { SpooledRecord } from './spool-reader.ts'

/** How a batch ended. */
export interface PutOutcome {
  readonly failed: readonly SpooledRecord[] // in their order; to be sent again
  readonly reason: string | null // of the first that failed
}

interface Batch {
  readonly firehose: FirehoseClient
  readonly stream: string
  readonly records: readonly SpooledRecord[]
  readonly signal: AbortSignal
}

/** Sends a batch; whatever goes wrong, it says which records have to go again, and never throws. */
export async function putBatch({ firehose, stream, records, signal }: Batch): Promise<PutOutcome> {
  const Records = records.map(({ data }) => ({ Data: data }))
  try {
    const command = new PutRecordBatchCommand({ DeliveryStreamName: stream, Records })
    const { FailedPutCount, RequestResponses = [] } = await firehose.send(command, { abortSignal: signal })
    if (FailedPutCount === 0) return { failed: [], reason: null }
    // An answer for each record, in the order of the request. One that is missing says nothing good.
    const failed = records.filter((_, index) => RequestResponses[index]?.RecordId === undefined)
    const first = RequestResponses.find(({ ErrorCode }) => ErrorCode !== undefined)
    return { failed, reason: first ? `${first.ErrorCode}: ${first.ErrorMessage ?? ''}` : 'no reason given' }
  } catch (error) {
    return { failed: records, reason: reasonOf(error) }
  }
}

/** In one line, with the name by which AWS's documentation lists it. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(', ')
  if (!(error instanceof Error)) return String(error)
  const text = [error.name === 'Error' ? '' : error.name, error.message].filter(Boolean).join(': ')
  return text.replaceAll(/\s+/g, ' ').trim()
}
