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

  partitionBy(...columns: readonly Column<AnyType>[]): WindowSpec {
    return new WindowSpec(
      columns.map((column) => column.expression),
      this.orderSpec,
      this.frameSpec,
    )
  }

  orderBy(...columns: readonly (Column<AnyType> | SortColumn)[]): WindowSpec {
    return new WindowSpec(this.partitionSpec, columns.map(asSortOrder), this.frameSpec)
  }

  /** Rows from `start` to `end` around the current one, both included; `-1` is the row before. */
  rowsBetween(start: FrameBoundary, end: FrameBoundary): WindowSpec {
    return this.withFrame(FrameType.ROW, start, end)
  }

  /** Rows whose ordering value lies from `start` to `end` around the current row's. */
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
 * @example Window.partitionBy(c.root_id).orderBy(c.tweeted_at).rowsBetween(Window.unboundedPreceding, -1)
 */
export const Window = Object.freeze({
  unboundedPreceding: -Infinity,
  unboundedFollowing: Infinity,
  currentRow: 0,
  partitionBy: (...columns: readonly Column<AnyType>[]): WindowSpec => EMPTY.partitionBy(...columns),
  orderBy: (...columns: readonly (Column<AnyType> | SortColumn)[]): WindowSpec => EMPTY.orderBy(...columns),
})
