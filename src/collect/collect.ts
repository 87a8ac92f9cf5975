import { mkdir } from 'node:fs/promises'
import type { FirehoseClient } from '@aws-sdk/client-firehose'
import { systemClock, type Clock } from './clock.ts'
import { newCounts, type CollectCounts } from './delivery/counts.ts'
import { deliver, type Delivery } from './delivery/deliver.ts'
import { endingAt, type Ending } from './delivery/ending.ts'
import { lockFolder } from './delivery/lock.ts'
import { openRefusedFile } from './delivery/refused-file.ts'
import { requireStream } from './delivery/require-stream.ts'
import { recoverLog, type RecoveredLog } from './delivery/segments.ts'
import { SpoolReader } from './delivery/spool-reader.ts'
import { SpoolWriter, type WriteAt } from './delivery/spool-writer.ts'
import { takeIn } from './delivery/take-in.ts'
import type { Source, SourceEvent } from './source.ts'

/** What a person may want to know while it happens; `because` is null when it is over. */
export type CollectEvent =
  | Exclude<SourceEvent, { readonly kind: 'received' | 'refused' }>
  | { readonly kind: 'taken up'; readonly records: number; readonly cutBytes: number } // from a collector before
  | { readonly kind: 'damaged'; readonly file: string; readonly records: number }
  | { readonly kind: 'not delivered' | 'not spooled' | 'held back'; readonly because: string | null }

export interface CollectOptions {
  readonly term: string
  readonly stream: string
  readonly source: Source
  /** Names the source and its input: positions of another one are not used. */
  readonly sourceName: string
  /** Whether records are of now, so that they wait since they were written; else since they came. */
  readonly isLive: boolean
  readonly firehose: FirehoseClient
  /** Of this stream alone: holds the spool, the lock and what was refused. */
  readonly folder: string
  /** Not yet delivered; beyond, the source is held back. */
  readonly mostSpooledBytes: number
  /** Ends after so many records; default: never. */
  readonly mostPosts?: number
  readonly signal: AbortSignal
  readonly onEvent: (event: CollectEvent) => void
  /** Kept up to date, for those who look at it meanwhile. */
  readonly counts?: CollectCounts
  readonly clock?: Clock
  /** By chance, from 0 to 1. */
  readonly random?: () => number
  readonly writeAt?: WriteAt
}

type Run = CollectOptions & Required<Pick<CollectOptions, 'counts' | 'clock' | 'random' | 'mostPosts'>>

/**
 * Brings records from a source to a delivery stream, each at least once: what was taken from the source is in the spool
 * before the source's position is, and stays there until Firehose has it. Ends with the source or at the signal;
 * then what is not sent yet has 8 s, and the rest is sent by the next collector of the folder.
 *
 * @throws CollectError when it cannot begin; otherwise what the source throws
 */
export async function collect(options: CollectOptions): Promise<CollectCounts> {
  const defaults = { counts: newCounts(), clock: systemClock, random: Math.random, mostPosts: Infinity }
  const run: Run = { ...defaults, ...options }
  const { folder, counts, onEvent } = run
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await using stack = new AsyncDisposableStack()
  stack.use(await lockFolder(folder))
  const { endsLines, unknownBecause } = await requireStream(run.firehose, run)
  if (unknownBecause !== null) onEvent({ kind: 'not delivered', because: unknownBecause })
  const log = await recoverLog(folder)
  const records = log.state.records - log.state.sent.records
  counts.spooled += records
  if (records > 0 || log.cutBytes > 0) onEvent({ kind: 'taken up', records, cutBytes: log.cutBytes })
  await bring(run, { log, endsLines })
  return counts
}

interface Found {
  readonly log: RecoveredLog
  readonly endsLines: boolean
}

const LAG_EVERY_MS = 250

async function bring(run: Run, { log, endsLines }: Found): Promise<void> {
  const { clock, sourceName } = run
  const writer = openWriter(run, log)
  await using reader = openReader(run, { log, writer })
  using ending = endingAt(run.signal, clock)
  const delivery = startDelivery(run, { reader, writer, ending, backlogEnd: log.end })
  using stack = new DisposableStack()
  stack.use(keepLag(run, delivery))
  const after = log.state.positions[sourceName] ?? null
  try {
    const failing = delivery.done.then(() => new Promise<never>(() => {}))
    await Promise.race([takeFromSource(run, { writer, ending, endsLines, after }), failing])
  } catch (error) {
    ending.begin()
    throw error
  } finally {
    writer.end()
    try {
      await delivery.done
    } finally {
      await writer[Symbol.asyncDispose]()
      countUnwritten(run, writer)
    }
  }
}

/** Keeps the lag up to date; disposing says it for the last time. */
function keepLag({ counts, clock }: Run, { oldestSinceMs }: Delivery): Disposable {
  const tell = (): void => {
    counts.lagSeconds = Math.max(0, clock.now() - (oldestSinceMs() ?? Infinity)) / 1_000
  }
  const timer = setInterval(tell, LAG_EVERY_MS).unref()
  const stop = (): void => {
    clearInterval(timer)
    tell()
  }
  return { [Symbol.dispose]: stop }
}

function openWriter(run: Run, log: RecoveredLog): SpoolWriter {
  const onTrouble = (because: string | null): void => run.onEvent({ kind: 'not spooled', because })
  return new SpoolWriter({ ...run, log, source: run.sourceName, mostBytes: run.mostSpooledBytes, onTrouble })
}

function openReader(
  { folder, counts, onEvent }: Run,
  { log, writer }: { readonly log: RecoveredLog; readonly writer: SpoolWriter },
): SpoolReader {
  const onDamage = (damage: { readonly file: string; readonly records: number }): void => {
    counts.dropped += damage.records
    counts.spooled -= damage.records
    onEvent({ kind: 'damaged', ...damage })
  }
  return new SpoolReader({ folder, writer, from: log.state.sent, onDamage })
}

interface Parts {
  readonly reader: SpoolReader
  readonly writer: SpoolWriter
  readonly ending: Ending
  readonly backlogEnd: number
}

function startDelivery(run: Run, { writer, ending: { stop, hurry }, ...parts }: Parts): Delivery {
  // The reader may wait for what is written next.
  stop.addEventListener('abort', () => writer.moved.ring())
  hurry.addEventListener('abort', () => writer.moved.ring())
  const onTrouble = (because: string | null): void => run.onEvent({ kind: 'not delivered', because })
  const onSent = writer.setSent.bind(writer)
  return deliver({ ...run, ...parts, signal: stop, hurry, onSent, onTrouble })
}

interface Intake {
  readonly writer: SpoolWriter
  readonly ending: Ending
  readonly endsLines: boolean
  readonly after: string | null
}

/** Resolves when the source has ended, or no longer obeys the signal. */
async function takeFromSource(run: Run, { writer, ending, endsLines, after }: Intake): Promise<void> {
  const { counts, term, onEvent } = run
  await using refused = await openRefusedFile(run.folder)
  const hear = (event: SourceEvent): void => {
    if (event.kind === 'received') counts.received += 1
    else if (event.kind === 'refused') {
      counts.refused += 1
      refused.keep(event)
    } else onEvent(event)
  }
  const { hurry: signal, stopped } = ending
  const records = run.source({ term, after, signal, onEvent: hear })
  const onHeld = (because: string | null): void => onEvent({ kind: 'held back', because })
  await Promise.race([takeIn({ ...run, records, writer, refused, endsLines, signal, onHeld }), stopped])
}

/** What is still in memory only is lost, unless its source gives it again: its position was not written either. */
function countUnwritten({ counts }: Run, { unwritten, position }: SpoolWriter): void {
  counts.spooled -= unwritten
  if (position === null) counts.dropped += unwritten
}
