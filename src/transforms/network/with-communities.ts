import type { DataFrame } from 'spark-connect-js'
import type { Community, CommunityEdge, NumberedEdge } from '../../schema/influence-edge.ts'

/** Adds the communities of both ends, and lets go of their numbers. */
export const withCommunities =
  (communities: DataFrame<typeof Community>) =>
  (edges: DataFrame<typeof NumberedEdge>): DataFrame<typeof CommunityEdge> => {
    const amplifiers = communities.select((c) => ({ amplifier: c.user, amplifier_community: c.community }))
    const authors = communities.select((c) => ({ author: c.user, author_community: c.community }))
    return edges
      .join(amplifiers, { on: 'amplifier', how: 'left' })
      .join(authors, { on: 'author', how: 'left' })
      .drop('amplifier', 'author')
  }
