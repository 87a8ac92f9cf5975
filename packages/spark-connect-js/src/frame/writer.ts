import { commandPlan, write, type SaveMode, type WriteParts } from '../plan/command.ts'
import type { RelationNode } from '../plan/relation.ts'
import type { ActionOptions, Executor } from './executor.ts'

/** Where JDBC rows go. */
export interface JdbcTarget {
  readonly url: string
  readonly table: string
  /** Connection properties: `user`, `password`, `driver` and the driver's own. */
  readonly properties: Readonly<Record<string, string>>
}

interface WriteSettings {
  readonly format: string
  readonly mode: SaveMode
  readonly options: Readonly<Record<string, string>>
  readonly partitioningColumns: readonly string[]
}

const DEFAULTS: WriteSettings = { format: 'parquet', mode: 'error', options: {}, partitioningColumns: [] }

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
   * The format by its name; Parquet unless said.
   * @example await spark.range(0n, 3n).write.mode('overwrite').format('orc').save(`${folder}/written-orc`)
   */
  format(format: string): DataFrameWriter {
    return this.#with({ format })
  }

  /**
   * What happens if rows are there already; an error unless said.
   * @example await spark.range(0n, 3n).write.mode('append').parquet(`${folder}/appended`)
   */
  mode(mode: SaveMode): DataFrameWriter {
    return this.#with({ mode })
  }

  /**
   * Settings of the format, by name.
   * @example await spark.range(0n, 3n).write.mode('overwrite').options({ compression: 'gzip' }).json(`${folder}/zipped`)
   */
  options(options: Readonly<Record<string, string>>): DataFrameWriter {
    return this.#with({ options: { ...this.#settings.options, ...options } })
  }

  /**
   * Folders by the values of these columns.
   * @example await spark.range(0n, 3n).withColumns((c) => ({ odd: c.id.mod(2) })).write.partitionBy('odd').mode('overwrite').parquet(`${folder}/parts`)
   */
  partitionBy(...partitioningColumns: readonly string[]): DataFrameWriter {
    return this.#with({ partitioningColumns })
  }

  /**
   * Writes Parquet files into a folder.
   * @example await spark.range(0n, 3n).write.mode('overwrite').parquet(`${folder}/written-parquet`)
   */
  parquet(path: string, options: ActionOptions = {}): Promise<void> {
    return this.format('parquet').save(path, options)
  }

  /**
   * Writes JSON, a row a line.
   * @example await spark.range(0n, 3n).write.mode('overwrite').json(`${folder}/written-json`)
   */
  json(path: string, options: ActionOptions = {}): Promise<void> {
    return this.format('json').save(path, options)
  }

  /**
   * Writes to a table of a database, by its JDBC driver on the server.
   * @example await spark.range(0n, 3n).write.jdbc({ url: 'jdbc:none:', table: 'ids', properties: {} }).catch((error) => error instanceof SparkConnectError) // => true
   */
  jdbc({ url, table, properties }: JdbcTarget, options: ActionOptions = {}): Promise<void> {
    return this.format('jdbc')
      .options({ ...properties, url, dbtable: table })
      .#run(undefined, options)
  }

  /**
   * Writes into a folder.
   * @example await spark.range(0n, 3n).write.mode('ignore').save(`${folder}/saved`)
   */
  save(path: string, options: ActionOptions = {}): Promise<void> {
    return this.#run({ path }, options)
  }

  /**
   * Writes to a table of the catalog.
   * @example await spark.range(0n, 3n).write.mode('overwrite').options({ path: `${folder}/table` }).saveAsTable('example_ids')
   */
  saveAsTable(table: string, options: ActionOptions = {}): Promise<void> {
    return this.#run({ table }, options)
  }

  #with(settings: Partial<WriteSettings>): DataFrameWriter {
    return new DataFrameWriter(this.#relation, this.#executor, { ...this.#settings, ...settings })
  }

  async #run(target: WriteParts['target'], actionOptions: ActionOptions): Promise<void> {
    const { format: source, mode, options, partitioningColumns } = this.#settings
    const parts = { input: this.#relation, source, mode, options, partitioningColumns }
    const command = commandPlan(write(target ? { ...parts, target } : parts))
    for await (const _ of this.#executor.execute(command, actionOptions));
  }
}
