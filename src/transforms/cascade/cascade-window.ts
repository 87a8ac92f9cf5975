import { Window, type Column, type ColumnsOf, type WindowSpec, type t } from 'spark-connect-js'
import type { Participant } from '../../schema/cascade.ts'

type Ordered = Pick<
  ColumnsOf<typeof Participant>,
  'term' | 'root_id' | 'is_root_author' | 'first_at' | 'first_id_length' | 'first_id'
>

type InEpoch = Ordered & { readonly epoch: Column<typeof t.long.nullable> }

const arrival = (c: Ordered) => [c.is_root_author.desc(), c.first_at, c.first_id_length, c.first_id] as const

/**
 * A cascade's participants in the order in which they came: its author first, then by time, length of the id,
 * id. Every measure uses this one partition and order, so that Spark sorts once.
 */
export const cascadeOrder = (c: Ordered): WindowSpec =>
  Window.partitionBy(c.term, c.root_id).orderBy(...arrival(c))

/** The participants of the current one's epoch up to and including it. */
export const epochSoFar = (c: InEpoch): WindowSpec =>
  Window.partitionBy(c.term, c.root_id, c.epoch)
    .orderBy(...arrival(c))
    .rowsBetween(Window.unboundedPreceding, Window.currentRow)

/** The participants of the epoch before the current one's. */
export const previousEpoch = (c: InEpoch): WindowSpec =>
  Window.partitionBy(c.term, c.root_id).orderBy(c.epoch).rangeBetween(-1, -1)

/** The participants up to and including the current one. */
export const soFar = (c: Ordered): WindowSpec =>
  cascadeOrder(c).rowsBetween(Window.unboundedPreceding, Window.currentRow)

/** All participants before the current one. */
export const earlier = (c: Ordered): WindowSpec => cascadeOrder(c).rowsBetween(Window.unboundedPreceding, -1)

/** All participants after the current one. */
export const later = (c: Ordered): WindowSpec => cascadeOrder(c).rowsBetween(1, Window.unboundedFollowing)

export const wholeCascade = (c: Ordered): WindowSpec =>
  cascadeOrder(c).rowsBetween(Window.unboundedPreceding, Window.unboundedFollowing)
