import type { DataFrame } from 'spark-connect-js'
import { max } from 'spark-connect-js/functions'
import type { AuthorScore, ProfiledAuthorScore } from '../../schema/author-score.ts'
import type { Observation } from '../../schema/observation.ts'

/** Adds who each author is, by what their newest sighting says. */
export const withProfile =
  (observations: DataFrame<typeof Observation>) =>
  (authors: DataFrame<typeof AuthorScore>): DataFrame<typeof ProfiledAuthorScore> => {
    const profiles = observations
      .select((c) => ({
        author_id: c.root_author_id,
        seen_at: c.tweeted_at,
        name: c.root_author_name,
        screen_name: c.root_author_screen_name,
        location: c.root_author_location,
        image: c.root_author_image,
        language: c.lang,
      }))
      // Authors are few beside observations: their keys go to the observations, not the other way round.
      .join(authors.select('author_id', 'seen_at').hint('broadcast'), {
        on: ['author_id', 'seen_at'],
        how: 'left_semi',
      })
      .groupBy('author_id', 'seen_at')
      .agg((c) => ({
        name: max(c.name),
        screen_name: max(c.screen_name),
        location: max(c.location),
        image: max(c.image),
        language: max(c.language),
      }))
    return authors.join(profiles, { on: ['author_id', 'seen_at'], how: 'left' })
  }
