import type { AnyType } from '../../types/data-type.ts'
import type { Column } from '../column.ts'
import { nullary } from './argument.ts'
import { callFunction, type StringType } from './call.ts'

/**
 * The server's version of Spark, and the revision that it was built from.
 * @example version() // such as '4.1.2 f0bb2e6a47d0ebda424ffd633fcea8644a597954'
 */
export const version = nullary<'string'>('version')

/**
 * The user whose name the query runs under.
 * @example user() // a user's name
 */
export const user = nullary<'string'>('user')

/**
 * The user whose name the query runs under.
 * @example currentUser() // a user's name
 */
export const currentUser = nullary<'string'>('current_user')

/**
 * The user who is connected.
 * @since Spark 4.0
 * @example sessionUser() // a user's name
 */
export const sessionUser = nullary<'string'>('session_user')

/**
 * The session's catalog.
 * @example currentCatalog() // => 'spark_catalog'
 */
export const currentCatalog = nullary<'string'>('current_catalog')

/**
 * The session's database.
 * @example currentDatabase() // => 'default'
 */
export const currentDatabase = nullary<'string'>('current_database')

/**
 * The session's database.
 * @example currentSchema() // => 'default'
 */
export const currentSchema = nullary<'string'>('current_schema')

/**
 * The type of a column in Spark's DDL. PySpark's `typeof`, which is a word of JavaScript.
 * @example typeOf(array(lit(1n))) // => 'array<bigint>'
 */
export const typeOf = (column: Column<AnyType>): Column<StringType<false>> => callFunction('typeof', column)

/**
 * The number of the partition that the row is in, from 0.
 * @example sparkPartitionId() // => 0
 */
export const sparkPartitionId = nullary<'integer'>('spark_partition_id')
