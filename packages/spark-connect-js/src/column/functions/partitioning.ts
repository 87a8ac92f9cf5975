import type { AnyType } from '../../types/data-type.ts'
import type { Column } from '../column.ts'
import { unaryOrNull, type AnyTime } from './argument.ts'
import { callFunction, type IntegerType } from './call.ts'

/**
 * Partitions a new table by the year of a time; no column of a query.
 * @example (at: Column<typeof t.timestamp>) => [years(at)] // the partitions of a new table
 */
export const years = unaryOrNull<AnyTime, 'integer'>('years')

/**
 * Partitions a new table by the month of a time, year and all; no column of a query.
 * @example (at: Column<typeof t.timestamp>) => [months(at)] // the partitions of a new table
 */
export const months = unaryOrNull<AnyTime, 'integer'>('months')

/**
 * Partitions a new table by the date of a time; no column of a query.
 * @example (at: Column<typeof t.timestamp>) => [days(at)] // the partitions of a new table
 */
export const days = unaryOrNull<AnyTime, 'integer'>('days')

/**
 * Partitions a new table by the date and hour of a time; no column of a query.
 * @example (at: Column<typeof t.timestamp>) => [hours(at)] // the partitions of a new table
 */
export const hours = unaryOrNull<AnyTime, 'integer'>('hours')

/**
 * Partitions a new table into so many buckets by a hash of a column; no column of a query.
 * @example (id: Column<typeof t.long>) => [bucket(16, id)] // the partitions of a new table
 */
export const bucket = (numBuckets: number, column: Column<AnyType>): Column<IntegerType<boolean>> =>
  callFunction('bucket', numBuckets, column)
