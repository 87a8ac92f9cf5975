import type { DataFrame } from 'spark-connect-js'
import { count } from 'spark-connect-js/functions'
import type { PlaceName } from '../../schema/geography.ts'
import type { Observation } from '../../schema/observation.ts'
import { placeName } from '../speech/place-name.ts'
import { isInWindow, type ScoreWindow } from '../window.ts'

/** Every way in which the window's sightings say where their author is, the most frequent first, at most `limit`. */
export const aggregateByPlace =
  ({ window, limit }: { readonly window: ScoreWindow; readonly limit: number }) =>
  (observations: DataFrame<typeof Observation>): DataFrame<typeof PlaceName> =>
    observations
      .filter((c) => isInWindow(c.tweeted_at, window).and(placeName(c).place.isNotNull()))
      .select(placeName)
      .groupBy('place_key', 'way', 'place')
      .agg(() => ({ sightings: count() }))
      // Equals by their text, so that the same ones are looked up each time.
      .orderBy((c) => [c.sightings.desc(), c.place.asc()])
      .limit(limit)
