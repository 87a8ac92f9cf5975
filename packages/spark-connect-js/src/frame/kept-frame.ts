import * as analysis from '../plan/analysis.ts'
import { checkpoint, commandPlan, createView, type CheckpointParts, type ViewParts } from '../plan/command.ts'
import { cachedRemoteRelation, subqueryAlias } from '../plan/relation.ts'
import { columnsOf, type ColumnsOf } from './columns.ts'
import type { BooleanColumn } from '../column/column.ts'
import type { Schema } from '../types/data-type.ts'
import type { DataFrame } from './data-frame.ts'
import { AnalyzedQuery } from './analyzed-query.ts'
import { DataStreamWriter } from './data-stream-writer.ts'
import type { ActionOptions } from './executor.ts'
import { MergeIntoWriter } from './merge-into-writer.ts'
import { StorageLevel } from './storage-level.ts'
import { DataFrameWriterV2 } from './table-writer.ts'
import { DataFrameWriter } from './writer.ts'

export interface PersistOptions extends ActionOptions {
  /** Where the rows are kept: in memory, and on disk where that does not suffice, unless said. */
  readonly storageLevel?: StorageLevel
}

export interface CheckpointOptions extends ActionOptions {
  /** Whether the rows are computed at once; true unless said. */
  readonly eager?: boolean
  /** Of a local checkpoint: where the executors keep the rows. */
  readonly storageLevel?: StorageLevel
}

/** A table to merge into. */
export interface MergeTarget<T extends Schema> {
  readonly name: string
  readonly schema: T
}

/** What makes rows stay: on the server, under a name, or in a table. */
export abstract class KeptFrame<C extends Schema> extends AnalyzedQuery<C> {
  /**
   * Keeps the rows on the server once they have been computed.
   * @example await spark.range(9n).persist().then((kept) => kept.isCached()) // => true
   */
  async persist({ storageLevel = IN_MEMORY, ...options }: PersistOptions = {}): Promise<this> {
    await this.executor.analyze(analysis.persist(this.relation, storageLevel), options)
    return this
  }

  /**
   * `persist` at the usual level.
   * @example await spark.range(8n).cache().then((kept) => kept.isCached()) // => true
   */
  cache(options: ActionOptions = {}): Promise<this> {
    return this.persist(options)
  }

  /**
   * Lets the rows go.
   * @param blocking whether to wait until they are gone.
   * @example await spark.range(7n).unpersist().then((frame) => frame.isCached()) // => false
   */
  async unpersist(blocking: boolean = false, options: ActionOptions = {}): Promise<this> {
    await this.executor.analyze(analysis.unpersist(this.relation, blocking), options)
    return this
  }

  /**
   * Writes the rows to the server's checkpoint folder and forgets how they were made. The server keeps them until
   * the session ends. Since Spark 4.0.
   * @throws SparkConnectError where the server has no `spark.checkpoint.dir`
   * @example async () => spark.range(2n).checkpoint({ eager: false }) // a function that checkpoints
   */
  checkpoint<S extends Schema>(
    this: DataFrame<S>,
    { eager = true, ...options }: Omit<CheckpointOptions, 'storageLevel'> = {},
  ): Promise<DataFrame<S>> {
    return this.#checkpointed({ local: false, eager }, options)
  }

  /**
   * `checkpoint` on the executors: faster, and lost with them. Since Spark 4.0.
   * @example await spark.range(2n).localCheckpoint().then((frame) => frame.collect()) // => [{ id: 0n }, { id: 1n }]
   */
  localCheckpoint<S extends Schema>(
    this: DataFrame<S>,
    { eager = true, storageLevel, ...options }: CheckpointOptions = {},
  ): Promise<DataFrame<S>> {
    return this.#checkpointed({ local: true, eager, storageLevel }, options)
  }

  /**
   * A name for the plan in the session's SQL.
   * @throws SparkConnectError if there is a view of that name
   * @example await spark.range(1n).createTempView('one_row') // => undefined
   */
  createTempView(name: string, options: ActionOptions = {}): Promise<void> {
    return this.#view({ name, isGlobal: false, replace: false }, options)
  }

  /**
   * A name for the plan in the session's SQL, whatever it meant before.
   * @example await spark.range(1n).createOrReplaceTempView('rows') // => undefined
   */
  createOrReplaceTempView(name: string, options: ActionOptions = {}): Promise<void> {
    return this.#view({ name, isGlobal: false, replace: true }, options)
  }

  /**
   * A name for the plan in the SQL of all sessions of the server: `global_temp.name`.
   * @throws SparkConnectError if there is a view of that name
   * @example async () => spark.range(1n).createGlobalTempView('shared') // a function that makes a view
   */
  createGlobalTempView(name: string, options: ActionOptions = {}): Promise<void> {
    return this.#view({ name, isGlobal: true, replace: false }, options)
  }

  /**
   * A name for the plan in the SQL of all sessions, whatever it meant before: `global_temp.name`.
   * @example await spark.range(1n).createOrReplaceGlobalTempView('shared_rows') // => undefined
   */
  createOrReplaceGlobalTempView(name: string, options: ActionOptions = {}): Promise<void> {
    return this.#view({ name, isGlobal: true, replace: true }, options)
  }

  /**
   * Writes the rows of a stream as they come.
   * @example await spark.readStream.format('rate').load().writeStream.format('noop').start().then((query) => query.stop()) // => undefined
   */
  get writeStream(): DataStreamWriter {
    return new DataStreamWriter(this.relation, this.executor)
  }

  /**
   * Writes the rows to files, or to a table.
   * @example await spark.range(2n).write.format('noop').mode('overwrite').save() // => undefined
   */
  get write(): DataFrameWriter {
    return new DataFrameWriter(this.relation, this.executor)
  }

  /**
   * Writes the rows to a table of a catalog, with the sources of version 2.
   * @example async () => spark.range(2n).writeTo('catalog.rows').append() // a function that writes
   */
  writeTo<S extends Schema>(this: DataFrame<S>, table: string): DataFrameWriterV2<S> {
    return new DataFrameWriterV2({ relation: this.relation, executor: this.executor, table })
  }

  /**
   * Merges the rows into a table, given by name, or by name and schema: without, the compiler takes your word for its
   * columns. The table's source must support row-level operations. Since Spark 4.0.
   * @example async () => spark.range(2n).mergeInto({ name: 'rows', schema: schema({ id: t.long }) }, (target, source) => target.id.eq(source.id)).whenNotMatched().insertAll().merge() // a function that writes
   */
  mergeInto<S extends Schema, T extends Schema = Schema>(
    this: DataFrame<S>,
    table: string | MergeTarget<T>,
    condition: (target: ColumnsOf<T>, source: ColumnsOf<S>) => BooleanColumn,
  ): MergeIntoWriter<T, S> {
    const name = typeof table === 'string' ? table : table.name
    const [target, source] = [columnsOf<T>(...name.split('.')), columnsOf<S>(MERGE_SOURCE)]
    return new MergeIntoWriter({
      relation: subqueryAlias(this.relation, MERGE_SOURCE),
      executor: this.executor,
      table: name,
      target,
      source,
      condition: condition(target, source).expression,
    })
  }

  async #checkpointed<S extends Schema>(
    this: DataFrame<S>,
    parts: CheckpointParts,
    options: ActionOptions,
  ): Promise<DataFrame<S>> {
    const id = await this.executor.checkpoint(commandPlan(checkpoint(this.relation, parts)), options)
    return this.derive(cachedRemoteRelation(id))
  }

  async #view(parts: ViewParts, options: ActionOptions): Promise<void> {
    const command = commandPlan(createView(this.relation, parts))
    for await (const _ of this.executor.execute(command, options));
  }
}

const MERGE_SOURCE = '__source'
const IN_MEMORY = StorageLevel.MEMORY_AND_DISK_DESER
