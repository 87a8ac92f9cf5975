import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { DataFrame, Row, Schema } from 'spark-connect-js'
import { SparkSession } from 'spark-connect-js'

import { Observation } from '../../src/schema/observation.ts'
import type { SpreadParticipant } from '../../src/schema/cascade.ts'
import { aggregateByParticipant } from '../../src/transforms/cascade/aggregate-by-participant.ts'
import { fitToRecords, SPARK_SETTINGS } from '../../src/jobs/spark-settings.ts'
import type { KernelName } from '../../src/transforms/cascade/kernel.ts'
import { KERNELS } from '../../src/transforms/cascade/kernel.ts'
import { withCascadeOrder } from '../../src/transforms/cascade/with-cascade-order.ts'
import { withExpectedDepth } from '../../src/transforms/cascade/with-expected-depth.ts'
import { withKernelWeight } from '../../src/transforms/cascade/with-kernel-weight.ts'
import type { ScoreWindow } from '../../src/transforms/window.ts'
import { testServices } from '../environment/services.ts'

/** One event of a test's cascade. */
export interface Event {
  readonly seconds: number // since the root
  readonly followers: number | null
  readonly user?: string | null // by default one of its own
  readonly id?: string
}

/** A cascade of a test: its root's author, and who retweeted when. */
export interface Cascade {
  readonly root: string
  readonly rootFollowers: number | null
  readonly author?: string
  readonly events: readonly Event[]
}

const ROOT_TIME = new Date('2026-03-01T00:00:00Z')
export const secondsAfterRoot = (seconds: number): Date => new Date(ROOT_TIME.getTime() + seconds * 1000)

/** A window that holds everything that the tests make up. */
export const EVERYTHING: ScoreWindow = {
  slotEnd: secondsAfterRoot(10 * 365 * 86_400),
  windowHours: 24 * 365 * 20,
}

/** A row as JSON: times in ISO 8601, and what it leaves out is null. */
export type RowJson<S extends Schema> = Readonly<Partial<Record<keyof S, string | number | boolean | null>>>
type ObservationJson = RowJson<typeof Observation>

/** A cascade's retweets, each seen once. */
export const observationsOf = ({
  root,
  rootFollowers,
  author,
  events,
}: Cascade): readonly ObservationJson[] =>
  events.map(({ seconds, followers, user, id }, index) => ({
    term: 'tests',
    tweet_id: id ?? `${root}${String(index + 1).padStart(5, '0')}`,
    kind: 'retweet',
    tweeted_at: secondsAfterRoot(seconds).toISOString(),
    author_id: user === undefined ? `${root}-u${index + 1}` : user,
    author_followers: followers,
    root_id: root,
    root_tweeted_at: ROOT_TIME.toISOString(),
    root_author_id: author ?? `${root}-author`,
    root_author_followers: rootFollowers,
    root_favourites: 7,
    root_retweets: events.length,
  }))

/**
 * The session that tests of transforms share, and a folder for one test file; disposing lets go of both. Expressions are
 * interpreted, as for any slot of so few records. With `isCompiled`, it is a session of its own that is set as for a
 * large slot.
 */
export async function transformBench({ isCompiled = false } = {}) {
  const { sparkRemote, transformSession } = testServices()
  const spark = await SparkSession.builder()
    .remote(isCompiled ? sparkRemote : transformSession)
    .getOrCreate()
  spark.releaseSessionOnClose = isCompiled
  await spark.conf.setAll(SPARK_SETTINGS)
  await fitToRecords(spark, isCompiled ? Number.MAX_SAFE_INTEGER : 0)
  const folder = await mkdtemp(join(tmpdir(), 'ripplerank-transforms-'))
  let files = 0
  const write = async (content: string | Uint8Array, ending = 'json'): Promise<string> => {
    const path = join(folder, `${(files += 1)}.${ending}`)
    await writeFile(path, content)
    return path
  }
  const frameOf = async <S extends Schema>(
    columns: S,
    rows: readonly RowJson<S>[],
  ): Promise<DataFrame<S>> => {
    const frame = spark.read.schema(columns)
    const path = await write(rows.map((row) => JSON.stringify(row)).join('\n'))
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the test's rows leave no such column out
    return frame.json(path) as unknown as DataFrame<S>
  }
  return {
    spark,
    write,
    frameOf,
    [Symbol.asyncDispose]: async () => {
      await spark.stop().catch(() => undefined)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export type TransformBench = Awaited<ReturnType<typeof transformBench>>

/** The participants of made-up cascades with their place in the tree, by cascade, in order. */
export async function spread(
  bench: TransformBench,
  cascades: readonly Cascade[],
  { kernel, window = EVERYTHING }: { readonly kernel: KernelName; readonly window?: ScoreWindow },
): Promise<ReadonlyMap<string, readonly Row<typeof SpreadParticipant>[]>> {
  const frame = await bench.frameOf(Observation, cascades.flatMap(observationsOf))
  const rows = await frame
    .transform(withCascadeOrder())
    .transform(aggregateByParticipant(window))
    .transform(withKernelWeight(KERNELS[kernel]))
    .transform(withExpectedDepth(window, KERNELS[kernel]))
    .orderBy((c) => [c.root_id, c.order])
    .collect()
  return Map.groupBy(rows, (row) => row.root_id)
}
