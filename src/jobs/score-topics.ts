import type { DataFrame } from 'spark-connect-js'
import type { Observation } from '../schema/observation.ts'
import type { Speech } from '../schema/speech.ts'
import type { StopWord } from '../schema/topic.ts'
import type { StagedRows } from '../store/slot-tables.ts'
import { aggregateByText } from '../transforms/topic/aggregate-by-text.ts'
import { aggregateByTopic } from '../transforms/topic/aggregate-by-topic.ts'
import { explodeTopics } from '../transforms/topic/explode-topics.ts'
import { toTermFacts } from '../transforms/topic/to-term-facts.ts'
import { toTopicScores } from '../transforms/topic/to-topic-scores.ts'
import { withTopics } from '../transforms/topic/with-topics.ts'
import { stageRows, type StagingTarget } from './stage-rows.ts'
import { whileKept } from './kept.ts'

interface ScoreTopicsInput {
  readonly observations: DataFrame<typeof Observation>
  readonly speech: DataFrame<typeof Speech>
  readonly stopWords: DataFrame<typeof StopWord>
  readonly target: StagingTarget
}

/** Of each kind, per term: more than a person looks through. */
const TOPICS_PER_KIND = 200

/** Stages what the tweets of one window are about, and says how many rows that were. */
export function scoreTopics({
  observations,
  speech,
  stopWords,
  target,
}: ScoreTopicsInput): Promise<StagedRows> {
  const { run: window } = target
  const terms = observations.transform(toTermFacts())
  const used = speech
    .transform(aggregateByText())
    .transform(withTopics({ observations, terms }))
    .transform(explodeTopics(stopWords))
  // They are read twice: to find the leading topics, and to count who spoke of these.
  return whileKept({ ...target, frame: used }, (uses) => {
    const scores = uses
      .transform(aggregateByTopic({ limit: TOPICS_PER_KIND }))
      .transform(toTopicScores({ window, speech, uses, terms }))
    return whileKept({ ...target, frame: scores }, (rows) => stageRows('topic_score', rows, target))
  })
}
