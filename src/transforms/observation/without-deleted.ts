import type { ColumnsOf, DataFrame, t } from 'spark-connect-js'
import { coalesce, lit, when } from 'spark-connect-js/functions'
import type { Observation } from '../../schema/observation.ts'
import { withoutScrubbedPlaces } from './without-scrubbed-places.ts'

type Observations = DataFrame<typeof Observation>
type Ids = DataFrame<{ readonly gone_id: typeof t.string.nullable }>

/** The kinds of observations that ask for something to be forgotten. */
export const DELETING_KINDS = ['delete', 'scrub_geo'] as const

/**
 * Removes what the frame's own deletions name, in whatever order they came and under whatever term: the tweets and
 * all that spreads or likes them, all that the users named wrote, and all that spreads it. With a root goes its
 * cascade, and so every copy of its text. Where only a parent is gone, the tweet stays and names it no longer.
 * Places go where X asks for that. The deletions themselves are not in the result.
 *
 * Deletions are taken to be few beside observations: every task holds the ids of all.
 */
export const withoutDeleted =
  () =>
  (observations: Observations): Observations => {
    const deletions = observations.filter((c) => c.kind.eq('delete'))
    const tweets = deletions.select((c) => ({ gone_id: c.tweet_id })).distinct()
    const people = deletions
      .filter((c) => c.tweet_id.isNull().or(namesBoth(c)))
      .select((c) => ({ gone_id: c.author_id }))
      .distinct()
    return observations
      .transform(withoutScrubbedPlaces())
      .filter((c) => coalesce(c.kind.isin(...DELETING_KINDS), lit(false)).eq(false))
      .transform(without('tweet_id', tweets))
      .transform(without('root_id', tweets))
      .transform(without('author_id', people))
      .transform(without('root_author_id', people))
      .transform(withoutParent('parent_id', tweets))
      .transform(withoutParent('parent_author_id', people))
      .filter((c) => coalesce(c.kind.eq('follow').and(c.parent_author_id.isNull()), lit(false)).eq(false))
  }

/** A line of a batch compliance job that does not say whether it means a tweet or a user. */
const namesBoth = (c: ColumnsOf<typeof Observation>) => c.tweet_id.eq(c.author_id)

const without =
  (column: 'tweet_id' | 'root_id' | 'author_id' | 'root_author_id', ids: Ids) =>
  (observations: Observations): Observations =>
    observations.join(ids.hint('broadcast'), {
      on: (observation, id) => observation[column].eq(id.gone_id),
      how: 'left_anti',
    })

const withoutParent =
  (column: 'parent_id' | 'parent_author_id', ids: Ids) =>
  (observations: Observations): Observations =>
    observations
      .join(ids.hint('broadcast'), {
        on: (observation, id) => observation[column].eq(id.gone_id),
        how: 'left',
      })
      .withColumns((c) => ({
        parent_id: when(c.gone_id.isNull(), c.parent_id),
        parent_author_id: when(c.gone_id.isNull(), c.parent_author_id),
        parent_screen_name: when(c.gone_id.isNull(), c.parent_screen_name),
      }))
      .drop('gone_id')
