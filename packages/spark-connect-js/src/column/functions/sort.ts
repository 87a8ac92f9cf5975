import type { AnyType } from '../../types/data-type.ts'
import type { Column, SortColumn } from '../column.ts'

/**
 * Ascending, nulls first.
 * @example spark.range(0n, 2n).select((c) => ({ n: nullif(c.id, 0) })).orderBy((c) => asc(c.n)) // => [{ n: null }, { n: 1n }]
 */
export const asc = (column: Column<AnyType>): SortColumn => column.asc()

/**
 * Ascending, nulls first.
 * @example spark.range(0n, 2n).select((c) => ({ n: nullif(c.id, 0) })).orderBy((c) => ascNullsFirst(c.n)) // => [{ n: null }, { n: 1n }]
 */
export const ascNullsFirst = (column: Column<AnyType>): SortColumn => column.asc()

/**
 * Ascending, nulls last.
 * @example spark.range(0n, 2n).select((c) => ({ n: nullif(c.id, 0) })).orderBy((c) => ascNullsLast(c.n)) // => [{ n: 1n }, { n: null }]
 */
export const ascNullsLast = (column: Column<AnyType>): SortColumn => column.ascNullsLast()

/**
 * Descending, nulls last.
 * @example spark.range(0n, 2n).select((c) => ({ n: nullif(c.id, 0) })).orderBy((c) => desc(c.n)) // => [{ n: 1n }, { n: null }]
 */
export const desc = (column: Column<AnyType>): SortColumn => column.desc()

/**
 * Descending, nulls first.
 * @example spark.range(0n, 2n).select((c) => ({ n: nullif(c.id, 0) })).orderBy((c) => descNullsFirst(c.n)) // => [{ n: null }, { n: 1n }]
 */
export const descNullsFirst = (column: Column<AnyType>): SortColumn => column.descNullsFirst()

/**
 * Descending, nulls last.
 * @example spark.range(0n, 2n).select((c) => ({ n: nullif(c.id, 0) })).orderBy((c) => descNullsLast(c.n)) // => [{ n: 1n }, { n: null }]
 */
export const descNullsLast = (column: Column<AnyType>): SortColumn => column.desc()
