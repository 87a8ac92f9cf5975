import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import { createGunzip } from 'node:zlib'

const CHUNK_BYTES = 64 * 1024
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
  const line = unendedLine()
  for await (const chunk of bytes) {
    const text = decoder.write(chunk)
    const end = text.lastIndexOf('\n')
    if (end >= 0) {
      yield line.finish(text.slice(0, end)).split('\n')
      line.add(text.slice(end + 1))
    } else line.add(text)
    yield line.takeWhole()
  }
  yield [line.finish(decoder.end())]
}

/** What was read of a line whose end has not come yet. */
function unendedLine() {
  let [text, hasBoundary, isSkipped] = ['', false, false]
  const restart = (rest: string): void => {
    ;[text, hasBoundary] = [rest, false]
  }
  const add = (more: string): void => {
    if (isSkipped) return
    text += more
    // One that two chunks share is found with the next, or at the line's end.
    hasBoundary ||= BOUNDARY.test(more)
  }
  /** Ends the line; of one that was cut nothing more comes. */
  const finish = (more: string): string => {
    const whole = isSkipped ? afterFirstLine(more) : text + more
    isSkipped = false
    restart('')
    return whole
  }
  /** The records of it that are whole, once there are many; or the start of what is no record. */
  const takeWhole = (): readonly string[] => {
    if (text.length < MANY_CHARACTERS) return []
    const parts = hasBoundary ? text.split(BOUNDARY) : [text]
    const last = parts.pop() ?? ''
    restart(last)
    if (last.length < MOST_CHARACTERS) return parts
    isSkipped = true
    restart('')
    return [...parts, last.slice(0, START_CHARACTERS)]
  }
  return { add, finish, takeWhole }
}

const afterFirstLine = (text: string): string => {
  const end = text.indexOf('\n')
  return end < 0 ? '' : text.slice(end)
}

async function isGzip(path: string): Promise<boolean> {
  await using file = await open(path)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0)
  return bytesRead === 2 && buffer.readUInt16BE() === 0x1f8b
}
