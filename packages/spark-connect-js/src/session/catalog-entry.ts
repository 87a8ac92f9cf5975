import type { Schema } from '../types/data-type.ts'

/** A catalog, such as `spark_catalog`. */
export interface CatalogMetadata {
  readonly name: string
  readonly description: string | null
}

/** A database of a catalog. Spark also calls it a schema or namespace. */
export interface Database {
  readonly name: string
  readonly catalog: string | null
  readonly description: string | null
  readonly locationUri: string
}

/** A table or view. */
export interface Table {
  readonly name: string
  /** Null for a temporary view. */
  readonly catalog: string | null
  /** The databases that it is in, outermost first. */
  readonly namespace: readonly string[] | null
  readonly description: string | null
  /** `MANAGED`, `EXTERNAL`, `VIEW` or `TEMPORARY`. */
  readonly tableType: string
  readonly isTemporary: boolean
}

/** A column of a table or view. */
export interface ColumnMetadata {
  readonly name: string
  readonly description: string | null
  /** In Spark's DDL. */
  readonly dataType: string
  readonly nullable: boolean
  readonly isPartition: boolean
  readonly isBucket: boolean
  /** Not said by servers before 4.0. */
  readonly isCluster?: boolean
}

/** A function that queries can call. */
export interface FunctionMetadata {
  readonly name: string
  readonly catalog: string | null
  readonly namespace: readonly string[] | null
  readonly description: string | null
  readonly className: string
  readonly isTemporary: boolean
}

/** What a new table is made of; everything may be left to the server. */
export interface NewTable<S extends Schema> {
  /** Where its files are, or are to be. */
  readonly path?: string
  /** The format of its files; the server's `spark.sql.sources.default` unless said. */
  readonly source?: string
  readonly schema?: S
  readonly description?: string
  readonly options?: Readonly<Record<string, string>>
}

/** Where the server keeps rows, and in how many copies. */
export interface StorageLevelParts {
  readonly useDisk: boolean
  readonly useMemory: boolean
  readonly useOffHeap: boolean
  readonly deserialized: boolean
  readonly replication: number
}
