import { commandPlan, writeTable, type TableWriteParts } from '../plan/command.ts'
import type { RelationNode } from '../plan/relation.ts'
import type { BooleanColumn, Column } from '../column/column.ts'
import { attribute } from '../plan/expression.ts'
import type { AnyType, Schema } from '../types/data-type.ts'
import { columnsOf, type ColumnsOf, type Names } from './columns.ts'
import type { ActionOptions, Executor } from './executor.ts'

interface TableWriterParts {
  readonly relation: RelationNode
  readonly executor: Executor
  readonly table: string
  readonly settings?: Partial<TableWriteParts>
}

/** Writes a frame to a table of a catalog. Immutable: each setting gives a new writer. */
export class DataFrameWriterV2<S extends Schema> {
  readonly #parts: TableWriterParts

  constructor(parts: TableWriterParts) {
    this.#parts = parts
  }

  /**
   * The source that a new table is made with: `parquet`, `iceberg` ...
   * @example async () => spark.range(2n).writeTo('catalog.rows').using('iceberg').create() // a function that writes
   */
  using(provider: string): DataFrameWriterV2<S> {
    return this.#with({ provider })
  }

  /**
   * A setting of the source's writer.
   * @example async () => spark.range(2n).writeTo('catalog.rows').option('fanout', 'true').append() // a function that writes
   */
  option(key: string, value: string): DataFrameWriterV2<S> {
    return this.options({ [key]: value })
  }

  /**
   * Settings of the source's writer.
   * @example async () => spark.range(2n).writeTo('catalog.rows').options({ fanout: 'true' }).append() // a function that writes
   */
  options(options: Readonly<Record<string, string>>): DataFrameWriterV2<S> {
    return this.#with({ options: { ...this.#parts.settings?.options, ...options } })
  }

  /**
   * A property of the table that is made.
   * @example async () => spark.range(2n).writeTo('catalog.rows').tableProperty('owner', 'me').create() // a function that writes
   */
  tableProperty(property: string, value: string): DataFrameWriterV2<S> {
    return this.#with({ tableProperties: { ...this.#parts.settings?.tableProperties, [property]: value } })
  }

  /**
   * How a new table is partitioned: by columns, or by transforms of them such as `days(c.at)`.
   * @example async () => spark.range(2n).writeTo('catalog.rows').partitionedBy('id').create() // a function that writes
   */
  partitionedBy(...names: readonly Names<S>[]): DataFrameWriterV2<S>
  partitionedBy(columns: (c: ColumnsOf<S>) => readonly Column<AnyType>[]): DataFrameWriterV2<S>
  partitionedBy(
    ...partitions: readonly (string | ((c: ColumnsOf<S>) => readonly Column<AnyType>[]))[]
  ): DataFrameWriterV2<S> {
    const partitioningColumns = partitions.flatMap((partition) =>
      typeof partition === 'string'
        ? [attribute(partition)]
        : partition(columnsOf()).map(({ expression }) => expression),
    )
    return this.#with({ partitioningColumns })
  }

  /**
   * How a new table is clustered. Since Spark 4.0.
   * @example async () => spark.range(2n).writeTo('catalog.rows').clusterBy('id').create() // a function that writes
   */
  clusterBy(...clusteringColumns: readonly Names<S>[]): DataFrameWriterV2<S> {
    return this.#with({ clusteringColumns })
  }

  /**
   * Makes the table.
   * @throws SparkConnectError if it is there
   * @example async () => spark.range(2n).writeTo('catalog.rows').create() // a function that writes
   */
  create(options: ActionOptions = {}): Promise<void> {
    return this.#run('create', options)
  }

  /**
   * Puts a new table into the place of one that is there.
   * @throws SparkConnectError if there is none
   * @example async () => spark.range(2n).writeTo('catalog.rows').replace() // a function that writes
   */
  replace(options: ActionOptions = {}): Promise<void> {
    return this.#run('replace', options)
  }

  /**
   * Makes the table, in the place of any that is there.
   * @example async () => spark.range(2n).writeTo('catalog.rows').createOrReplace() // a function that writes
   */
  createOrReplace(options: ActionOptions = {}): Promise<void> {
    return this.#run('create_or_replace', options)
  }

  /**
   * Adds the rows to the table; columns are matched by name.
   * @example async () => spark.range(2n).writeTo('catalog.rows').append() // a function that writes
   */
  append(options: ActionOptions = {}): Promise<void> {
    return this.#run('append', options)
  }

  /**
   * Replaces the table's rows that meet a condition.
   * @example async () => spark.range(2n).writeTo('catalog.rows').overwrite((c) => c.id.gt(0)) // a function that writes
   */
  overwrite(condition: (c: ColumnsOf<S>) => BooleanColumn, options: ActionOptions = {}): Promise<void> {
    return this.#run('overwrite', options, condition(columnsOf()))
  }

  /**
   * Replaces every partition of which the frame has a row.
   * @example async () => spark.range(2n).writeTo('catalog.rows').overwritePartitions() // a function that writes
   */
  overwritePartitions(options: ActionOptions = {}): Promise<void> {
    return this.#run('overwrite_partitions', options)
  }

  #with(settings: Partial<TableWriteParts>): DataFrameWriterV2<S> {
    return new DataFrameWriterV2({ ...this.#parts, settings: { ...this.#parts.settings, ...settings } })
  }

  async #run(
    mode: Parameters<typeof writeTable>[1],
    actionOptions: ActionOptions,
    condition?: BooleanColumn,
  ): Promise<void> {
    const { relation: input, table: tableName, settings, executor } = this.#parts
    const parts = { ...NO_SETTINGS, ...settings, input, tableName }
    const command = commandPlan(writeTable(parts, mode, condition?.expression))
    for await (const _ of executor.execute(command, actionOptions));
  }
}

const NO_SETTINGS = { options: {}, tableProperties: {}, partitioningColumns: [], clusteringColumns: [] }
