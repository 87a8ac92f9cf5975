import { SparkConnectError, type ActionOptions, type DataFrame, type SparkSession } from 'spark-connect-js'

import { filterExisting, listObjects, sparkPathOf, type OpenS3 } from '../lake/list-objects.ts'
import { newSilverPath, removeLocal } from '../lake/silver.ts'
import { ParsedRecord } from '../schema/observation.ts'
import type { Ledger } from '../store/ledger.ts'
import type { Batch, RawSource } from '../store/manifest.ts'
import type { ParsedFolder, SilverFolder } from '../store/silver-folders.ts'
import { StoreError } from '../store/store-error.ts'
import { forgottenFrame } from './forgotten.ts'
import { extreme, openSilver, parseObservations, type Silver } from './read-observations.ts'
import { fitToRecords, recordsIn } from './spark-settings.ts'
import { runStage, stageOf, whole, type StageListener } from './stage.ts'

export interface IngestInput {
  readonly spark: SparkSession
  readonly ledger: Ledger
  readonly lake: string
  readonly source: RawSource
  /** The slot that is to be scored; undefined if the records are to tell. */
  readonly slotEnd: Date | undefined
  readonly openS3: OpenS3
  /** Looks only where Firehose may still put something; what lands far back is then left to another run. */
  readonly isRecent?: boolean
  readonly onStage?: StageListener | undefined
  readonly signal?: AbortSignal | undefined
}

/** All that a source has in silver. */
export interface SourceSilver extends Silver {
  readonly batchSeq: number
  /** Records that no published slot has brought to `rejected` yet, by batch. */
  readonly newRejections: readonly {
    readonly batchId: string
    readonly count: number
    readonly records: DataFrame<typeof ParsedRecord>
  }[]
}

/** Firehose tries to deliver for so long (https://docs.aws.amazon.com/firehose/latest/dev/retry.html), under the old name. */
const OVERLAP_MS = 24 * 60 * 60 * 1000
/** Objects of one batch: what a plan can name. */
const OBJECTS_PER_BATCH = 5_000

/**
 * Brings what is new at a source to silver: each object once, whichever run dies in between. A list is frozen before it is
 * read; one that a run before left behind is read first.
 * @throws StoreError, LakeError, SparkConnectError
 */
export async function ingest(input: IngestInput): Promise<SourceSilver> {
  const { ledger, source, slotEnd } = input
  await parseFrozen(input)
  const isFrozen = slotEnd !== undefined && (await ledger.hasPending(source, slotEnd))
  if (!isFrozen) {
    await freezeNew(input)
    await parseFrozen(input)
  }
  return silverOf(input)
}

async function freezeNew(input: IngestInput): Promise<void> {
  const { ledger, source, slotEnd, openS3, signal } = input
  await runStage(stageOf(input, 'list objects'), async (_, stage) => {
    const since = input.isRecent === true ? await recentOf(input) : undefined
    const listed = await listObjects({ inputs: source.inputs, openS3, since, signal })
    const fresh = await ledger.newObjects(source, listed)
    for (let start = 0; start < fresh.length; start += OBJECTS_PER_BATCH) {
      await ledger.freeze(source, slotEnd, fresh.slice(start, start + OBJECTS_PER_BATCH))
    }
    stage.done(`${whole(fresh.length)} of ${whole(listed.length)} are new`)
  })
}

async function recentOf({ ledger, source }: IngestInput): Promise<Date | undefined> {
  const newest = extreme(
    Math.max,
    (await ledger.silver(source)).map((folder) => folder.newest),
  )
  return newest && new Date(newest.getTime() - OVERLAP_MS)
}

async function parseFrozen(input: IngestInput): Promise<void> {
  for (const batch of await input.ledger.frozen(input.source)) {
    await runStage(stageOf(input, 'read records'), async (options, stage) => {
      const { usable, rejected } = await parseBatch(input, batch, options)
      stage.done(`${whole(usable)} usable, ${whole(rejected)} rejected`)
    })
  }
}

/** Parses a batch to a folder of silver, and has the manifest name it. */
async function parseBatch(input: IngestInput, batch: Batch, options: ActionOptions): Promise<ParsedFolder> {
  const { ledger, source } = input
  const folder = await parseObjects(input, batch, options)
  try {
    await ledger.recordSilver(source, batch, folder)
    return folder
  } catch (error) {
    // Out of the database's reach, it may be named already.
    const isNamed = error instanceof StoreError && error.code === 'unreachable'
    if (!isNamed) await removeLocal(folder.path)
    throw error
  }
}

/** Parses objects; what was deleted since it was listed is noted as gone, and costs nothing else. */
async function parseObjects(input: IngestInput, batch: Batch, options: ActionOptions): Promise<ParsedFolder> {
  const { spark, source, ledger, lake, openS3, signal } = input
  const { batchId, objects } = batch
  const path = newSilverPath(lake, { batchId, fence: ledger.fence })
  if (objects.length === 0) return { ...NOTHING, path }
  await fitToRecords(spark, recordsIn(objects))
  try {
    const forgotten = await forgottenFrame(spark, ledger)
    const raw = { inputs: objects.map(sparkPathOf), areObjects: true, term: source.term, forgotten }
    return { ...(await parseObservations({ spark, ...raw, silver: path, options })), path }
  } catch (error) {
    await removeLocal(path)
    if (!MISSING.has(SparkConnectError.from(error).errorClass)) throw error
    const there = new Set(await filterExisting(objects, { openS3, signal }))
    const gone = objects.filter((object) => !there.has(object))
    if (gone.length === 0) throw error
    await ledger.markGone(source, gone)
    return parseObjects(input, { ...batch, objects: [...there] }, options)
  }
}

const MISSING: ReadonlySet<string | undefined> = new Set([
  'PATH_NOT_FOUND',
  'FAILED_READ_FILE.FILE_NOT_EXIST',
  'FAILED_READ_FILE.NO_HINT',
])

const NOTHING = {
  usable: 0,
  rejected: 0,
  deletions: 0,
  holds: { parents: false, likes: false, follows: false },
  oldest: undefined,
  newest: undefined,
} as const

async function silverOf({ spark, ledger, source }: IngestInput): Promise<SourceSilver> {
  const folders = (await ledger.silver(source)).filter(({ usable, rejected }) => usable + rejected > 0)
  const { lastSeq, rejected, unpublished } = await ledger.state(source)
  const sum = (of: (folder: SilverFolder) => number) =>
    folders.reduce((total, folder) => total + of(folder), 0)
  const paths = folders.map(({ path }) => path)
  return {
    records: paths.length > 0 ? openSilver(spark, paths) : noRecords(spark),
    batchSeq: lastSeq,
    usable: sum((folder) => folder.usable),
    rejected,
    deletions: sum((folder) => folder.deletions),
    holds: {
      parents: folders.some(({ holds }) => holds.parents),
      likes: folders.some(({ holds }) => holds.likes),
      follows: folders.some(({ holds }) => holds.follows),
    },
    oldest: extreme(
      Math.min,
      folders.map((folder) => folder.oldest),
    ),
    newest: extreme(
      Math.max,
      folders.map((folder) => folder.newest),
    ),
    newRejections: unpublished.flatMap(({ batchId, seq }) => {
      const folder = folders.find(({ firstSeq }) => firstSeq === seq)
      if (folder === undefined || folder.rejected === 0) return []
      return [{ batchId, count: folder.rejected, records: openSilver(spark, [folder.path]) }]
    }),
  }
}

const noRecords = (spark: SparkSession): DataFrame<typeof ParsedRecord> =>
  spark.createDataFrame([], ParsedRecord)
