import type { DataFrame } from 'spark-connect-js'
import type { Observation } from '../schema/observation.ts'
import type { Speech } from '../schema/speech.ts'
import type { StagedRows } from '../store/slot-tables.ts'
import { aggregateBySpreadAuthor } from '../transforms/sentiment/aggregate-by-spread-author.ts'
import { toSentimentScores } from '../transforms/sentiment/to-sentiment-scores.ts'
import { stageRows, type StagingTarget } from './stage-rows.ts'
import { whileKept } from './kept.ts'

interface ScoreSentimentInput {
  readonly observations: DataFrame<typeof Observation>
  readonly speech: DataFrame<typeof Speech>
  readonly target: StagingTarget
}

/** Of each term: the mean of all others stands in `author_score`. */
const AUTHORS_PER_TERM = 1_000

/** Stages the mood of each term and of what spreads its leading authors, and says how many rows that were. */
export function scoreSentiment({ observations, speech, target }: ScoreSentimentInput): Promise<StagedRows> {
  const authors = speech.transform(aggregateBySpreadAuthor({ limit: AUTHORS_PER_TERM }))
  const scores = speech.transform(toSentimentScores({ observations, authors }))
  return whileKept({ ...target, frame: scores }, (rows) => stageRows('sentiment_score', rows, target))
}
