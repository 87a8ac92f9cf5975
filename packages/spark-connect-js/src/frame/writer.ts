import { commandPlan, write, type SaveMode, type WriteParts, type WriteTarget } from '../plan/command.ts'
import type { RelationNode } from '../plan/relation.ts'
import type { ActionOptions, Executor } from './executor.ts'

/** Where JDBC rows go. */
export interface JdbcTarget {
  readonly url: string
  readonly table: string
  /** Connection properties: `user`, `password`, `driver` and the driver's own. */
  readonly properties: Readonly<Record<string, string>>
}

type WriteSettings = Omit<WriteParts, 'input' | 'target'>

const DEFAULTS: WriteSettings = { mode: 'error', options: {}, partitioningColumns: [] }

/** Writes a frame. Immutable: each setting gives a new writer; a method that names a place runs the plan. */
export class DataFrameWriter {
  readonly #relation: RelationNode
  readonly #executor: Executor
  readonly #settings: WriteSettings

  constructor(relation: RelationNode, executor: Executor, settings: WriteSettings = DEFAULTS) {
    this.#relation = relation
    this.#executor = executor
    this.#settings = settings
  }

  /**
   * The source to write with: `parquet`, `json`, `noop` ...; the server's default, Parquet, unless said.
   * @example await spark.range(2n).write.format('noop').mode('overwrite').save() // => undefined
   */
  format(source: string): DataFrameWriter {
    return this.#with({ source })
  }

  /**
   * What happens if rows are there already; an error unless said.
   * @example await spark.range(2n).write.format('noop').mode('overwrite').save() // => undefined
   */
  mode(mode: SaveMode): DataFrameWriter {
    return this.#with({ mode })
  }

  /**
   * A setting of the source.
   * @example await spark.range(2n).write.format('noop').mode('overwrite').option('compression', 'zstd').save() // => undefined
   */
  option(key: string, value: string | number | boolean): DataFrameWriter {
    return this.options({ [key]: value })
  }

  /**
   * Settings of the source.
   * @example await spark.range(2n).write.format('noop').mode('overwrite').options({ compression: 'zstd' }).save() // => undefined
   */
  options(options: Readonly<Record<string, string | number | boolean>>): DataFrameWriter {
    const texts = Object.fromEntries(Object.entries(options).map(([key, value]) => [key, String(value)]))
    return this.#with({ options: { ...this.#settings.options, ...texts } })
  }

  /**
   * Files in folders by the values of columns.
   * @example async () => spark.range(2n).write.partitionBy('id').parquet('/lake/rows') // a function that writes
   */
  partitionBy(...partitioningColumns: readonly string[]): DataFrameWriter {
    return this.#with({ partitioningColumns })
  }

  /**
   * A fixed number of files by the hash of columns; for `saveAsTable`.
   * @example async () => spark.range(2n).write.bucketBy(4, 'id').saveAsTable('rows') // a function that writes
   */
  bucketBy(numBuckets: number, ...bucketColumnNames: readonly string[]): DataFrameWriter {
    return this.#with({ bucketBy: { numBuckets, bucketColumnNames } })
  }

  /**
   * The order within each bucket.
   * @example async () => spark.range(2n).write.bucketBy(4, 'id').sortBy('id').saveAsTable('rows') // a function that writes
   */
  sortBy(...sortColumnNames: readonly string[]): DataFrameWriter {
    return this.#with({ sortColumnNames })
  }

  /**
   * Rows near each other by columns, where the source can. Since Spark 4.0.
   * @example async () => spark.range(2n).write.clusterBy('id').saveAsTable('rows') // a function that writes
   */
  clusterBy(...clusteringColumns: readonly string[]): DataFrameWriter {
    return this.#with({ clusteringColumns })
  }

  /**
   * Files of Parquet in a folder.
   * @throws SparkConnectError
   * @example async () => spark.range(2n).write.parquet('/lake/rows') // a function that writes
   */
  parquet(path: string, options: ActionOptions = {}): Promise<void> {
    return this.format('parquet').save(path, options)
  }

  /**
   * Files of JSON in a folder, a row a line.
   * @throws SparkConnectError
   * @example async () => spark.range(2n).write.json('/lake/rows') // a function that writes
   */
  json(path: string, options: ActionOptions = {}): Promise<void> {
    return this.format('json').save(path, options)
  }

  /**
   * Files of comma-separated values in a folder.
   * @throws SparkConnectError
   * @example async () => spark.range(2n).write.option('header', true).csv('/lake/rows') // a function that writes
   */
  csv(path: string, options: ActionOptions = {}): Promise<void> {
    return this.format('csv').save(path, options)
  }

  /**
   * Files of ORC in a folder.
   * @throws SparkConnectError
   * @example async () => spark.range(2n).write.orc('/lake/rows') // a function that writes
   */
  orc(path: string, options: ActionOptions = {}): Promise<void> {
    return this.format('orc').save(path, options)
  }

  /**
   * Files of text in a folder; the frame must have one column, a text.
   * @throws SparkConnectError
   * @example async () => spark.range(2n).toJSON().write.text('/lake/rows') // a function that writes
   */
  text(path: string, options: ActionOptions = {}): Promise<void> {
    return this.format('text').save(path, options)
  }

  /**
   * Files of XML in a folder; `option('rowTag', name)` names the element of a row. Since Spark 4.0.
   * @throws SparkConnectError
   * @example async () => spark.range(2n).write.option('rowTag', 'row').xml('/lake/rows') // a function that writes
   */
  xml(path: string, options: ActionOptions = {}): Promise<void> {
    return this.format('xml').save(path, options)
  }

  /**
   * A table of a database.
   * @throws SparkConnectError
   * @example async () => spark.range(2n).write.jdbc({ url: 'jdbc:mysql://host/db', table: 'rows', properties: { user: 'me' } }) // a function that writes
   */
  jdbc({ url, table, properties }: JdbcTarget, options: ActionOptions = {}): Promise<void> {
    return this.format('jdbc')
      .options({ ...properties, url, dbtable: table })
      .#run(undefined, options)
  }

  /**
   * A path, or without one wherever the source's options say.
   * @throws SparkConnectError
   * @example await spark.range(2n).write.format('noop').mode('overwrite').save() // => undefined
   */
  save(path?: string, options: ActionOptions = {}): Promise<void> {
    return this.#run(path === undefined ? undefined : { path }, options)
  }

  /**
   * A table that is made of the rows; one that is there meets the `mode`, columns by name.
   * @throws SparkConnectError
   * @example async () => spark.range(2n).write.mode('append').saveAsTable('rows') // a function that writes
   */
  saveAsTable(table: string, options: ActionOptions = {}): Promise<void> {
    return this.#run({ table }, options)
  }

  /**
   * Adds the rows to a table that is there, or replaces its rows; columns by position.
   * @throws SparkConnectError
   * @example async () => spark.range(2n).write.insertInto('rows', { overwrite: true }) // a function that writes
   */
  insertInto(
    insertInto: string,
    { overwrite, ...options }: ActionOptions & { readonly overwrite?: boolean } = {},
  ): Promise<void> {
    const writer = overwrite === undefined ? this : this.mode(overwrite ? 'overwrite' : 'append')
    return writer.#run({ insertInto }, options)
  }

  #with(settings: Partial<WriteSettings>): DataFrameWriter {
    return new DataFrameWriter(this.#relation, this.#executor, { ...this.#settings, ...settings })
  }

  async #run(target: WriteTarget | undefined, actionOptions: ActionOptions): Promise<void> {
    const command = commandPlan(write({ ...this.#settings, input: this.#relation, target }))
    for await (const _ of this.#executor.execute(command, actionOptions));
  }
}
