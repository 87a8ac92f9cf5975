import { randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Clock } from '../clock.ts'
import { GZIP_SUFFIX, objectName } from './object-name.ts'
import { DEFAULT_HINTS, type Destination } from './requests.ts'

/** One object on its way to S3. */
export interface DeliveredObject {
  readonly bucket: string
  readonly key: string
  readonly body: Uint8Array
}

export interface BufferOptions {
  readonly stream: string
  readonly clock: Clock
  /** As it is now; an object that is open keeps its own. */
  readonly settings: () => { readonly destination: Destination; readonly version: number }
  /** Resolves when the object is there, or given up. */
  readonly deliver: (object: DeliveredObject) => Promise<void>
}

/** Gathers the records of one stream into objects, by size and by time. */
export interface DeliveryBuffer {
  readonly add: (record: Buffer) => void
  /** What has been taken and is not delivered yet. */
  readonly waitingBytes: () => number
  /** Closes the open object and waits until everything is delivered. */
  readonly flush: () => Promise<void>
}

interface OpenObject {
  readonly destination: Destination
  readonly version: number
  readonly openedAtMs: number
  readonly delimiter: Buffer | undefined
  readonly largestBytes: number
  readonly deadline: Disposable
  readonly parts: Buffer[]
  bytes: number
}

const MEBIBYTE = 2 ** 20
const gzipped = promisify(gzip)

/** Opens a buffer; its objects are delivered one after the other. */
export function deliveryBuffer({ stream, clock, settings, deliver }: BufferOptions): DeliveryBuffer {
  let open: OpenObject | undefined
  let waitingBytes = 0
  let delivered = Promise.resolve()

  const openObject = (): OpenObject => {
    const { destination, version } = settings()
    const { SizeInMBs, IntervalInSeconds } = destination.BufferingHints ?? DEFAULT_HINTS
    return {
      destination,
      version,
      openedAtMs: clock.nowMs(),
      delimiter: delimiterOf(destination),
      largestBytes: SizeInMBs * MEBIBYTE,
      deadline: clock.after(IntervalInSeconds * 1000, close),
      parts: [],
      bytes: 0,
    }
  }

  function close(): void {
    if (open === undefined) return
    const closed = open
    open = undefined
    closed.deadline[Symbol.dispose]()
    const send = async (): Promise<void> => {
      await deliver(await finished(closed, stream))
      waitingBytes -= closed.bytes
    }
    delivered = delivered.then(send)
  }

  const add = (record: Buffer): void => {
    if (open !== undefined && open.bytes + record.length + 1 > open.largestBytes) close()
    open ??= openObject()
    const bytes = append(open, record)
    waitingBytes += bytes
  }

  const flush = (): Promise<void> => {
    close()
    return delivered
  }
  return { add, waitingBytes: () => waitingBytes, flush }
}

function append(open: OpenObject, record: Buffer): number {
  open.parts.push(record)
  if (open.delimiter !== undefined) open.parts.push(open.delimiter)
  const bytes = record.length + (open.delimiter?.length ?? 0)
  open.bytes += bytes
  return bytes
}

async function finished(open: OpenObject, stream: string): Promise<DeliveredObject> {
  const { destination, version, openedAtMs, parts, bytes } = open
  const isCompressed = destination.CompressionFormat === 'GZIP'
  const plain = Buffer.concat(parts, bytes)
  const name = objectName({
    prefix: destination.Prefix ?? '',
    stream,
    version,
    openedAtMs,
    unique: randomUUID(),
  })
  return {
    bucket: destination.BucketARN.split(':').at(-1) ?? '',
    key: name + (isCompressed ? GZIP_SUFFIX : ''),
    body: isCompressed ? await gzipped(plain) : plain,
  }
}

/** The parameter's value is written as in a program: a backslash and an n for a line end. */
function delimiterOf({ ProcessingConfiguration: processing }: Destination): Buffer | undefined {
  const processor = processing?.Enabled === true ? processing.Processors?.[0] : undefined
  if (processor === undefined) return undefined
  const given = processor.Parameters?.find(({ ParameterName }) => ParameterName === 'Delimiter')
  return Buffer.from((given?.ParameterValue ?? '\n').replaceAll('\\n', '\n'))
}
