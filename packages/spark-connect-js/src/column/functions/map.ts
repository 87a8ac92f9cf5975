import type { AnyType, ArrayType, MapType, StructType } from '../../types/data-type.ts'
import type { WithNull } from '../../types/value.ts'
import type { Column, StringColumn } from '../column.ts'
import type { BooleanType, Comparable, SameKind } from '../operand.ts'
import { callFunction, type NullOf, type StringType } from './call.ts'
import type { ArrayColumn } from './element.ts'
import { callHigherOrder, lambdaOf } from './lambda.ts'

type MapColumn<K extends AnyType, V extends AnyType, N extends boolean> = Column<MapType<K, V, N>>

interface Entry<K extends AnyType, V extends AnyType> {
  readonly [field: string]: AnyType
  readonly key: K
  readonly value: V
}

/**
 * A map of entries, each a key and its value. A key that is null or there twice is an error.
 * @example createMap([lit('a'), lit(1)], [lit('b'), lit(2)]) // => new Map([['a', 1], ['b', 2]])
 */
export const createMap = <K extends AnyType, V extends AnyType>(
  ...entries: readonly (readonly [key: Column<K>, value: Column<V>])[]
): Column<MapType<WithNull<K, false>, V, false>> => callFunction('map', ...entries.flat())

/**
 * A map of the keys of one array and the values of another, which must be as long.
 * @example mapFromArrays(array(lit('a')), array(lit(1))) // => new Map([['a', 1]])
 */
export const mapFromArrays = <K extends AnyType, V extends AnyType, M extends boolean, N extends boolean>(
  keys: ArrayColumn<K, M>,
  values: ArrayColumn<V, N>,
): Column<MapType<WithNull<K, false>, V, M | N>> => callFunction('map_from_arrays', keys, values)

/**
 * A map of structs of a `key` and a `value`, in this order; null if one of them is.
 * @example mapFromEntries(array(struct({ key: 'a', value: 1 }))) // => new Map([['a', 1]])
 */
export const mapFromEntries = <K extends AnyType, V extends AnyType, M extends boolean, N extends boolean>(
  entries: ArrayColumn<StructType<{ readonly key: K; readonly value: V }, M>, N>,
): Column<MapType<WithNull<K, false>, V, M | N>> => callFunction('map_from_entries', entries)

/**
 * A map of a text’s parts, split by Java regular expressions into pairs and these into key and value; the value is null where there is none.
 * @example strToMap(lit('a:1,b')) // => new Map([['a', '1'], ['b', null]])
 */
export const strToMap = <R extends StringColumn>(
  text: R,
  pairPattern = ',',
  keyValuePattern = ':',
): Column<MapType<StringType<false>, StringType<boolean>, NullOf<R>>> =>
  callFunction('str_to_map', text, pairPattern, keyValuePattern)

/**
 * The keys, in no order to rely on.
 * @example mapKeys(createMap([lit('a'), lit(1)], [lit('b'), lit(2)])) // => ['a', 'b']
 */
export const mapKeys = <K extends AnyType, N extends boolean>(
  column: MapColumn<K, AnyType, N>,
): Column<ArrayType<K, N>> => callFunction('map_keys', column)

/**
 * The values, in the order of `mapKeys`.
 * @example mapValues(createMap([lit('a'), lit(1)], [lit('b'), lit(2)])) // => [1, 2]
 */
export const mapValues = <V extends AnyType, N extends boolean>(
  column: MapColumn<AnyType, V, N>,
): Column<ArrayType<V, N>> => callFunction('map_values', column)

/**
 * The entries as structs of a `key` and a `value`.
 * @example mapEntries(createMap([lit('a'), lit(1)])) // => [{ key: 'a', value: 1 }]
 */
export const mapEntries = <K extends AnyType, V extends AnyType, N extends boolean>(
  column: MapColumn<K, V, N>,
): Column<ArrayType<StructType<Entry<K, V>, false>, N>> => callFunction('map_entries', column)

/**
 * Whether the map has a key.
 * @example mapContainsKey(createMap([lit('a'), lit(1)], [lit('b'), lit(2)]), 'b') // => true
 */
export const mapContainsKey = <K extends AnyType, N extends boolean>(
  column: MapColumn<K, AnyType, N>,
  key: Comparable<K>,
): Column<BooleanType<N>> => callFunction('map_contains_key', column, key)

/**
 * The entries of all maps. A key that is there twice is an error, unless `spark.sql.mapKeyDedupPolicy` says otherwise.
 * @example mapConcat(createMap([lit('a'), lit(1)]), createMap([lit('b'), lit(2)])) // => new Map([['a', 1], ['b', 2]])
 */
export const mapConcat = <K extends AnyType, V extends AnyType, N extends boolean>(
  ...maps: readonly [MapColumn<K, V, N>, ...MapColumn<K, V, N>[]]
): Column<MapType<K, V, N>> => callFunction('map_concat', ...maps)

/**
 * The entries for which the condition is true of key and value.
 * @example mapFilter(createMap([lit('a'), lit(1)], [lit('b'), lit(2)]), (_, value) => value.gt(1)) // => new Map([['b', 2]])
 */
export const mapFilter = <K extends AnyType, V extends AnyType, N extends boolean>(
  column: MapColumn<K, V, N>,
  condition: (key: Column<K>, value: Column<V>) => Column<BooleanType<boolean>>,
): Column<MapType<K, V, N>> => callHigherOrder('map_filter', [column], lambdaOf(['k', 'v'], condition))

/**
 * The map with other keys. A key that is null or there twice is an error.
 * @example transformKeys(createMap([lit('a'), lit(1)], [lit('b'), lit(2)]), (key) => upper(key)) // => new Map([['A', 1], ['B', 2]])
 */
export const transformKeys = <K extends AnyType, V extends AnyType, N extends boolean, R extends AnyType>(
  column: MapColumn<K, V, N>,
  body: (key: Column<K>, value: Column<V>) => Column<R>,
): Column<MapType<WithNull<R, false>, V, N>> =>
  callHigherOrder('transform_keys', [column], lambdaOf(['k', 'v'], body))

/**
 * The map with other values.
 * @example transformValues(createMap([lit('a'), lit(1)], [lit('b'), lit(2)]), (_, value) => value.times(10)) // => new Map([['a', 10], ['b', 20]])
 */
export const transformValues = <K extends AnyType, V extends AnyType, N extends boolean, R extends AnyType>(
  column: MapColumn<K, V, N>,
  body: (key: Column<K>, value: Column<V>) => Column<R>,
): Column<MapType<K, R, N>> => callHigherOrder('transform_values', [column], lambdaOf(['k', 'v'], body))

/**
 * Applies `body` to each key of either map and its values there, null where a map lacks the key.
 * @example mapZipWith(createMap([lit('a'), lit(1)]), createMap([lit('a'), lit(2)]), (_, x, y) => x.plus(y)) // => new Map([['a', 3]])
 */
export const mapZipWith = <
  K extends AnyType,
  V extends AnyType,
  W extends AnyType,
  R extends AnyType,
  M extends boolean,
  N extends boolean,
>(
  left: MapColumn<K, V, M>,
  right: MapColumn<SameKind<K>, W, N>,
  body: (
    key: Column<K>,
    left: Column<WithNull<V, boolean>>,
    right: Column<WithNull<W, boolean>>,
  ) => Column<R>,
): Column<MapType<K, R, M | N>> =>
  callHigherOrder('map_zip_with', [left, right], lambdaOf(['k', 'v', 'w'], body))
