import { Window, type ColumnsOf, type DataFrame, type WindowSpec } from 'spark-connect-js'
import { first, lag, last, length, rowNumber } from 'spark-connect-js/functions'
import type { CascadeSighting } from '../../schema/cascade.ts'
import type { Observation } from '../../schema/observation.ts'

type Observed = ColumnsOf<typeof Observation>

/**
 * Puts the sightings of each cascade in order and adds what they say together: the counters as first and last
 * seen, and whether a sighting repeats the one before.
 *
 * The shuffle by cascade is the only one on the way to `CascadeScore`: what follows groups and orders within it.
 */
export const withCascadeOrder =
  () =>
  (observations: DataFrame<typeof Observation>): DataFrame<typeof CascadeSighting> =>
    observations
      .dropna('term', 'root_id', 'tweet_id')
      .repartition(undefined, 'term', 'root_id')
      .select((c) => {
        const [ordered, whole] = [sightingOrder(c), wholeOf(sightingOrder(c))]
        const known = { ignoreNulls: true }
        return {
          term: c.term,
          root_id: c.root_id,
          root_author_id: first(c.root_author_id, known).over(whole),
          root_tweeted_at: first(c.root_tweeted_at, known).over(whole),
          order: rowNumber().over(ordered),
          is_repeat: lag(c.tweet_id).over(ordered).eqNullSafe(c.tweet_id),
          tweet_id: c.tweet_id,
          tweeted_at: c.tweeted_at,
          kind: c.kind,
          author_id: c.author_id,
          followers: c.author_followers,
          sentiment: c.sentiment,
          first_root_followers: first(c.root_author_followers, known).over(whole),
          last_root_followers: last(c.root_author_followers, known).over(whole),
          last_favourites: last(c.root_favourites, known).over(whole),
          last_claimed_retweets: last(c.root_retweets, known).over(whole),
        }
      })

// Sightings of one tweet stand side by side: the one that knows its author first, as it is the one that is
// kept, then by counters, so that the order of reading does not matter.
const sightingOrder = (c: Observed): WindowSpec =>
  Window.partitionBy(c.root_id, c.term).orderBy(
    c.tweeted_at,
    length(c.tweet_id),
    c.tweet_id,
    c.author_id.desc(),
    c.root_retweets,
    c.root_favourites,
    c.root_author_followers,
  )

const wholeOf = (window: WindowSpec): WindowSpec =>
  window.rowsBetween(Window.unboundedPreceding, Window.unboundedFollowing)
