import { Window, type DataFrame } from 'spark-connect-js'
import { round, rowNumber } from 'spark-connect-js/functions'
import type { InfluenceEdge } from '../../schema/influence-edge.ts'

/** An edge is published where one retweet in ten windows is expected of it, or where it was no accident. */
const LEAST_EXPECTED_CHILDREN = 0.1
const LEAST_RETWEETS = 2n
const EDGES_OF_AN_AUTHOR = 10
/** Sums differ in their last digits by the order of adding; what they decide must not. */
const COMPARED_DIGITS = 6

/** Keeps each author's strongest amplifiers: most users retweet somebody once and draw nobody. */
export const filterStrongestEdges =
  () =>
  (edges: DataFrame<typeof InfluenceEdge>): DataFrame<typeof InfluenceEdge> =>
    edges
      .filter((c) => c.expected_children.geq(LEAST_EXPECTED_CHILDREN).or(c.retweets.geq(LEAST_RETWEETS)))
      .withColumns((c) => ({
        rank_in_author: rowNumber().over(
          Window.partitionBy(c.author_id, c.term).orderBy(
            round(c.expected_children, COMPARED_DIGITS).desc(),
            c.retweets.desc(),
            c.amplifier_id,
          ),
        ),
      }))
      .filter((c) => c.rank_in_author.leq(EDGES_OF_AN_AUTHOR))
      .drop('rank_in_author')
