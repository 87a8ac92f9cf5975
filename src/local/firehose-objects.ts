import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { GZIP_SUFFIX, objectName } from './firehose/object-name.ts'

/** A record as the stream hands it over, in the order of arrival. Times are milliseconds since 1970. */
export interface ArrivedRecord {
  readonly data: string // without a line end
  readonly arrivedAtMs: number
  readonly fault?: string | null // 'truncated' where the stream was cut off in the middle of the record
}

/** How a delivery stream is set up. */
export interface FirehoseOptions {
  readonly stream: string // its name is part of every key
  readonly prefix: string // before the hour's folders; '' or ends with '/'
  readonly seed: number // of the unique part of the keys
  readonly bufferBytes?: number // an object is closed before it grows beyond; default 5 MB, uncompressed
  readonly bufferSeconds?: number // ... or as long after its first record; default 300
  readonly formatOf?: (index: number) => FirehoseFormat // of the index-th object; default delimited, plain
}

/** How the records of one object are put together. */
export interface FirehoseFormat {
  readonly isDelimited: boolean // a line end after each record; Firehose itself adds none
  readonly isCompressed: boolean // gzip
}

/** One object as Firehose delivers it. */
export interface FirehoseObject {
  readonly key: string
  readonly body: Uint8Array
  readonly records: number
  readonly deliveredAtMs: number
}

const DEFAULT_BUFFER_BYTES = 5 * 1024 * 1024
const DEFAULT_BUFFER_SECONDS = 300

interface OpenObject {
  readonly index: number
  readonly format: FirehoseFormat
  readonly openedAtMs: number
  readonly parts: Buffer[]
  records: number
  bytes: number
}

/**
 * Gathers records into objects as Amazon Data Firehose does: by size and by time, named by the arrival of
 * the oldest record.
 *
 * In an object without delimiters a truncated record is the last one, as when the stream breaks off.
 * Memory holds one object.
 *
 * @see https://docs.aws.amazon.com/firehose/latest/dev/s3-object-name.html
 */
export function* firehoseObjects(
  records: Iterable<ArrivedRecord>,
  options: FirehoseOptions,
): Generator<FirehoseObject, void, undefined> {
  let open: OpenObject | undefined
  let index = 0
  for (const record of records) {
    const data = Buffer.from(record.data)
    const fullAtMs = open === undefined ? undefined : momentOfClosing(open, { record, data, options })
    if (open !== undefined && fullAtMs !== undefined) {
      yield closed(open, options, fullAtMs)
      open = undefined
    }
    open ??= opened(index++, record.arrivedAtMs, options)
    append(open, data)
    if (record.fault !== 'truncated' || open.format.isDelimited) continue
    yield closed(open, options, record.arrivedAtMs)
    open = undefined
  }
  if (open !== undefined) yield closed(open, options, deadlineOf(open, options))
}

/** Writes the objects below a folder, which is made when it is missing; gives back the paths of the files. */
export async function writeFirehoseObjects(
  objects: Iterable<FirehoseObject>,
  folder: string,
): Promise<readonly string[]> {
  const files: string[] = []
  for (const { key, body } of objects) {
    const file = join(folder, key)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, body)
    files.push(file)
  }
  return files
}

interface Incoming {
  readonly record: ArrivedRecord
  readonly data: Buffer
  readonly options: FirehoseOptions
}

const deadlineOf = (open: OpenObject, { bufferSeconds = DEFAULT_BUFFER_SECONDS }: FirehoseOptions): number =>
  open.openedAtMs + bufferSeconds * 1_000

/** When the open object must be closed because of the record that comes in; undefined if it fits. */
function momentOfClosing(open: OpenObject, { record, data, options }: Incoming): number | undefined {
  const deadlineMs = deadlineOf(open, options)
  if (record.arrivedAtMs >= deadlineMs) return deadlineMs
  const isFull = open.bytes + data.length + 1 > (options.bufferBytes ?? DEFAULT_BUFFER_BYTES)
  return isFull ? record.arrivedAtMs : undefined
}

const PLAIN_LINES: FirehoseFormat = { isDelimited: true, isCompressed: false }

function opened(index: number, openedAtMs: number, { formatOf }: FirehoseOptions): OpenObject {
  return { index, format: formatOf?.(index) ?? PLAIN_LINES, openedAtMs, parts: [], records: 0, bytes: 0 }
}

const LINE_END = Buffer.from('\n')

function append(open: OpenObject, data: Buffer): void {
  open.parts.push(data)
  if (open.format.isDelimited) open.parts.push(LINE_END)
  open.records += 1
  open.bytes += data.length + (open.format.isDelimited ? 1 : 0)
}

function closed(open: OpenObject, options: FirehoseOptions, deliveredAtMs: number): FirehoseObject {
  const bytes = Buffer.concat(open.parts)
  const { isCompressed } = open.format
  return {
    key: keyOf(open, options) + (isCompressed ? GZIP_SUFFIX : ''),
    body: isCompressed ? gzipSync(bytes) : bytes,
    records: open.records,
    deliveredAtMs,
  }
}

function keyOf({ openedAtMs, index }: OpenObject, { prefix, stream, seed }: FirehoseOptions): string {
  return objectName({ prefix, stream, version: 1, openedAtMs, unique: uuidOf(seed, index) })
}

function uuidOf(seed: number, index: number): string {
  const hex = createHash('sha256').update(`${seed}/${index}`).digest('hex')
  const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) % 4)
  const groups = [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`]
  return [...groups, `${variant}${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-')
}
