import { Window, type Column, type ColumnsOf, type WindowSpec, type t } from 'spark-connect-js'
import type { Participant } from '../../schema/cascade.ts'

type Ordered = Pick<ColumnsOf<typeof Participant>, 'term' | 'root_id' | 'is_root_author' | 'order'>
type InEpoch = Ordered & { readonly epoch: Column<typeof t.long.nullable> }

/**
 * A cascade's participants in the order in which they came, its author first. Every measure uses this one
 * partition and order, so that Spark sorts once. The root comes before the term: sorting compares the first eight
 * bytes of the first key before anything else, and a term's are the same for most rows.
 */
export const cascadeOrder = (c: Ordered): WindowSpec =>
  Window.partitionBy(c.root_id, c.term).orderBy(c.is_root_author.desc(), c.order)

/** The participants before the current one. */
export const earlier = (c: Ordered): WindowSpec => cascadeOrder(c).rowsBetween(Window.unboundedPreceding, -1)

/** The participants up to and including the current one. */
export const soFar = (c: Ordered): WindowSpec =>
  cascadeOrder(c).rowsBetween(Window.unboundedPreceding, Window.currentRow)

export const wholeCascade = (c: Ordered): WindowSpec =>
  cascadeOrder(c).rowsBetween(Window.unboundedPreceding, Window.unboundedFollowing)

/** The participants of the current one's epoch up to and including it. */
export const epochSoFar = (c: InEpoch): WindowSpec =>
  Window.partitionBy(c.root_id, c.term, c.epoch)
    .orderBy(c.is_root_author.desc(), c.order)
    .rowsBetween(Window.unboundedPreceding, Window.currentRow)

/** The participants of the epoch before the current one's. */
export const previousEpoch = (c: InEpoch): WindowSpec =>
  Window.partitionBy(c.root_id, c.term).orderBy(c.epoch).rangeBetween(-1, -1)

/** The participants of the current one's epoch from it on. A sort of its own, in the other direction. */
export const epochFromHere = (c: InEpoch): WindowSpec =>
  Window.partitionBy(c.root_id, c.term, c.epoch)
    .orderBy(c.is_root_author.asc(), c.order.desc())
    .rowsBetween(Window.unboundedPreceding, Window.currentRow)

/** The participants of the epoch after the current one's. */
export const nextEpoch = (c: InEpoch): WindowSpec =>
  Window.partitionBy(c.root_id, c.term).orderBy(c.epoch).rangeBetween(1, 1)
