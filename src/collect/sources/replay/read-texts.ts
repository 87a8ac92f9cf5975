import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { createGunzip } from 'node:zlib'

const CHUNK_BYTES = 128 * 1024
const MANY_CHARACTERS = 1024 * 1024
const MOST_CHARACTERS = 16 * 1024 * 1024
const START_CHARACTERS = 2_000 // of a text that is too long, for a person to see

/**
 * Between two records on one line: after a brace that closes, before one that opens and is followed by a key. A text
 * that ends in `}{` is no such place: there, the quote is followed by a comma, a colon or a bracket.
 */
const BOUNDARY = /(?<=\})\s*(?=\{\s*"[^",:\]}\s])/
/** A record cut after its first byte is one, too; within a line one cannot know. */
const BOUNDARY_OF_WHOLE_LINE = /(?<=\})\s*(?=\{(?:\s*"[^",:\]}\s]|\s*"?\s*$))/

/** The records on a line that is not one record. */
export const partsOf = (line: string): readonly string[] => line.split(BOUNDARY_OF_WHOLE_LINE)

/**
 * The lines of a file, gzip or not, in lots as they are read. A line of many records without a line end between them
 * comes in parts, cut between records; what is too long for a record is cut to its start. So memory is bounded.
 */
export async function* readTexts(path: string, signal: AbortSignal): AsyncGenerator<readonly string[]> {
  const isCompressed = await isGzip(path)
  const file = createReadStream(path, { signal, highWaterMark: CHUNK_BYTES })
  const bytes = isCompressed
    ? pipeline(file, createGunzip({ chunkSize: CHUNK_BYTES }), () => undefined)
    : file
  const decoder = new StringDecoder('utf8')
  let [rest, isSkipping] = ['', false]
  for await (const chunk of bytes) {
    const text = decoder.write(chunk)
    if (!text.includes('\n')) {
      if (!isSkipping) rest += text
      if (rest.length < MANY_CHARACTERS) continue
      const parts = rest.split(BOUNDARY)
      rest = parts.pop() ?? ''
      yield parts
      if (rest.length < MOST_CHARACTERS) continue
      yield [rest.slice(0, START_CHARACTERS)]
      ;[rest, isSkipping] = ['', true]
      continue
    }
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    yield isSkipping ? lines.slice(1) : lines
    isSkipping = false
  }
  if (!isSkipping) yield [rest + decoder.end()]
}

async function isGzip(path: string): Promise<boolean> {
  await using file = await open(path)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0)
  return bytesRead === 2 && buffer.readUInt16BE() === 0x1f8b
}
