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

  format(format: string): DataFrameWriter {
    return this.#with({ format })
  }

  /** What happens if rows are there already; an error unless said. */
  mode(mode: SaveMode): DataFrameWriter {
    return this.#with({ mode })
  }

  options(options: Readonly<Record<string, string>>): DataFrameWriter {
    return this.#with({ options: { ...this.#settings.options, ...options } })
  }

  partitionBy(...partitioningColumns: readonly string[]): DataFrameWriter {
    return this.#with({ partitioningColumns })
  }

  /** @throws SparkConnectError */
  parquet(path: string, options: ActionOptions = {}): Promise<void> {
    return this.format('parquet').save(path, options)
  }

  json(path: string, options: ActionOptions = {}): Promise<void> {
    return this.format('json').save(path, options)
  }

  jdbc({ url, table, properties }: JdbcTarget, options: ActionOptions = {}): Promise<void> {
    return this.format('jdbc')
      .options({ ...properties, url, dbtable: table })
      .#run(undefined, options)
  }

  save(path: string, options: ActionOptions = {}): Promise<void> {
    return this.#run({ path }, options)
  }

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
