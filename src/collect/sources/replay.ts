import { type Clock, systemClock } from '../clock.ts'
import { type Mood, collectRecord } from '../record/collect-record.ts'
import { isObject } from '../record/json.ts'
import { refusal } from '../refusal.ts'
import { vaderMood } from '../sentiment/mood.ts'
import { SourceError } from '../source-error.ts'
import type { CollectedRecord, Source, SourceOptions } from '../source.ts'
import { type ReplayFile, listFiles } from './replay/list-files.ts'
import { pace } from './replay/pace.ts'
import { readTexts } from './replay/read-texts.ts'
import { type LineRecord, recordsIn } from './replay/records-in.ts'

export interface ReplayOptions {
  readonly path: string // a file, or a folder with all that is below it; gzip or not
  readonly speed?: number | undefined // 1 is real time; as fast as possible without it
  readonly mood?: Mood
  readonly clock?: Clock
}

/**
 * Records of any format once more, in the order in which they stand. Memory does not grow with the files. A position
 * is a file's name and the number of a record in it.
 * @throws SourceError `not_found` if there is no such file, none of the name that the position says, or one that
 *   cannot be read; `bad_options` if the speed is no positive number
 */
export function replaySource({
  path,
  speed,
  mood = vaderMood(),
  clock = systemClock,
}: ReplayOptions): Source {
  if (speed !== undefined && !(speed > 0 && speed < Infinity))
    throw new SourceError(`a replay cannot be ${speed} times as fast as real; give a number above 0`, {
      code: 'bad_options',
    })
  return async function* replay(options: SourceOptions) {
    const wait = pace(clock, speed)
    const collect = collecting(options, { mood, clock })
    for (const file of await filesAfter(path, options.after)) {
      for await (const records of recordsOfFile(file, options)) {
        for (const record of records) {
          const collected = collect(record)
          if (collected === null) continue
          if (wait !== null) await wait(collected.tweetedAtMs, options.signal)
          if (options.signal.aborted) return
          yield collected
        }
      }
    }
  }
}

/** Makes records for delivery; null where one is refused. */
function collecting(
  { term, onEvent }: SourceOptions,
  { mood, clock }: { readonly mood: Mood; readonly clock: Clock },
): (record: PlacedRecord) => CollectedRecord | null {
  let latestMs: number | null = null
  // What says no time of its own came when its neighbours did.
  const now = (): number => latestMs ?? clock.now()
  return ({ text, read, position }) => {
    onEvent({ kind: 'received' })
    const outcome = collectRecord({ reading: read(), text }, { term, mood, position, now })
    if (outcome.is === 'refused') {
      onEvent(refusal(outcome.reason, text))
      return null
    }
    latestMs = outcome.record.tweetedAtMs
    return outcome.record
  }
}

interface PlacedRecord extends LineRecord {
  readonly position: string
}

/** A file, and how many of its records were delivered before. */
interface StartedFile extends ReplayFile {
  readonly done: number
}

async function filesAfter(path: string, after: string | null): Promise<readonly StartedFile[]> {
  const files = (await listFiles(path)).map((file) => ({ ...file, done: 0 }))
  if (after === null) return files
  const [, name, number] = /^(.*)#(\d+)$/s.exec(after) ?? []
  const index = files.findIndex((file) => file.name === name)
  const [file, ...later] = files.slice(index)
  if (index >= 0 && file !== undefined) return [{ ...file, done: Number(number) }, ...later]
  throw new SourceError(`${path} has no file ${name ?? after}, after which the replay should go on`, {
    code: 'not_found',
  })
}

/** The records of a file in lots; one that ends within its compressed data gives those before. */
async function* recordsOfFile(
  { path, name, done }: StartedFile,
  { signal, onEvent }: SourceOptions,
): AsyncGenerator<readonly PlacedRecord[]> {
  let number = 0
  const placed = (record: LineRecord): PlacedRecord => ({ ...record, position: `${name}#${++number}` })
  try {
    for await (const lines of readTexts(path, signal)) {
      const before = number
      const records = lines.flatMap(recordsIn).map(placed)
      yield records.slice(Math.max(0, done - before))
    }
  } catch (error) {
    if (signal.aborted) return
    if (!isBadCompression(error))
      throw new SourceError(`${path} cannot be read (${String(error)})`, { code: 'not_found', cause: error })
    onEvent(refusal(`a file whose compressed data is broken: ${name}`, ''))
  }
}

/** Node's names for what zlib says of data: https://nodejs.org/api/zlib.html#constants */
const isBadCompression = (error: unknown): boolean =>
  isObject(error) && /^Z_(?:BUF|DATA)_ERROR$/.test(String(error['code']))
