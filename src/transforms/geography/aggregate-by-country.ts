import { Window, type DataFrame } from 'spark-connect-js'
import {
  approxCountDistinct,
  coalesce,
  count,
  countIf,
  least,
  lit,
  nullif,
  sum,
  tryDivide,
} from 'spark-connect-js/functions'
import type { GeographyScore, PlacedName } from '../../schema/geography.ts'
import type { Speech } from '../../schema/speech.ts'
import { reachOf } from '../speech/reach.ts'

const PERCENT = 100
const UNKNOWN = 'unknown'

/** One row for each country of a term, and one for all that could not be placed. */
export const aggregateByCountry =
  (placed: DataFrame<typeof PlacedName>) =>
  (speech: DataFrame<typeof Speech>): DataFrame<typeof GeographyScore> =>
    speech
      .filter((c) => c.is_current)
      .select('term', 'author_key', 'followers', 'sentiment', 'place_key')
      .join(placed.hint('broadcast'), { on: 'place_key', how: 'left' })
      .groupBy((c) => ({ term: c.term, country: coalesce(c.country, lit(UNKNOWN)) }))
      .agg((c) => ({
        volume: count(),
        authors: nullif(least(approxCountDistinct(c.author_key), count(c.author_key)), 0n),
        by_coordinates: countIf(c.way.eq('coordinates')),
        by_place: countIf(c.way.eq('place')),
        by_location: countIf(c.way.eq('location')),
        followers_sum: sum(c.followers),
        followers_count: count(c.followers),
        sentiment: tryDivide(sum(c.sentiment), count(c.sentiment)),
      }))
      .withColumns((c) => ({
        share: tryDivide(c.volume, sum(c.volume).over(Window.partitionBy(c.term))).times(PERCENT),
        reach: reachOf(c),
      }))
      .drop('followers_sum', 'followers_count')
