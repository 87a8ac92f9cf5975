import type { AnyType } from '../types/data-type.ts'
import { literalNode } from './literal.ts'
import { Column, SortColumn } from './column.ts'
import {
  windowFrame,
  type ExpressionNode,
  type SortOrderNode,
  type WindowFrameNode,
} from '../plan/expression.ts'
import { Expression_Window_WindowFrame_FrameType as FrameType } from '../generated/spark/connect/expressions_pb.js'

/** A row or value offset from the current row; the two infinities mean unbounded. */
export type FrameBoundary = number

const asSortOrder = (column: Column<AnyType> | SortColumn): SortOrderNode =>
  column instanceof SortColumn ? column.sortOrder : column.asc().sortOrder

/** Which rows a window function sees: partition, order and frame. Immutable. */
export class WindowSpec {
  readonly partitionSpec: readonly ExpressionNode[]
  readonly orderSpec: readonly SortOrderNode[]
  readonly frameSpec: WindowFrameNode | undefined

  constructor(
    partitionSpec: readonly ExpressionNode[],
    orderSpec: readonly SortOrderNode[],
    frameSpec: WindowFrameNode | undefined,
  ) {
    this.partitionSpec = partitionSpec
    this.orderSpec = orderSpec
    this.frameSpec = frameSpec
    Object.freeze(this)
  }

  /**
   * Partitions by these columns instead.
   * @example spark.range(0n, 3n).select((c) => ({ n: count().over(Window.orderBy(c.id).partitionBy(c.id.mod(2))) })).orderBy((c) => c.n) // => [{ n: 1n }, { n: 1n }, { n: 2n }]
   */
  partitionBy(...columns: readonly Column<AnyType>[]): WindowSpec {
    return new WindowSpec(
      columns.map((column) => column.expression),
      this.orderSpec,
      this.frameSpec,
    )
  }

  /**
   * Orders by these columns instead.
   * @example spark.range(0n, 2n).select((c) => ({ n: rank().over(Window.partitionBy(c.id).orderBy(c.id)) })) // => [{ n: 1 }, { n: 1 }]
   */
  orderBy(...columns: readonly (Column<AnyType> | SortColumn)[]): WindowSpec {
    return new WindowSpec(this.partitionSpec, columns.map(asSortOrder), this.frameSpec)
  }

  /**
   * Rows from `start` to `end` around the current one, both included; `-1` is the row before.
   * @example spark.range(0n, 3n).select((c) => ({ s: sum(c.id).over(Window.orderBy(c.id).rowsBetween(-1, 0)) })) // => [{ s: 0n }, { s: 1n }, { s: 3n }]
   */
  rowsBetween(start: FrameBoundary, end: FrameBoundary): WindowSpec {
    return this.withFrame(FrameType.ROW, start, end)
  }

  /**
   * Rows whose ordering value lies from `start` to `end` around the current row's.
   * @example spark.range(0n, 3n).select((c) => ({ n: count().over(Window.orderBy(c.id).rangeBetween(0, 1)) })) // => [{ n: 2n }, { n: 2n }, { n: 1n }]
   */
  rangeBetween(start: FrameBoundary, end: FrameBoundary): WindowSpec {
    return this.withFrame(FrameType.RANGE, start, end)
  }

  private withFrame(frameType: FrameType, start: FrameBoundary, end: FrameBoundary): WindowSpec {
    const frame = windowFrame({ frameType, lower: boundary(start), upper: boundary(end) })
    return new WindowSpec(this.partitionSpec, this.orderSpec, frame)
  }
}

const boundary = (offset: FrameBoundary) => {
  if (offset === 0) return { boundary: { case: 'currentRow' as const, value: true } }
  if (!Number.isFinite(offset)) return { boundary: { case: 'unbounded' as const, value: true } }
  return { boundary: { case: 'value' as const, value: literalNode(offset) } }
}

const EMPTY = new WindowSpec([], [], undefined)

/**
 * Where a window begins.
 * @example spark.range(0n, 3n).select((c) => ({ s: sum(c.id).over(Window.orderBy(c.id).rowsBetween(Window.unboundedPreceding, 0)) })) // => [{ s: 0n }, { s: 1n }, { s: 3n }]
 */
export const Window = Object.freeze({
  unboundedPreceding: -Infinity,
  unboundedFollowing: Infinity,
  currentRow: 0,
  partitionBy: (...columns: readonly Column<AnyType>[]): WindowSpec => EMPTY.partitionBy(...columns),
  orderBy: (...columns: readonly (Column<AnyType> | SortColumn)[]): WindowSpec => EMPTY.orderBy(...columns),
})
