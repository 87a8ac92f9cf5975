import type { DataFrame, StringColumn } from 'spark-connect-js'
import { coalesce, lit, lpad, max, when } from 'spark-connect-js/functions'
import type { Observation } from '../../schema/observation.ts'

type Observations = DataFrame<typeof Observation>

const LONGEST_NUMBER = 20 // digits of 2^64
const AFTER_ALL = '~' // sorts behind every digit

/**
 * Forgets where tweets were sent, as far as the frame's events of the kind scrub_geo ask for it: one tweet by its id,
 * or all of an author's up to an id, or all.
 */
export const withoutScrubbedPlaces =
  () =>
  (observations: Observations): Observations => {
    const events = observations.filter((c) => c.kind.eq('scrub_geo'))
    const tweets = events
      .filter((c) => c.author_id.isNull())
      .select((c) => ({ scrubbed_id: c.tweet_id }))
      .distinct()
    const authors = events
      .groupBy((c) => ({ scrubbed_author: c.author_id }))
      .agg((c) => ({ scrubbed_up_to: max(coalesce(inOrder(c.tweet_id), lit(AFTER_ALL))) }))
    return observations
      .join(tweets.hint('broadcast'), {
        on: (seen, event) => seen.tweet_id.eq(event.scrubbed_id),
        how: 'left',
      })
      .join(authors.hint('broadcast'), {
        on: (seen, event) =>
          seen.author_id.eq(event.scrubbed_author).and(inOrder(seen.tweet_id).leq(event.scrubbed_up_to)),
        how: 'left',
      })
      .withColumns((c) => {
        const stays = c.scrubbed_id.isNull().and(c.scrubbed_author.isNull())
        return {
          latitude: when(stays, c.latitude),
          longitude: when(stays, c.longitude),
          place_country: when(stays, c.place_country),
        }
      })
      .drop('scrubbed_id', 'scrubbed_author', 'scrubbed_up_to')
  }

/** Ids as texts of one length: in the order in which X made them. */
const inOrder = (id: StringColumn) => lpad(id, LONGEST_NUMBER, '0')
