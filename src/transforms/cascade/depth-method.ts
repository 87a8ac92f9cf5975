import { t, type Column } from 'spark-connect-js'
import { array, coalesce, elementAt, lit, when } from 'spark-connect-js/functions'
import { DEPTH_METHODS, type DepthMethod } from '../../schema/depth-method.ts'

/** Followers must be known for this share of a cascade's events, or its depth is not estimated. */
export const KNOWN_FOLLOWERS_SHARE = 0.9

/** A method as a number, so that the weakest of many is a `max`: text in an aggregate would sort. */
export const rankOfMethod = (method: DepthMethod): Column<typeof t.integer> =>
  lit(DEPTH_METHODS.indexOf(method), t.integer)

interface Depth {
  readonly method_rank: Column<typeof t.integer.nullable>
  readonly non_primary_retweets: Column<typeof t.double.nullable>
}

/**
 * The method that a depth is from. Where nobody but the author spread anything there is no rank: nothing is expected
 * of that, and it is not claimed to be observed.
 */
export const depthMethod = ({ method_rank, non_primary_retweets }: Depth): Column<typeof t.string> => {
  const methods = array(...DEPTH_METHODS.map((method) => lit(method, t.string)))
  const ranked = elementAt(methods, coalesce(method_rank, rankOfMethod('expected')).plus(1))
  return coalesce(when(non_primary_retweets.isNotNull(), ranked), lit('none', t.string))
}
