import type { ColumnsOf, DataFrame } from 'spark-connect-js'
import { array, greatest, inline, lit, max, struct } from 'spark-connect-js/functions'
import type { NumberedEdge, Tie } from '../../schema/influence-edge.ts'

/**
 * The two directions of every edge, a vote for each retweet, and everybody's tie to themself: as strong as their
 * strongest, or the two sides of a star would take each other's labels over and over.
 */
export const toTies =
  () =>
  (edges: DataFrame<typeof NumberedEdge>): DataFrame<typeof Tie> => {
    const between = edges.select((c) => ({ ...inline(array(towardsAuthor(c), towardsAmplifier(c))) }))
    const own = between
      .groupBy('to')
      .agg((c) => ({ votes: max(c.votes) }))
      .select((c) => ({ from: c.to, to: c.to, votes: c.votes }))
    return between.union(own)
  }

type Edge = ColumnsOf<typeof NumberedEdge>

const votesOf = (c: Edge) => greatest(c.retweets, lit(1n))
const towardsAuthor = (c: Edge) => struct({ from: c.amplifier, to: c.author, votes: votesOf(c) })
const towardsAmplifier = (c: Edge) => struct({ from: c.author, to: c.amplifier, votes: votesOf(c) })
