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

  /** The columns to read. Files promise nothing, so every column comes back nullable. */
  schema<T extends Schema>(columns: T): DataFrameReader<T> {
    return new DataFrameReader(this.#executor, columns, this.#options)
  }

  options(options: Readonly<Record<string, string>>): DataFrameReader<S> {
    return new DataFrameReader(this.#executor, this.#schema, { ...this.#options, ...options })
  }

  json(...paths: readonly string[]): DataFrame<AllNullable<S>> {
    return this.load('json', paths)
  }

  parquet(...paths: readonly string[]): DataFrame<AllNullable<S>> {
    return this.load('parquet', paths)
  }

  /** One row a line, in the column `value`. */
  text(...paths: readonly string[]): DataFrame<typeof TextLine> {
    const { relation } = new DataFrameReader(this.#executor, undefined, this.#options).load('text', paths)
    return new DataFrame(relation, this.#executor)
  }

  load(format: string, paths: readonly string[] = []): DataFrame<AllNullable<S>> {
    const source = { format, options: this.#options, paths }
    const relation = readDataSource(
      this.#schema ? { ...source, schema: schemaDdl(asNullable(this.#schema)) } : source,
    )
    return new DataFrame(relation, this.#executor)
  }

  table(name: string): DataFrame<AllNullable<S>> {
    return new DataFrame(readTable(name), this.#executor)
  }
}

const asNullable = (columns: Schema): Schema =>
  Object.fromEntries(Object.entries(columns).map(([name, type]) => [name, type.nullable]))
