import { readDataSource, readTable } from '../plan/relation.ts'
import { schemaDdl } from '../types/ddl.ts'
import { schema, t, type Schema } from '../types/data-type.ts'
import type { AllNullable } from '../types/value.ts'
import { DataFrame } from './data-frame.ts'
import type { Executor } from './executor.ts'

const TextLine = schema({ value: t.string })

/** Reads frames from files and tables. Immutable: each setting gives a new reader. */
export class DataFrameReader<S extends Schema> {
  readonly #executor: Executor
  readonly #schema: S | undefined
  readonly #options: Readonly<Record<string, string>>

  constructor(executor: Executor, columns?: S, options: Readonly<Record<string, string>> = {}) {
    this.#executor = executor
    this.#schema = columns
    this.#options = options
  }

  /**
   * The columns to read. Files promise nothing, so every column comes back nullable.
   * @example await spark.range(0n, 3n).write.mode('overwrite').json(`${folder}/declared`).then(() => spark.read.schema({ id: t.integer }).json(`${folder}/declared`).count()) // => 3n
   */
  schema<T extends Schema>(columns: T): DataFrameReader<T> {
    return new DataFrameReader(this.#executor, columns, this.#options)
  }

  /**
   * Settings of the format, by name.
   * @example await spark.range(0n, 1n).write.mode('overwrite').options({ header: 'true' }).format('csv').save(`${folder}/headed`).then(() => spark.read.options({ header: 'true' }).load('csv', [`${folder}/headed`]).collect()) // => [{ id: '0' }]
   */
  options(options: Readonly<Record<string, string>>): DataFrameReader<S> {
    return new DataFrameReader(this.#executor, this.#schema, { ...this.#options, ...options })
  }

  /**
   * Reads JSON, a record a line.
   * @example await spark.range(0n, 3n).write.mode('overwrite').json(`${folder}/json`).then(() => spark.read.schema({ id: t.long }).json(`${folder}/json`).count()) // => 3n
   */
  json(...paths: readonly string[]): DataFrame<AllNullable<S>> {
    return this.load('json', paths)
  }

  /**
   * Reads Parquet.
   * @example await spark.range(0n, 3n).write.mode('overwrite').parquet(`${folder}/parquet`).then(() => spark.read.parquet(`${folder}/parquet`).count()) // => 3n
   */
  parquet(...paths: readonly string[]): DataFrame<AllNullable<S>> {
    return this.load('parquet', paths)
  }

  /**
   * One row a line, in the column `value`.
   * @example await spark.range(0n, 1n).select(() => ({ value: 'a line' })).write.mode('overwrite').format('text').save(`${folder}/text`).then(() => spark.read.text(`${folder}/text`).collect()) // => [{ value: 'a line' }]
   */
  text(...paths: readonly string[]): DataFrame<typeof TextLine> {
    const { relation } = new DataFrameReader(this.#executor, undefined, this.#options).load('text', paths)
    return new DataFrame(relation, this.#executor)
  }

  /**
   * Reads a format by its name.
   * @example await spark.range(0n, 3n).write.mode('overwrite').format('orc').save(`${folder}/orc`).then(() => spark.read.load('orc', [`${folder}/orc`]).count()) // => 3n
   */
  load(format: string, paths: readonly string[] = []): DataFrame<AllNullable<S>> {
    const source = { format, options: this.#options, paths }
    const relation = readDataSource(
      this.#schema ? { ...source, schema: schemaDdl(asNullable(this.#schema)) } : source,
    )
    return new DataFrame(relation, this.#executor)
  }

  /**
   * Reads a table or view.
   * @example await spark.range(0n, 3n).createOrReplaceTempView('numbers').then(() => spark.read.table('numbers').count()) // => 3n
   */
  table(name: string): DataFrame<AllNullable<S>> {
    return new DataFrame(readTable(name), this.#executor)
  }
}

const asNullable = (columns: Schema): Schema =>
  Object.fromEntries(Object.entries(columns).map(([name, type]) => [name, type.nullable]))
