import { t, type DataFrame } from 'spark-connect-js'
import { lit } from 'spark-connect-js/functions'
import { newNetworkPath, removeSilver } from '../lake/silver.ts'
import type { Observation } from '../schema/observation.ts'
import type { Follow } from '../schema/parent.ts'
import type { Batch } from '../store/batches.ts'
import type { SlotCounts } from '../store/publish.ts'
import { toCascadeScores } from '../transforms/cascade/to-cascade-scores.ts'
import { toFollows } from '../transforms/observation/to-follows.ts'
import { withoutDeleted } from '../transforms/observation/without-deleted.ts'
import { named } from './kept.ts'
import type { Silver } from './read-observations.ts'
import { scoreAuthors, type ScoredSlot, type SlotEvidence } from './score-authors.ts'
import { scoreNetwork } from './score-network.ts'
import { scoreSpeech } from './score-speech.ts'
import type { ScoreInput } from './score.ts'
import { stageRejected, stageRows, type StagingTarget } from './stage-rows.ts'
import { runStage, stageOf, whole } from './stage.ts'

/** What a slot is made from. */
export interface SlotSource {
  readonly silver: Silver
  readonly batch: Batch
  /** The follow lists that were given. */
  readonly follows: DataFrame<typeof Follow> | undefined
}

/** Scores a slot, writes the rows of all its tables to staging, and says how many they are. */
export async function stageSlot(input: ScoreInput, source: SlotSource): Promise<SlotCounts> {
  const { silver } = source
  const usable = silver.records.filter((c) => c.reject_reason.isNull())
  const frame = silver.deletions > 0 ? usable.transform(withoutDeleted()) : usable
  await using observations = await named({ spark: input.spark, frame, options: { signal: input.signal } })
  const slot: Slot = { ...source, observations: observations.frame }
  if (silver.rejected > 0) await rejectedStage(input, slot)
  const { written, ...counts } = await authorStage(input, slot)
  const speech = await speechStage(input, slot)
  const setAside = silver.usable - counts.observations - counts.duplicates
  return { ...counts, setAside, rejected: silver.rejected, rows: { ...written, ...speech } }
}

interface Slot extends SlotSource {
  readonly observations: DataFrame<typeof Observation>
}

/** Does a part of the work as a stage that writes to staging. */
const staging = <R>(
  input: ScoreInput,
  { name, batch }: { readonly name: string; readonly batch: Batch },
  work: (target: StagingTarget, done: (detail: string) => void) => Promise<R>,
): Promise<R> =>
  runStage(stageOf(input, name), (options, stage) =>
    work({ spark: input.spark, jdbc: input.store.jdbcTarget(), batch, options }, (detail) =>
      stage.done(detail),
    ),
  )

const rejectedStage = (input: ScoreInput, { silver, batch }: Slot): Promise<void> =>
  staging(input, { name: 'keep rejected records', batch }, async (target, done) => {
    await stageRejected(silver.records, target)
    done(whole(silver.rejected))
  })

const authorStage = (input: ScoreInput, slot: Slot) =>
  staging(input, { name: 'score authors', batch: slot.batch }, async (target, done) => {
    const scored = await scoreAuthors({
      spark: input.spark,
      observations: slot.observations,
      evidence: evidenceOf(slot),
      window: slot.batch,
      kernel: input.kernel,
      write: (found) => stageScored(found, { target, lake: input.lake }),
      options: target.options,
    })
    const { cascade_score, author_score } = scored.written
    done(`${whole(cascade_score)} cascades of ${whole(author_score)} authors`)
    return scored
  })

/** Writes the rows of the tables that are made from authors, cascades and who took part in them. */
async function stageScored(
  { authors, cascades, contributions, observations }: ScoredSlot,
  { target, lake }: { readonly target: StagingTarget; readonly lake: string },
) {
  const withKernel = () => ({ kernel: lit(target.batch.kernel, t.string) })
  const scratch = newNetworkPath(lake)
  try {
    return {
      author_score: await stageRows('author_score', authors.withColumns(withKernel), target),
      cascade_score: await stageRows(
        'cascade_score',
        cascades.transform(toCascadeScores(observations)).withColumns(withKernel),
        target,
      ),
      influence_edge: await scoreNetwork({
        ...target,
        contributions,
        scratch,
        write: (edges) => stageRows('influence_edge', edges, target),
      }),
    }
  } finally {
    await removeSilver(scratch)
  }
}

const speechStage = (input: ScoreInput, { observations, batch }: Slot) =>
  staging(input, { name: 'score topics', batch }, async (target, done) => {
    const rows = await scoreSpeech({ observations, locations: input.store, target })
    done(`${whole(rows.topic_score)} topics, ${whole(rows.geography_score)} countries`)
    return rows
  })

/** What the records hold, and the follows among them beside those that were given. */
function evidenceOf({ silver: { holds }, observations, follows: given }: Slot): SlotEvidence {
  const seen = holds.follows ? observations.transform(toFollows()) : undefined
  const follows = given && seen ? given.union(seen) : (given ?? seen)
  return { namesParents: holds.parents, hasLikes: holds.likes, ...(follows && { follows }) }
}
