import { readDataSource, readTable } from '../plan/relation.ts'
import { schemaDdl } from '../types/ddl.ts'
import type { Schema } from '../types/data-type.ts'
import type { AllNullable } from '../types/value.ts'
import type { TextLine } from './column-frame.ts'
import { DataFrame } from './data-frame.ts'
import type { Executor } from './executor.ts'

/** Rows of a table of a database, read in one partition unless said. */
export interface JdbcSource {
  readonly url: string
  readonly table: string
  /** Connection properties: `user`, `password`, `driver` and the driver's own. */
  readonly properties?: Readonly<Record<string, string>>
  /** Reads ranges of a numeric, date or timestamp column side by side. Rows beyond the bounds are read too. */
  readonly partitioned?: {
    readonly column: string
    readonly lowerBound: string | number | bigint
    readonly upperBound: string | number | bigint
    readonly numPartitions: number
  }
  /** Conditions in the database's SQL, a partition each. */
  readonly predicates?: readonly string[]
}

interface ReadSettings {
  readonly format?: string
  readonly options: Readonly<Record<string, string>>
}

/** Options as Python would have them: numbers and booleans stand for their texts. */
export type ReadOptions = Readonly<Record<string, string | number | boolean>>

/** Reads frames from files and tables. Immutable: each setting gives a new reader. */
export class DataFrameReader<S extends Schema> {
  readonly #executor: Executor
  readonly #schema: S | undefined
  readonly #settings: ReadSettings

  constructor(executor: Executor, columns?: S, settings: ReadSettings = { options: {} }) {
    this.#executor = executor
    this.#schema = columns
    this.#settings = settings
  }

  /**
   * The columns to read. Files promise nothing, so every column comes back nullable.
   * @example await spark.read.schema(schema({ id: t.long })).json('/lake/rows').relation.relType.case // => 'read'
   */
  schema<T extends Schema>(columns: T): DataFrameReader<T> {
    return new DataFrameReader(this.#executor, columns, this.#settings)
  }

  /**
   * The source that `load` reads: `parquet`, `json`, `jdbc` or the name of another.
   * @example await spark.read.format('json').load('/lake/rows').relation.relType.case // => 'read'
   */
  format(format: string): DataFrameReader<S> {
    return new DataFrameReader(this.#executor, this.#schema, { ...this.#settings, format })
  }

  /**
   * A setting of the source.
   * @example await spark.read.option('header', true).csv('/lake/rows').relation.relType.case // => 'read'
   */
  option(key: string, value: string | number | boolean): DataFrameReader<S> {
    return this.options({ [key]: value })
  }

  /**
   * Settings of the source.
   * @example await spark.read.options({ header: true, sep: ';' }).csv('/lake/rows').relation.relType.case // => 'read'
   */
  options(options: ReadOptions): DataFrameReader<S> {
    const texts = Object.fromEntries(Object.entries(options).map(([key, value]) => [key, String(value)]))
    const merged = { ...this.#settings.options, ...texts }
    return new DataFrameReader(this.#executor, this.#schema, { ...this.#settings, options: merged })
  }

  /**
   * Files of JSON, a value a line.
   * @example await spark.read.json('/lake/rows.json', '/lake/more.json').relation.relType.case // => 'read'
   */
  json(...paths: readonly string[]): DataFrame<AllNullable<S>> {
    return this.format('json').load(...paths)
  }

  /**
   * Files of Parquet.
   * @example await spark.read.parquet('/lake/rows').relation.relType.case // => 'read'
   */
  parquet(...paths: readonly string[]): DataFrame<AllNullable<S>> {
    return this.format('parquet').load(...paths)
  }

  /**
   * Files of comma-separated values; `option('header', true)` where the first line names the columns.
   * @example await spark.read.schema(schema({ id: t.long })).csv('/lake/rows.csv').relation.relType.case // => 'read'
   */
  csv(...paths: readonly string[]): DataFrame<AllNullable<S>> {
    return this.format('csv').load(...paths)
  }

  /**
   * Files of ORC.
   * @example await spark.read.orc('/lake/rows').relation.relType.case // => 'read'
   */
  orc(...paths: readonly string[]): DataFrame<AllNullable<S>> {
    return this.format('orc').load(...paths)
  }

  /**
   * Files of XML; `option('rowTag', name)` says which element is a row. Since Spark 4.0.
   * @example await spark.read.option('rowTag', 'row').xml('/lake/rows.xml').relation.relType.case // => 'read'
   */
  xml(...paths: readonly string[]): DataFrame<AllNullable<S>> {
    return this.format('xml').load(...paths)
  }

  /**
   * One row a line, in the column `value`.
   * @example await spark.read.text('/lake/lines.txt').relation.relType.case // => 'read'
   */
  text(...paths: readonly string[]): DataFrame<TextLine> {
    const lines = new DataFrameReader(this.#executor, undefined, this.#settings)
    return new DataFrame(lines.format('text').load(...paths).relation, this.#executor)
  }

  /**
   * A table of a database.
   * @throws TypeError for both `partitioned` and `predicates`
   * @example await spark.read.jdbc({ url: 'jdbc:mysql://host/db', table: 'author', predicates: ['id < 9', 'id >= 9'] }).relation.relType.case // => 'read'
   */
  jdbc({ url, table, properties = {}, partitioned, predicates }: JdbcSource): DataFrame<AllNullable<S>> {
    if (partitioned && predicates) {
      throw new TypeError('a table is partitioned by ranges of a column or by predicates, not by both')
    }
    const { column, ...bounds } = partitioned ?? {}
    const reader = this.format('jdbc').options({
      ...properties,
      url,
      dbtable: table,
      ...(column !== undefined && { partitionColumn: column }),
      ...Object.fromEntries(Object.entries(bounds).map(([key, bound]) => [key, String(bound)])),
    })
    return reader.#load({ paths: [], ...(predicates && { predicates }) })
  }

  /**
   * Whatever the format, or the server's default format, finds at the paths.
   * @example await spark.read.load('/lake/rows').relation.relType.case // => 'read'
   */
  load(...paths: readonly string[]): DataFrame<AllNullable<S>> {
    return this.#load({ paths })
  }

  /**
   * A table or view, by its name in SQL. The compiler takes your word for its columns; `as` checks it.
   * @example await spark.read.table('author').relation.relType.case // => 'read'
   */
  table(name: string): DataFrame<AllNullable<S>> {
    return new DataFrame(readTable(name, this.#settings.options), this.#executor)
  }

  #load(source: {
    readonly paths: readonly string[]
    readonly predicates?: readonly string[]
  }): DataFrame<AllNullable<S>> {
    const schema = this.#schema && schemaDdl(asNullable(this.#schema))
    const relation = readDataSource({ ...source, ...this.#settings, ...(schema !== undefined && { schema }) })
    return new DataFrame(relation, this.#executor)
  }
}

const asNullable = (columns: Schema): Schema =>
  Object.fromEntries(Object.entries(columns).map(([name, type]) => [name, type.nullable]))
