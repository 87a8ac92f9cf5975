import { DataFrame } from '../frame/data-frame.ts'
import type { ActionOptions, Executor } from '../frame/executor.ts'
import { catalogRelation, type CatalogOperation } from '../plan/catalog.ts'
import { readTable } from '../plan/relation.ts'
import type { Schema } from '../types/data-type.ts'
import { toProtoType } from '../types/proto.ts'
import { t } from '../types/data-type.ts'
import { SparkConnectError } from '../wire/error.ts'
import type {
  CatalogMetadata,
  ColumnMetadata,
  Database,
  FunctionMetadata,
  NewTable,
  StorageLevelParts,
  Table,
} from './catalog-entry.ts'

/**
 * What the server knows by name: catalogs, databases, tables, views, functions, and what it keeps in memory.
 * A name may be qualified: `database.table`, `catalog.database.table`. In a pattern `*` stands for any characters
 * and `|` for or.
 */
export class Catalog {
  readonly #executor: Executor

  constructor(executor: Executor) {
    this.#executor = executor
  }

  /**
   * The catalog in which a name without one is looked up.
   * @example await spark.catalog.currentCatalog() // => 'spark_catalog'
   */
  currentCatalog(): Promise<string> {
    return this.#value({ case: 'currentCatalog', value: {} })
  }

  /**
   * Changes the catalog in which the session looks up names.
   * @throws SparkConnectError if there is no such catalog.
   * @example await spark.catalog.setCurrentCatalog('spark_catalog') // => undefined
   */
  setCurrentCatalog(catalogName: string): Promise<void> {
    return this.#run({ case: 'setCurrentCatalog', value: { catalogName } })
  }

  /**
   * The catalogs that the session has used, or those that match a pattern.
   * @example await spark.catalog.listCatalogs('spark*') // => [{ name: 'spark_catalog', description: null }]
   */
  listCatalogs(pattern?: string): Promise<CatalogMetadata[]> {
    return this.#rows({ case: 'listCatalogs', value: { ...(pattern !== undefined && { pattern }) } })
  }

  /**
   * The database in which a name without one is looked up.
   * @example await spark.catalog.currentDatabase() // => 'default'
   */
  currentDatabase(): Promise<string> {
    return this.#value({ case: 'currentDatabase', value: {} })
  }

  /**
   * Changes the database in which the session looks up names.
   * @throws SparkConnectError SCHEMA_NOT_FOUND if there is none of that name.
   * @example await spark.catalog.setCurrentDatabase('default') // => undefined
   */
  setCurrentDatabase(dbName: string): Promise<void> {
    return this.#run({ case: 'setCurrentDatabase', value: { dbName } })
  }

  /**
   * The databases of the current catalog, or those that match a pattern.
   * @example await spark.catalog.listDatabases('no_such_*') // => []
   */
  listDatabases(pattern?: string): Promise<Database[]> {
    return this.#rows({ case: 'listDatabases', value: { ...(pattern !== undefined && { pattern }) } })
  }

  /**
   * What is known of a database.
   * @throws SparkConnectError SCHEMA_NOT_FOUND if there is none of that name.
   * @example (await spark.catalog.getDatabase('default')).name // => 'default'
   */
  getDatabase(dbName: string): Promise<Database> {
    return this.#row({ case: 'getDatabase', value: { dbName } })
  }

  /**
   * Whether there is a database of that name.
   * @example await spark.catalog.databaseExists('no_such_database') // => false
   */
  databaseExists(dbName: string): Promise<boolean> {
    return this.#value({ case: 'databaseExists', value: { dbName } })
  }

  /**
   * The tables and views of a database, the current one unless another is named; temporary views are always among them.
   * @throws SparkConnectError SCHEMA_NOT_FOUND if there is no such database.
   * @example await spark.catalog.listTables('default', 'no_such_*') // => []
   */
  listTables(dbName?: string, pattern?: string): Promise<Table[]> {
    return this.#rows({ case: 'listTables', value: within(dbName, pattern) })
  }

  /**
   * What is known of a table or view.
   * @throws SparkConnectError TABLE_OR_VIEW_NOT_FOUND if there is none of that name.
   * @example await spark.sql('create or replace temp view seen as select 1 as n').collect().then(() => spark.catalog.getTable('seen')).then((table) => table.tableType) // => 'TEMPORARY'
   */
  getTable(tableName: string): Promise<Table> {
    return this.#row({ case: 'getTable', value: { tableName } })
  }

  /**
   * Whether there is a table or view of that name; a database may be named apart.
   * @example await spark.catalog.tableExists('no_such_table') // => false
   */
  tableExists(tableName: string, dbName?: string): Promise<boolean> {
    return this.#value({ case: 'tableExists', value: { tableName, ...within(dbName) } })
  }

  /**
   * The columns of a table or view; a database may be named apart.
   * @throws SparkConnectError TABLE_OR_VIEW_NOT_FOUND if there is no such table.
   * @example await spark.sql('create or replace temp view seen as select 1 as n').collect().then(() => spark.catalog.listColumns('seen')).then((columns) => columns.map(({ name, dataType }) => `${name} ${dataType}`)) // => ['n int']
   */
  listColumns(tableName: string, dbName?: string): Promise<ColumnMetadata[]> {
    return this.#rows({ case: 'listColumns', value: { tableName, ...within(dbName) } })
  }

  /**
   * The functions that a query can call in a database, Spark's own included.
   * @example (await spark.catalog.listFunctions('default', 'upper')).map(({ name }) => name) // => ['upper']
   */
  listFunctions(dbName?: string, pattern?: string): Promise<FunctionMetadata[]> {
    return this.#rows({ case: 'listFunctions', value: within(dbName, pattern) })
  }

  /**
   * What is known of a function.
   * @throws SparkConnectError UNRESOLVED_ROUTINE if there is none of that name.
   * @example (await spark.catalog.getFunction('upper')).isTemporary // => true
   */
  getFunction(functionName: string): Promise<FunctionMetadata> {
    return this.#row({ case: 'getFunction', value: { functionName } })
  }

  /**
   * Whether there is a function of that name; a database may be named apart.
   * @example await spark.catalog.functionExists('upper') // => true
   */
  functionExists(functionName: string, dbName?: string): Promise<boolean> {
    return this.#value({ case: 'functionExists', value: { functionName, ...within(dbName) } })
  }

  /**
   * Makes a table: over the files of `path` if one is given, else an empty one that the server keeps. Its columns are
   * those of `schema`, else those that Spark finds in the files.
   * @throws SparkConnectError TABLE_OR_VIEW_ALREADY_EXISTS if there is one of that name.
   * @example await spark.catalog.createTable('made', { source: 'parquet', schema: schema({ id: t.long }) }).then((made) => made.count()) // => 0n
   */
  async createTable<S extends Schema = Schema>(
    tableName: string,
    table: NewTable<S> & ActionOptions = {},
  ): Promise<DataFrame<S>> {
    const { path, source, schema, description, options, ...action } = table
    await this.#run(
      {
        case: 'createTable',
        value: {
          tableName,
          ...(path !== undefined && { path }),
          ...(source !== undefined && { source }),
          ...(description !== undefined && { description }),
          ...(schema && { schema: toProtoType(t.struct(schema)) }),
          options: { ...options },
        },
      },
      action,
    )
    return new DataFrame<S>(readTable(tableName), this.#executor)
  }

  /**
   * As `createTable`, for files that are there already: Spark's older name of it.
   * @throws SparkConnectError TABLE_OR_VIEW_ALREADY_EXISTS if there is one of that name.
   * @example await spark.catalog.createExternalTable('words', { path: `${folder}/words.txt`, source: 'text' }).then((words) => words.limit(1).collect()) // => [{ value: 'one two' }]
   */
  createExternalTable<S extends Schema = Schema>(
    tableName: string,
    table: Omit<NewTable<S>, 'description'> & ActionOptions = {},
  ): Promise<DataFrame<S>> {
    return this.createTable(tableName, table)
  }

  /**
   * Forgets a temporary view of this session; false if there was none.
   * @example await spark.catalog.dropTempView('no_such_view') // => false
   */
  dropTempView(viewName: string): Promise<boolean> {
    return this.#value({ case: 'dropTempView', value: { viewName } })
  }

  /**
   * Forgets a temporary view of all sessions, named without its database `global_temp`; false if there was none.
   * @example await spark.catalog.dropGlobalTempView('no_such_view') // => false
   */
  dropGlobalTempView(viewName: string): Promise<boolean> {
    return this.#value({ case: 'dropGlobalTempView', value: { viewName } })
  }

  /**
   * Whether the server keeps the rows of a table or view.
   * @throws SparkConnectError TABLE_OR_VIEW_NOT_FOUND if there is no such table.
   * @example await spark.sql('create or replace temp view seen as select 1 as n').collect().then(() => spark.catalog.isCached('seen')) // => false
   */
  isCached(tableName: string): Promise<boolean> {
    return this.#value({ case: 'isCached', value: { tableName } })
  }

  /**
   * Keeps the rows of a table or view once they have been computed, in memory and on disk unless told otherwise.
   * @throws SparkConnectError TABLE_OR_VIEW_NOT_FOUND if there is no such table.
   * @example await spark.sql('create or replace temp view kept as select 2 as n').collect().then(() => spark.catalog.cacheTable('kept')) // => undefined
   */
  cacheTable(tableName: string, storageLevel?: StorageLevelParts): Promise<void> {
    return this.#run({ case: 'cacheTable', value: { tableName, ...(storageLevel && { storageLevel }) } })
  }

  /**
   * Lets go of the rows of a table or view.
   * @throws SparkConnectError TABLE_OR_VIEW_NOT_FOUND if there is no such table.
   * @example await spark.sql('create or replace temp view kept as select 2 as n').collect().then(() => spark.catalog.uncacheTable('kept')) // => undefined
   */
  uncacheTable(tableName: string): Promise<void> {
    return this.#run({ case: 'uncacheTable', value: { tableName } })
  }

  /**
   * Lets go of all rows that the server keeps, those of other sessions included.
   * @example await spark.catalog.clearCache() // => undefined
   */
  clearCache(): Promise<void> {
    return this.#run({ case: 'clearCache', value: {} })
  }

  /**
   * Forgets what is known of a table's files, and the rows that are kept of it: something else changed them.
   * @throws SparkConnectError TABLE_OR_VIEW_NOT_FOUND if there is no such table.
   * @example await spark.sql('create or replace temp view seen as select 1 as n').collect().then(() => spark.catalog.refreshTable('seen')) // => undefined
   */
  refreshTable(tableName: string): Promise<void> {
    return this.#run({ case: 'refreshTable', value: { tableName } })
  }

  /**
   * The same for everything that was read from below a path.
   * @example await spark.catalog.refreshByPath('/no/such/folder') // => undefined
   */
  refreshByPath(path: string): Promise<void> {
    return this.#run({ case: 'refreshByPath', value: { path } })
  }

  /**
   * Looks for new partitions among the files of a partitioned table.
   * @throws SparkConnectError if the table has no partitions.
   * @example await spark.sql('create table if not exists by_day (id long, day date) using parquet partitioned by (day)').collect().then(() => spark.catalog.recoverPartitions('by_day')) // => undefined
   */
  recoverPartitions(tableName: string): Promise<void> {
    return this.#run({ case: 'recoverPartitions', value: { tableName } })
  }

  async #rows<R>(operation: CatalogOperation, options: ActionOptions = {}): Promise<R[]> {
    const rows = await new DataFrame<Schema>(catalogRelation(operation), this.#executor).collect(options)
    return rows as R[]
  }

  async #row<R>(operation: CatalogOperation): Promise<R> {
    const [row] = await this.#rows<R>(operation)
    if (row === undefined) {
      throw new SparkConnectError(`the server sent nothing for ${operation.case}`, { code: 'INTERNAL' })
    }
    return row
  }

  /** The one value of the one row. */
  async #value<V>(operation: CatalogOperation): Promise<V> {
    return Object.values(await this.#row<Readonly<Record<string, V>>>(operation))[0]!
  }

  async #run(operation: CatalogOperation, options: ActionOptions = {}): Promise<void> {
    await this.#rows(operation, options)
  }
}

const within = (dbName: string | undefined, pattern?: string) => ({
  ...(dbName !== undefined && { dbName }),
  ...(pattern !== undefined && { pattern }),
})
