import { t, type DataFrame, type SparkSession } from 'spark-connect-js'
import { lit } from 'spark-connect-js/functions'
import { newScratchPath, removeLocal } from '../lake/silver.ts'
import type { CommunityEdge } from '../schema/influence-edge.ts'
import type { Observation } from '../schema/observation.ts'
import type { Follow } from '../schema/parent.ts'
import type { SlotCounts } from '../store/publish.ts'
import type { SlotRun } from '../store/slot-runs.ts'
import type { Store } from '../store/store.ts'
import type { KernelChoice } from '../transforms/cascade/kernel.ts'
import { toCascadeScores } from '../transforms/cascade/to-cascade-scores.ts'
import { toFollows } from '../transforms/observation/to-follows.ts'
import { withoutDeleted } from '../transforms/observation/without-deleted.ts'
import { named } from './kept.ts'
import type { SourceSilver } from './ingest.ts'
import { scoreAuthors, type ScoredSlot, type SlotEvidence } from './score-authors.ts'
import { scoreNetwork } from './score-network.ts'
import { scoreSpeech } from './score-speech.ts'
import { sideBySide } from './side-by-side.ts'
import { stageRejected, stageRows, type StagingTarget } from './stage-rows.ts'
import { runStage, stageOf, whole, type StageListener } from './stage.ts'

interface StageInput {
  readonly spark: SparkSession
  readonly store: Store
  readonly lake: string
  readonly kernel: KernelChoice
  readonly onStage?: StageListener | undefined
  readonly signal?: AbortSignal | undefined
}

/** What a slot is made from. */
export interface SlotSource {
  readonly silver: SourceSilver
  readonly run: SlotRun
  /** The follow lists that were given. */
  readonly follows: DataFrame<typeof Follow> | undefined
}

/** Scores a slot, writes the rows of all its tables to staging, and says how many they are. */
export async function stageSlot(input: StageInput, source: SlotSource): Promise<SlotCounts> {
  const { silver } = source
  const usable = silver.records.filter((c) => c.reject_reason.isNull())
  const frame = silver.deletions > 0 ? usable.transform(withoutDeleted()) : usable
  await using observations = await named({ spark: input.spark, frame, options: { signal: input.signal } })
  const slot: Slot = { ...source, observations: observations.frame }
  const stagedRejected = await rejectedStage(input, slot)
  // Neither keeps all cores busy: a query is planned by one, and ends with few tasks.
  const [{ written, ...counts }, speech] = await sideBySide(
    input.signal,
    (signal) => authorStage({ ...input, signal }, slot),
    (signal) => speechStage({ ...input, signal }, slot),
  )
  const setAside = silver.usable - counts.observations - counts.duplicates
  return { ...counts, setAside, rejected: silver.rejected, stagedRejected, rows: { ...written, ...speech } }
}

interface Slot extends SlotSource {
  readonly observations: DataFrame<typeof Observation>
}

/** Does a part of the work as a stage that writes to staging. */
const staging = <R>(
  input: StageInput,
  { name, run }: { readonly name: string; readonly run: SlotRun },
  work: (target: StagingTarget, done: (detail: string) => void) => Promise<R>,
): Promise<R> =>
  runStage(stageOf(input, name), (options, stage) =>
    work({ spark: input.spark, jdbc: () => input.store.jdbcTarget(), run, options }, (detail) =>
      stage.done(detail),
    ),
  )

async function rejectedStage(input: StageInput, { silver, run }: Slot): Promise<number> {
  const staged = silver.newRejections.reduce((total, { count }) => total + count, 0)
  if (staged === 0) return 0
  await staging(input, { name: 'keep rejected records', run }, async (target, done) => {
    for (const { batchId, records } of silver.newRejections) await stageRejected(records, batchId, target)
    done(whole(staged))
  })
  return staged
}

const authorStage = (input: StageInput, slot: Slot) =>
  staging(input, { name: 'score authors', run: slot.run }, async (target, done) => {
    const scored = await scoreAuthors({
      spark: input.spark,
      observations: slot.observations,
      evidence: evidenceOf(slot),
      window: slot.run,
      kernel: input.kernel,
      write: (found) => stageScored(found, { target, lake: input.lake }),
      options: target.options,
    })
    const { cascade_score, author_score } = scored.written
    done(`${whole(cascade_score.rows)} cascades of ${whole(author_score.rows)} authors`)
    return scored
  })

/** Writes the rows of the tables that are made from authors, cascades and who took part in them. */
async function stageScored(
  scored: ScoredSlot,
  { target, lake }: { readonly target: StagingTarget; readonly lake: string },
) {
  const until = (signal: AbortSignal) => ({ ...target, options: { ...target.options, signal } })
  const [tables, influence_edge] = await sideBySide(
    target.options.signal,
    (signal) => stageCascades(scored, until(signal)),
    (signal) => stageEdges(scored, { target: until(signal), lake }),
  )
  return { ...tables, influence_edge }
}

async function stageCascades({ authors, cascades, observations }: ScoredSlot, target: StagingTarget) {
  const withKernel = () => ({ kernel: lit(target.run.kernel, t.string) })
  const described = cascades.transform(toCascadeScores(observations))
  return {
    author_score: await stageRows('author_score', authors.withColumns(withKernel), target),
    cascade_score: await stageRows('cascade_score', described.withColumns(withKernel), target),
  }
}

async function stageEdges(
  { contributions }: ScoredSlot,
  { target, lake }: { readonly target: StagingTarget; readonly lake: string },
) {
  const scratch = newScratchPath(lake)
  try {
    const write = (edges: DataFrame<typeof CommunityEdge>) => stageRows('influence_edge', edges, target)
    return await scoreNetwork({ ...target, contributions, scratch, write })
  } finally {
    await removeLocal(scratch)
  }
}

const speechStage = (input: StageInput, { observations, run }: Slot) =>
  staging(input, { name: 'score topics', run }, async (target, done) => {
    const rows = await scoreSpeech({ observations, locations: input.store, target })
    done(`${whole(rows.topic_score.rows)} topics, ${whole(rows.geography_score.rows)} countries`)
    return rows
  })

/** What the records hold, and the follows among them beside those that were given. */
function evidenceOf({ silver: { holds }, observations, follows: given }: Slot): SlotEvidence {
  const seen = holds.follows ? observations.transform(toFollows()) : undefined
  const follows = given && seen ? given.union(seen) : (given ?? seen)
  return { namesParents: holds.parents, hasLikes: holds.likes, ...(follows && { follows }) }
}
