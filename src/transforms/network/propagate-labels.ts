import { t, type DataFrame } from 'spark-connect-js'
import { lit, max, pmod, sum } from 'spark-connect-js/functions'
import type { Label, Tie } from '../../schema/influence-edge.ts'

/** A network is small: of Spark's 200 partitions, most would cost more than they carry. */
const NETWORK_PARTITIONS = 4
/** Above every label. */
const LABELS = 2n ** 31n

/**
 * One round of label propagation, all at once: everybody takes the label that most votes of their ties are for, of
 * equals the smallest. Raghavan et al. 2007, arXiv 0709.2938, whose order of nodes and choice among equals are random.
 */
export const propagateLabels =
  (ties: DataFrame<typeof Tie>) =>
  (labels: DataFrame<typeof Label>): DataFrame<typeof Label> =>
    ties
      .join(labels.select((c) => ({ from: c.user, label: c.label })).hint('broadcast'), {
        on: 'from',
        how: 'inner',
      })
      // One shuffle for both ways of grouping.
      .repartition(NETWORK_PARTITIONS, 'to')
      .groupBy('to', 'label')
      .agg((c) => ({ votes: sum(c.votes) }))
      // Votes and label in one number, as a pair would have to be sorted for its largest.
      .groupBy('to')
      .agg((c) => ({ largest: max(c.votes.times(LABELS).minus(c.label)) }))
      .select((c) => ({ user: c.to, label: pmod(c.largest.negate(), lit(LABELS)).cast(t.integer) }))
