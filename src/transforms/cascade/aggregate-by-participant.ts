import type { Column, ColumnsOf, DataFrame, t } from 'spark-connect-js'
import {
  coalesce,
  concat,
  count,
  countIf,
  length,
  max,
  min,
  struct,
  sum,
  when,
} from 'spark-connect-js/functions'
import type { CascadeEvent, Participant } from '../../schema/cascade.ts'
import { isInWindow, type ScoreWindow } from '../window.ts'

type Event = ColumnsOf<typeof CascadeEvent>

const lastSeen = (c: Event, value: Column<typeof t.long.nullable>) =>
  max(
    when(
      value.isNotNull(),
      struct({ tweeted_at: c.tweeted_at, id_length: length(c.tweet_id), tweet_id: c.tweet_id, value }),
    ),
  )

/** One row for each user of a cascade, with their first event and what the last sightings of the root said. */
export const aggregateByParticipant =
  (window: ScoreWindow) =>
  (events: DataFrame<typeof CascadeEvent>): DataFrame<typeof Participant> =>
    events
      .groupBy((c) => ({
        term: c.term,
        root_id: c.root_id,
        user_key: coalesce(c.author_id, concat('tweet:', c.tweet_id)),
      }))
      .agg((c) => ({
        first: min(
          struct({
            tweeted_at: c.tweeted_at,
            id_length: length(c.tweet_id),
            tweet_id: c.tweet_id,
            followers: c.followers,
          }),
        ),
        retweets_in_window: countIf(isInWindow(c.tweeted_at, window)),
        sentiment_sum: sum(when(isInWindow(c.tweeted_at, window), c.sentiment)),
        sentiment_count: count(when(isInWindow(c.tweeted_at, window), c.sentiment)),
        root_author_id: max(c.root_author_id),
        root_tweeted_at: min(c.root_tweeted_at),
        last_favourites: lastSeen(c, c.root_favourites),
        last_claimed_retweets: lastSeen(c, c.root_retweets),
        last_root_followers: lastSeen(c, c.root_followers),
      }))
      .withColumns((c) => ({
        first_at: c.first.getField('tweeted_at'),
        first_id_length: c.first.getField('id_length'),
        first_id: c.first.getField('tweet_id'),
        followers: c.first.getField('followers'),
        is_root_author: c.user_key.eq(c.root_author_id),
      }))
      .drop('first')
