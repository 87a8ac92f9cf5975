import type { DataFrame } from 'spark-connect-js'
import { stopWords } from '../reference/stop-words.ts'
import type { Observation } from '../schema/observation.ts'
import { StopWord } from '../schema/topic.ts'
import type { SlotRows } from '../store/slot-tables.ts'
import { toSpeech } from '../transforms/speech/to-speech.ts'
import type { LocationMemory } from './place-names.ts'
import { scoreGeography } from './score-geography.ts'
import { scoreSentiment } from './score-sentiment.ts'
import { scoreTopics } from './score-topics.ts'
import type { StagingTarget } from './stage-rows.ts'
import { whileKept } from './kept.ts'

interface ScoreSpeechInput {
  /** Usable ones, up to the slot's end. */
  readonly observations: DataFrame<typeof Observation>
  readonly locations: LocationMemory
  readonly target: StagingTarget
}

/** Stages what is talked about, where and in which mood, and says how many rows of each table that were. */
export function scoreSpeech({
  observations,
  locations,
  target,
}: ScoreSpeechInput): Promise<Pick<SlotRows, 'topic_score' | 'geography_score' | 'sentiment_score'>> {
  const { spark, run: window, options } = target
  const frame = observations.transform(toSpeech(window))
  // Repeats are dropped once for all three.
  return whileKept({ spark, frame, options }, async (speech) => ({
    topic_score: await scoreTopics({
      observations,
      speech,
      stopWords: spark.createDataFrame(stopWords, StopWord),
      target,
    }),
    geography_score: await scoreGeography({ observations, speech, locations, target }),
    sentiment_score: await scoreSentiment({ observations, speech, target }),
  }))
}
