import { Column } from '../column/column.ts'
import type { AnyType, Schema } from '../types/data-type.ts'
import { subquery, type SubqueryParts } from '../plan/subquery.ts'
import type { RelationNode } from '../plan/relation.ts'
import { columnsOf, sortOrders, type ColumnsOf, type OrderColumns } from './columns.ts'

type TableParts = Pick<SubqueryParts, 'partitionSpec' | 'orderSpec' | 'withSinglePartition'>

/** A frame as an argument of a table-valued function: which of its rows one call sees, in what order. Immutable. */
export class TableArg<S extends Schema> {
  readonly #relation: RelationNode
  readonly #parts: TableParts

  constructor(relation: RelationNode, parts: TableParts = {}) {
    this.#relation = relation
    this.#parts = parts
  }

  /**
   * One call for each combination of values.
   * @throws TypeError if rows are partitioned already
   * @example spark.range(1n).asTable().partitionBy((c) => [c.id]) // an argument
   */
  partitionBy(columns: (c: ColumnsOf<S>) => readonly Column<AnyType>[]): TableArg<S> {
    this.#refuse(this.#isPartitioned, 'the rows are partitioned already')
    const partitionSpec = columns(columnsOf()).map(({ expression }) => expression)
    return new TableArg(this.#relation, { ...this.#parts, partitionSpec })
  }

  /**
   * One call for all rows.
   * @throws TypeError if rows are partitioned already
   * @example spark.range(1n).asTable().withSinglePartition() // an argument
   */
  withSinglePartition(): TableArg<S> {
    this.#refuse(this.#isPartitioned, 'the rows are partitioned already')
    return new TableArg(this.#relation, { ...this.#parts, withSinglePartition: true })
  }

  /**
   * The order in which a call sees its rows.
   * @throws TypeError if rows are not partitioned yet
   * @example spark.range(1n).asTable().withSinglePartition().orderBy((c) => c.id.desc()) // an argument
   */
  orderBy(columns: (c: ColumnsOf<S>) => OrderColumns): TableArg<S> {
    this.#refuse(!this.#isPartitioned, 'call partitionBy() or withSinglePartition() before orderBy()')
    return new TableArg(this.#relation, { ...this.#parts, orderSpec: sortOrders(columns(columnsOf())) })
  }

  /**
   * The argument itself, for a function that takes it.
   * @example async () => spark.range(1n).asTable().withSinglePartition().toColumn() // a column
   */
  toColumn(): Column<AnyType> {
    return new Column(subquery(this.#relation, { kind: 'table_arg', ...this.#parts }))
  }

  get #isPartitioned(): boolean {
    return this.#parts.partitionSpec !== undefined || this.#parts.withSinglePartition === true
  }

  #refuse(isWrong: boolean, reason: string): void {
    if (isWrong) throw new TypeError(reason)
  }
}
