import { Window, t, type DataFrame } from 'spark-connect-js'
import { lit, min, when } from 'spark-connect-js/functions'
import type { CascadeSighting } from '../../schema/cascade.ts'
import type { SpreadingTweet } from '../../schema/parent.ts'
import { isSpreading, userKey } from './spreading.ts'

/** The tweets that spread each cascade, once each, with whose they are. */
export const toSpreadingTweets =
  () =>
  (sightings: DataFrame<typeof CascadeSighting>): DataFrame<typeof SpreadingTweet> =>
    sightings
      .filter((c) => c.is_repeat.eq(false).and(isSpreading(c.kind)))
      .select((c) => ({
        term: c.term,
        root_id: c.root_id,
        root_author_id: c.root_author_id,
        tweet_id: c.tweet_id,
        author_id: c.author_id,
        order: c.order,
        participant_order: when(userKey(c).eqNullSafe(c.root_author_id), lit(0, t.integer)).otherwise(
          min(c.order).over(Window.partitionBy(c.root_id, c.term, userKey(c))),
        ),
      }))
