import type { AnyType, ArrayType, ScalarType } from '../../types/data-type.ts'
import type { WithNull } from '../../types/value.ts'
import type { Column } from '../column.ts'
import { callDistinct, callFunction } from './call.ts'

/**
 * The values without nulls, in the order in which they arrive.
 * @example spark.range(0n, 3n).coalesce(1).agg((c) => ({ x: collectList(c.id) })) // => [{ x: [0n, 1n, 2n] }]
 */
export const collectList = <T extends AnyType>(
  column: Column<T>,
): Column<ArrayType<WithNull<T, false>, false>> => callFunction('collect_list', column)

/**
 * The values without nulls; another name of `collectList`.
 * @example spark.range(0n, 3n).coalesce(1).agg((c) => ({ x: arrayAgg(nullif(c.id, 1)) })) // => [{ x: [0n, 2n] }]
 */
export const arrayAgg = <T extends AnyType>(
  column: Column<T>,
): Column<ArrayType<WithNull<T, false>, false>> => callFunction('array_agg', column)

/**
 * The different values without nulls, in no order.
 * @example spark.range(0n, 3n).coalesce(1).agg((c) => ({ x: sortArray(collectSet(c.id.mod(2))) })) // => [{ x: [0n, 1n] }]
 */
export const collectSet = <T extends AnyType>(
  column: Column<T>,
): Column<ArrayType<WithNull<T, false>, false>> => callFunction('collect_set', column)

type Text = ScalarType<'string' | 'binary', boolean>

const joined =
  (name: string, callIt: typeof callFunction) =>
  <T extends Text>(
    column: Column<T>,
    delimiter?: T['kind'] extends 'binary' ? Uint8Array : string,
  ): Column<WithNull<T, boolean>> =>
    delimiter === undefined ? callIt(name, column) : callIt(name, column, delimiter)

/**
 * The texts or bytes joined, nulls left out, in the order in which they arrive; null where a group has none.
 * @since 4.0.0
 * @example spark.range(0n, 3n).coalesce(1).select((c) => ({ s: c.id.mod(2).cast(t.string) })).agg((c) => ({ x: listagg(c.s, '-') })) // => [{ x: '0-1-0' }]
 */
export const listagg = joined('listagg', callFunction)

/**
 * The texts or bytes joined; another name of `listagg`.
 * @since 4.0.0
 * @example spark.range(0n, 3n).coalesce(1).select((c) => ({ s: c.id.mod(2).cast(t.string) })).agg((c) => ({ x: stringAgg(c.s) })) // => [{ x: '010' }]
 */
export const stringAgg = joined('string_agg', callFunction)

/**
 * The different texts or bytes joined, nulls left out, in no order; null where a group has none.
 * @since 4.0.0
 * @example spark.range(0n, 3n).coalesce(1).select((c) => ({ s: c.id.mod(2).cast(t.string) })).agg((c) => ({ x: length(listaggDistinct(c.s)) })) // => [{ x: 2 }]
 */
export const listaggDistinct = joined('listagg', callDistinct)

/**
 * The different texts or bytes joined; another name of `listaggDistinct`.
 * @since 4.0.0
 * @example spark.range(0n, 3n).coalesce(1).select((c) => ({ s: c.id.mod(2).cast(t.string) })).agg((c) => ({ x: length(stringAggDistinct(c.s, ', ')) })) // => [{ x: 4 }]
 */
export const stringAggDistinct = joined('string_agg', callDistinct)
