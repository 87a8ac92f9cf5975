import type { DataFrame } from 'spark-connect-js'
import type { InfluenceEdge, NetworkUser, NumberedEdge } from '../../schema/influence-edge.ts'

/** Adds the numbers of both ends: what follows compares and adds numbers, which costs a fraction of texts. */
export const withNumbers =
  (users: DataFrame<typeof NetworkUser>) =>
  (edges: DataFrame<typeof InfluenceEdge>): DataFrame<typeof NumberedEdge> => {
    const amplifiers = users.select((c) => ({ term: c.term, amplifier_id: c.user_id, amplifier: c.number }))
    const authors = users.select((c) => ({ term: c.term, author_id: c.user_id, author: c.number }))
    return edges
      .join(amplifiers, { on: ['term', 'amplifier_id'], how: 'inner' })
      .join(authors, { on: ['term', 'author_id'], how: 'inner' })
  }
