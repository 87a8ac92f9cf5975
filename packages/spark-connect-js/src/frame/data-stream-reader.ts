import { streamDataSource, streamTable } from '../plan/streaming.ts'
import { schema, t, type Schema } from '../types/data-type.ts'
import { schemaDdl } from '../types/ddl.ts'
import type { AllNullable } from '../types/value.ts'
import { DataFrame } from './data-frame.ts'
import type { Executor } from './executor.ts'
import { optionTexts, type Options, type OptionValue } from './source-options.ts'

const TextLine = schema({ value: t.string.nullable })

interface StreamReaderParts<S extends Schema> {
  readonly source?: string
  readonly columns?: S
  readonly options: Readonly<Record<string, string>>
}

/** Reads frames whose rows keep coming. Immutable: each setting gives a new reader. */
export class DataStreamReader<S extends Schema> {
  readonly #executor: Executor
  readonly #parts: StreamReaderParts<S>

  constructor(executor: Executor, parts: StreamReaderParts<S> = { options: {} }) {
    this.#executor = executor
    this.#parts = parts
  }

  /**
   * Where rows come from: `rate`, `kafka`, `socket`, or a format of files.
   * @example await spark.readStream.format('rate').load().schema().then((columns) => Object.keys(columns)) // => ['timestamp', 'value']
   */
  format(source: string): DataStreamReader<S> {
    return new DataStreamReader(this.#executor, { ...this.#parts, source })
  }

  /**
   * The columns to read, which files in a stream must be told. They promise nothing: every column comes back nullable.
   * @example await spark.readStream.schema(schema({ id: t.long })).json(folder).schema() // => schema({ id: t.long.nullable })
   */
  schema<T extends Schema>(columns: T): DataStreamReader<T> {
    return new DataStreamReader(this.#executor, { ...this.#parts, columns })
  }

  /**
   * One setting of the source.
   * @example await spark.readStream.format('rate').option('rowsPerSecond', 5).load().schema().then((columns) => Object.keys(columns)) // => ['timestamp', 'value']
   */
  option(key: string, value: OptionValue): DataStreamReader<S> {
    return this.options({ [key]: value })
  }

  /**
   * Settings of the source.
   * @example await spark.readStream.format('rate').options({ rowsPerSecond: 5, numPartitions: 1 }).load().schema().then((columns) => Object.keys(columns)) // => ['timestamp', 'value']
   */
  options(options: Options): DataStreamReader<S> {
    return new DataStreamReader(this.#executor, {
      ...this.#parts,
      options: { ...this.#parts.options, ...optionTexts(options) },
    })
  }

  /**
   * The stream, from a path if the source has one.
   * @example await spark.readStream.format('rate').load().schema().then((columns) => Object.keys(columns)) // => ['timestamp', 'value']
   */
  load(path?: string): DataFrame<AllNullable<S>> {
    const { source, columns, options } = this.#parts
    const nullable = columns && Object.entries(columns).map(([name, type]) => [name, type.nullable] as const)
    const relation = streamDataSource({
      format: source ?? 'parquet',
      options,
      paths: path === undefined ? [] : [path],
      ...(nullable && { schema: schemaDdl(Object.fromEntries(nullable)) }),
    })
    return new DataFrame(relation, this.#executor)
  }

  /**
   * JSON, one record a line, of every file that comes into a folder.
   * @example await spark.readStream.schema(schema({ id: t.long })).json(folder).schema() // => schema({ id: t.long.nullable })
   */
  json(path: string, options: Options = {}): DataFrame<AllNullable<S>> {
    return this.format('json').options(options).load(path)
  }

  /**
   * CSV of every file that comes into a folder.
   * @example await spark.readStream.schema(schema({ id: t.long })).csv(folder, { header: true }).schema() // => schema({ id: t.long.nullable })
   */
  csv(path: string, options: Options = {}): DataFrame<AllNullable<S>> {
    return this.format('csv').options(options).load(path)
  }

  /**
   * Parquet of every file that comes into a folder.
   * @example await spark.readStream.schema(schema({ id: t.long })).parquet(folder).schema() // => schema({ id: t.long.nullable })
   */
  parquet(path: string, options: Options = {}): DataFrame<AllNullable<S>> {
    return this.format('parquet').options(options).load(path)
  }

  /**
   * ORC of every file that comes into a folder.
   * @example await spark.readStream.schema(schema({ id: t.long })).orc(folder).schema() // => schema({ id: t.long.nullable })
   */
  orc(path: string, options: Options = {}): DataFrame<AllNullable<S>> {
    return this.format('orc').options(options).load(path)
  }

  /**
   * XML of every file that comes into a folder; `rowTag` names the element that is a row. Needs Spark 4.0.
   * @example await spark.readStream.schema(schema({ id: t.long })).xml(folder, { rowTag: 'row' }).schema() // => schema({ id: t.long.nullable })
   */
  xml(path: string, options: Options = {}): DataFrame<AllNullable<S>> {
    return this.format('xml').options(options).load(path)
  }

  /**
   * The lines of every file that comes into a folder, in the column `value`.
   * @example await spark.readStream.text(folder).schema() // => schema({ value: t.string.nullable })
   */
  text(path: string, options: Options = {}): DataFrame<typeof TextLine> {
    const { relation } = this.format('text').options(options).load(path)
    return new DataFrame(relation, this.#executor)
  }

  /**
   * The rows that come into a table.
   * @throws SparkConnectError TABLE_OR_VIEW_NOT_FOUND as soon as it is asked for rows or its schema.
   * @example await spark.sql('create table if not exists inbox (id long) using parquet').collect().then(() => spark.readStream.table('inbox').schema()) // => schema({ id: t.long.nullable })
   */
  table(tableName: string): DataFrame<AllNullable<S>> {
    return new DataFrame(streamTable(tableName, this.#parts.options), this.#executor)
  }
}
