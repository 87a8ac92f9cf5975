import type { DataFrame } from 'spark-connect-js'
import { PlacedName } from '../schema/geography.ts'
import type { Observation } from '../schema/observation.ts'
import type { Speech } from '../schema/speech.ts'
import type { StagedRows } from '../store/slot-tables.ts'
import { aggregateByCountry } from '../transforms/geography/aggregate-by-country.ts'
import { aggregateByPlace } from '../transforms/geography/aggregate-by-place.ts'
import { placeNames, type LocationMemory } from './place-names.ts'
import { stageRows, type StagingTarget } from './stage-rows.ts'
import { whileKept } from './kept.ts'

interface ScoreGeographyInput {
  readonly observations: DataFrame<typeof Observation>
  readonly speech: DataFrame<typeof Speech>
  readonly locations: LocationMemory
  readonly target: StagingTarget
}

/** What this process looks up for one slot, the most frequent first; what is rarer stays unknown. */
const PLACES_PER_SLOT = 50_000

/** Stages where the tweets of one window come from, and says how many rows that were. */
export async function scoreGeography(input: ScoreGeographyInput): Promise<StagedRows> {
  const { observations, speech, locations, target } = input
  const { spark, run: window, options } = target
  const places = observations.transform(aggregateByPlace({ window, limit: PLACES_PER_SLOT }))
  const placed = spark.createDataFrame(await placeNames(places.rows(options), locations), PlacedName)
  const scores = speech.transform(aggregateByCountry(placed))
  return whileKept({ ...target, frame: scores }, (rows) => stageRows('geography_score', rows, target))
}
