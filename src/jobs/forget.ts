import { type ActionOptions, type DataFrame, type SparkSession } from 'spark-connect-js'
import { explode, inputFileName, lit } from 'spark-connect-js/functions'

import type { OpenS3 } from '../lake/list-objects.ts'
import { removeFolder } from '../lake/remove-folder.ts'
import { Forgotten } from '../schema/forgotten.ts'
import { subjectHashOf, type DeletionReason, type Subject } from '../store/deletions.ts'
import type { Ledger } from '../store/ledger.ts'
import type { RawSource } from '../store/manifest.ts'
import type { SilverFolder } from '../store/silver-folders.ts'
import type { Store } from '../store/store.ts'
import { namedSubjects, withoutForgotten } from '../transforms/observation/without-forgotten.ts'
import { openSilver } from './read-observations.ts'
import { rewriteSilver } from './rewrite-silver.ts'
import { SPARK_SETTINGS } from './spark-settings.ts'
import { runStage, stageOf, whole, type StageListener } from './stage.ts'
import { underLease } from './under-lease.ts'

export interface ForgetInput {
  readonly spark: SparkSession
  readonly store: Store
  readonly lake: string
  readonly openS3: OpenS3
  readonly subjects: readonly Subject[]
  /** Forgets what deletions among the records name, too: X's compliance events, Bluesky's deletes. */
  readonly areEventsHonoured: boolean
  readonly onStage?: StageListener
  readonly signal?: AbortSignal
}

/** What was forgotten, and what a search for it found afterwards. */
export interface ForgetReport {
  readonly subjects: number
  readonly silverRecords: number
  readonly silverFolders: number
  readonly rows: number
  /** Of silver and tables together, by a search after the deed: 0. */
  readonly found: number
  /** Raw objects that still hold it, and are never changed: their bucket's retention removes them. */
  readonly rawObjects: readonly string[]
}

/**
 * Removes authors and tweets from silver, from every slot of every table and from rejected records; leaves a deletion
 * that all later batches honour; and searches for what it removed. Numbers that were made of it before stay.
 * @throws StoreError, SparkConnectError, LakeError
 */
export function forget(input: ForgetInput): Promise<ForgetReport> {
  return underLease(input, (ledger, signal) => forgetUnder(ledger, { ...input, signal }))
}

async function forgetUnder(ledger: Ledger, input: ForgetInput): Promise<ForgetReport> {
  const { spark } = input
  await spark.conf.setAll(SPARK_SETTINGS)
  const sources = await ledger.sources()
  const events = input.areEventsHonoured ? await deletedByEvents(ledger, input, sources) : []
  const subjects = [...input.subjects, ...events]
  if (subjects.length === 0) return NOTHING
  await addDeletions(ledger, input.subjects, 'request')
  await addDeletions(ledger, events, 'compliance')
  const forgotten = spark.createDataFrame(
    subjects.map((subject) => ({ subject_hash: subjectHashOf(subject) })),
    Forgotten,
  )
  const removed = { records: 0, folders: 0, raw: new Set<string>(), found: 0 }
  for (const source of sources) {
    const silver = await forgetInSilver(ledger, input, { source, forgotten })
    removed.records += silver.records
    removed.folders += silver.folders
    removed.found += silver.found
    for (const object of silver.raw) removed.raw.add(object)
  }
  const rows = await ledger.removeSubjects(subjects)
  const found = removed.found + (await ledger.countSubjects(subjects))
  if (found === 0) await ledger.markForgotten(subjects)
  return {
    subjects: subjects.length,
    silverRecords: removed.records,
    silverFolders: removed.folders,
    rows,
    found,
    rawObjects: [...removed.raw].toSorted(),
  }
}

const NOTHING: ForgetReport = {
  subjects: 0,
  silverRecords: 0,
  silverFolders: 0,
  rows: 0,
  found: 0,
  rawObjects: [],
}

const addDeletions = (ledger: Ledger, subjects: readonly Subject[], reason: DeletionReason) =>
  subjects.length > 0 ? ledger.addDeletions(subjects, reason) : undefined

/** What the deletions among a source's records name. */
async function deletedByEvents(
  ledger: Ledger,
  input: ForgetInput,
  sources: readonly RawSource[],
): Promise<readonly Subject[]> {
  const subjects: Subject[] = []
  for (const source of sources) {
    const folders = (await ledger.silver(source)).filter(({ deletions }) => deletions > 0)
    if (folders.length === 0) continue
    const events = openSilver(
      input.spark,
      folders.map(({ path }) => path),
    ).filter((c) => c.kind.eq('delete'))
    const ids = events.select((c) => ({ tweet_id: c.tweet_id, author_id: c.author_id })).distinct()
    for await (const { tweet_id, author_id } of ids.rows({ signal: input.signal })) {
      if (tweet_id !== null) subjects.push({ kind: 'tweet', id: tweet_id })
      // As `withoutDeleted` reads them: a line may not say whether it means a tweet or a user.
      const isPerson = tweet_id === null || tweet_id === author_id
      if (author_id !== null && isPerson) subjects.push({ kind: 'author', id: author_id })
    }
  }
  return subjects
}

interface SilverSearch {
  readonly source: RawSource
  readonly forgotten: DataFrame<typeof Forgotten>
}

async function forgetInSilver(ledger: Ledger, input: ForgetInput, search: SilverSearch) {
  const { source } = search
  const folders = (await ledger.silver(source)).filter(({ usable, rejected }) => usable + rejected > 0)
  const { affected, raw } = await foldersNaming(input, folders, search)
  let records = 0
  for (const folder of affected) {
    await runStage(stageOf(input, 'forget in silver'), async (options, stage) => {
      const left = await rewriteWithout({ ledger, input, search, folder, options })
      records += folder.usable + folder.rejected - left.usable - left.rejected
      stage.done(`${whole(left.usable)} of ${whole(folder.usable)} records stay`)
    })
  }
  // Nobody reads them: we hold the lease.
  const retired = await ledger.retiredSilver(0)
  for (const { path } of retired) await removeFolder(path, input.openS3)
  await ledger.forgetSilver(retired)
  const { affected: still } = await foldersNaming(input, await ledger.silver(source), search)
  return { records, folders: affected.length, found: still.length, raw }
}

interface FolderRewrite {
  readonly ledger: Ledger
  readonly input: ForgetInput
  readonly search: SilverSearch
  readonly folder: SilverFolder
  readonly options: ActionOptions
}

const rewriteWithout = ({ ledger, input, search, folder, options }: FolderRewrite) => {
  const { spark, lake } = input
  const { source, forgotten } = search
  return rewriteSilver({
    spark,
    lake,
    ledger,
    source,
    options,
    folders: [folder],
    change: (records) =>
      records
        .transform(withoutForgotten(forgotten))
        // What is no observation may name it anywhere in its text.
        .filter((c) =>
          input.subjects.reduce(
            (kept, { id }) => kept.and(c.rejected_record.contains(id).eqNullSafe(true).eq(false)),
            lit(true),
          ),
        ),
  })
}

/** Which folders name a subject, and which raw objects that came from. */
async function foldersNaming(
  { spark, signal }: ForgetInput,
  folders: readonly SilverFolder[],
  { forgotten }: SilverSearch,
): Promise<{ readonly affected: readonly SilverFolder[]; readonly raw: ReadonlySet<string> }> {
  const held = folders.filter(({ usable, rejected }) => usable + rejected > 0)
  if (held.length === 0) return { affected: [], raw: new Set() }
  const found = openSilver(
    spark,
    held.map(({ path }) => path),
  )
    .select((c) => ({
      file: inputFileName(),
      source_object: c.source_object,
      subject_hash: explode(namedSubjects(c)),
    }))
    .join(forgotten.hint('broadcast'), { on: ['subject_hash'], how: 'left_semi' })
    .select('file', 'source_object')
    .distinct()
  const rows = await found.collect({ signal })
  const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)
  return {
    affected: held.filter(({ path }) => rows.some(({ file }) => file?.includes(nameOf(path)))),
    raw: new Set(rows.flatMap(({ source_object }) => source_object ?? [])),
  }
}
