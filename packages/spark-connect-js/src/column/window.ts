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

/**
 * Which rows a window function sees: partition, order and frame. Immutable.
 * @example spark.range(2n).select((c) => ({ n: rank().over(Window.orderBy(c.id.desc())) })) // => [{ n: 1 }, { n: 2 }]
 */
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
   * Only rows with the same values.
   * @example spark.range(2n).select((c) => ({ n: count().over(Window.orderBy(c.id).partitionBy(c.id)) })) // => [{ n: 1n }, { n: 1n }]
   */
  partitionBy(...columns: readonly Column<AnyType>[]): WindowSpec {
    return new WindowSpec(
      columns.map((column) => column.expression),
      this.orderSpec,
      this.frameSpec,
    )
  }

  /**
   * The order of the rows; without a frame, a function then sees those up to the current row and its equals.
   * @example spark.range(2n).select((c) => ({ s: sum(c.id).over(Window.orderBy(c.id)) })) // => [{ s: 0n }, { s: 1n }]
   */
  orderBy(...columns: readonly (Column<AnyType> | SortColumn)[]): WindowSpec {
    return new WindowSpec(this.partitionSpec, columns.map(asSortOrder), this.frameSpec)
  }

  /**
   * Rows from `start` to `end` around the current one, both included; `-1` is the row before.
   * @example spark.range(3n).select((c) => ({ s: sum(c.id).over(Window.orderBy(c.id).rowsBetween(-1, 0)) })) // => [{ s: 0n }, { s: 1n }, { s: 3n }]
   */
  rowsBetween(start: FrameBoundary, end: FrameBoundary): WindowSpec {
    return this.withFrame(FrameType.ROW, start, end)
  }

  /**
   * Rows whose ordering value lies from `start` to `end` around the current row's.
   * @example spark.range(3n).select((c) => ({ n: count().over(Window.orderBy(c.id).rangeBetween(-1, 1)) })) // => [{ n: 2n }, { n: 3n }, { n: 2n }]
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
 * @example spark.range(2n).select((c) => ({ s: sum(c.id).over(Window.orderBy(c.id).rowsBetween(Window.unboundedPreceding, -1)) })) // => [{ s: null }, { s: 0n }]
 */
export const Window = Object.freeze({
  unboundedPreceding: -Infinity,
  unboundedFollowing: Infinity,
  currentRow: 0,
  partitionBy: (...columns: readonly Column<AnyType>[]): WindowSpec => EMPTY.partitionBy(...columns),
  orderBy: (...columns: readonly (Column<AnyType> | SortColumn)[]): WindowSpec => EMPTY.orderBy(...columns),
  rowsBetween: (start: FrameBoundary, end: FrameBoundary): WindowSpec => EMPTY.rowsBetween(start, end),
  rangeBetween: (start: FrameBoundary, end: FrameBoundary): WindowSpec => EMPTY.rangeBetween(start, end),
})
