import { expressionOf, type Column } from '../column/column.ts'
import type { ColumnOrLiteral } from '../column/operand.ts'
import { range, tableValuedFunction } from '../plan/relation.ts'
import type { AnyType, ArrayType, MapType, ScalarType, Schema, StructType } from '../types/data-type.ts'
import { t } from '../types/data-type.ts'
import type { AllNullable, WithNull } from '../types/value.ts'
import { DataFrame } from './data-frame.ts'
import type { Executor } from './executor.ts'

type ArrayColumn<E extends AnyType> = Column<ArrayType<E, boolean>>
type MapColumn<K extends AnyType, V extends AnyType> = Column<MapType<K, V, boolean>>
type StructsColumn<F extends Schema> = Column<ArrayType<StructType<F, boolean>, boolean>>
type Position = { readonly pos: typeof t.integer }
type Fields<N extends readonly string[]> = {
  readonly [I in keyof N & `${number}` as `c${I}`]: ScalarType<'string', boolean>
}

export interface RangeOptions {
  readonly step?: bigint
  readonly numPartitions?: number
}

/** Frames that functions give: `spark.tvf`. Since Spark 4.0. */
export class TableValuedFunction {
  readonly #executor: Executor

  constructor(executor: Executor) {
    this.#executor = executor
  }

  /**
   * The numbers from `start` up to, but without, `end`.
   * @example spark.tvf.range(0n, 4n, { step: 2n }) // => [{ id: 0n }, { id: 2n }]
   */
  range(start: bigint, end: bigint, options: RangeOptions = {}): DataFrame<{ readonly id: typeof t.long }> {
    return new DataFrame(range({ start, end, step: 1n, ...options }), this.#executor)
  }

  /**
   * A row for each element of an array, as `col`, or each entry of a map, as `key` and `value`.
   * @example spark.tvf.explode(array(lit('a'), lit('b'))) // => [{ col: 'a' }, { col: 'b' }]
   */
  explode<E extends AnyType>(collection: ArrayColumn<E>): DataFrame<{ readonly col: E }>
  explode<K extends AnyType, V extends AnyType>(
    collection: MapColumn<K, V>,
  ): DataFrame<{ readonly key: K; readonly value: V }>
  explode(collection: Column<AnyType>): DataFrame<Schema> {
    return this.#call('explode', collection)
  }

  /**
   * `explode` with a row of nulls where there is no element.
   * @example spark.tvf.explodeOuter(nullOf(t.array(t.string))) // => [{ col: null }]
   */
  explodeOuter<E extends AnyType>(
    collection: ArrayColumn<E>,
  ): DataFrame<{ readonly col: WithNull<E, boolean> }>
  explodeOuter<K extends AnyType, V extends AnyType>(
    collection: MapColumn<K, V>,
  ): DataFrame<{ readonly key: WithNull<K, boolean>; readonly value: WithNull<V, boolean> }>
  explodeOuter(collection: Column<AnyType>): DataFrame<Schema> {
    return this.#call('explode_outer', collection)
  }

  /**
   * `explode` with the position of each element or entry, from 0, as `pos`.
   * @example spark.tvf.posexplode(array(lit('a'))) // => [{ pos: 0, col: 'a' }]
   */
  posexplode<E extends AnyType>(collection: ArrayColumn<E>): DataFrame<Position & { readonly col: E }>
  posexplode<K extends AnyType, V extends AnyType>(
    collection: MapColumn<K, V>,
  ): DataFrame<Position & { readonly key: K; readonly value: V }>
  posexplode(collection: Column<AnyType>): DataFrame<Schema> {
    return this.#call('posexplode', collection)
  }

  /**
   * `posexplode` with a row of nulls where there is no element.
   * @example spark.tvf.posexplodeOuter(nullOf(t.array(t.string))) // => [{ pos: null, col: null }]
   */
  posexplodeOuter<E extends AnyType>(
    collection: ArrayColumn<E>,
  ): DataFrame<AllNullable<Position & { readonly col: E }>>
  posexplodeOuter<K extends AnyType, V extends AnyType>(
    collection: MapColumn<K, V>,
  ): DataFrame<AllNullable<Position & { readonly key: K; readonly value: V }>>
  posexplodeOuter(collection: Column<AnyType>): DataFrame<Schema> {
    return this.#call('posexplode_outer', collection)
  }

  /**
   * A row for each struct of an array, a column for each field.
   * @example spark.tvf.inline(array(struct({ id: 7n }))) // => [{ id: 7n }]
   */
  inline<F extends Schema>(input: StructsColumn<F>): DataFrame<F> {
    return this.#call('inline', input)
  }

  /**
   * `inline` with a row of nulls where there is no struct.
   * @example spark.tvf.inlineOuter(nullOf(t.array(t.struct({ id: t.long })))) // => [{ id: null }]
   */
  inlineOuter<F extends Schema>(input: StructsColumn<F>): DataFrame<AllNullable<F>> {
    return this.#call('inline_outer', input)
  }

  /**
   * Fields of a JSON object as texts: `c0`, `c1` ...; null for one that is not there.
   * @throws TypeError without fields
   * @example spark.tvf.jsonTuple(lit('{"a": 1}'), 'a', 'b') // => [{ c0: '1', c1: null }]
   */
  jsonTuple<const N extends readonly string[]>(
    input: Column<ScalarType<'string', boolean>>,
    ...fields: N
  ): DataFrame<Fields<N>> {
    if (fields.length === 0) throw new TypeError('jsonTuple() needs the name of a field')
    return this.#call('json_tuple', input, ...fields)
  }

  /**
   * Values laid out in `rows` rows: `col0`, `col1` ... The compiler takes your word for the columns.
   * @example spark.tvf.stack(2, 1, 2) // => [{ col0: 1 }, { col0: 2 }]
   */
  stack<R extends Schema = Schema>(rows: number, ...fields: readonly ColumnOrLiteral[]): DataFrame<R> {
    return this.#call('stack', rows, ...fields)
  }

  /**
   * A row for each element or field of a variant: `pos`, `key` and `value`.
   * @example spark.tvf.variantExplode(expr("parse_json('[1]')", t.unparsed('variant'))).select('pos') // => [{ pos: 0 }]
   */
  variantExplode<R extends Schema = VariantRow>(input: Column<AnyType>): DataFrame<R> {
    return this.#call('variant_explode', input)
  }

  /**
   * `variantExplode` with a row of nulls where there is nothing.
   * @example spark.tvf.variantExplodeOuter(expr("parse_json('[]')", t.unparsed('variant'))).select('pos') // => [{ pos: null }]
   */
  variantExplodeOuter<R extends Schema = AllNullable<VariantRow>>(input: Column<AnyType>): DataFrame<R> {
    return this.#call('variant_explode_outer', input)
  }

  /**
   * The words of Spark SQL, and whether each is reserved.
   * @example spark.tvf.sqlKeywords().filter((c) => c.keyword.eq('SELECT')).select('keyword') // => [{ keyword: 'SELECT' }]
   */
  sqlKeywords(): DataFrame<{ readonly keyword: typeof t.string; readonly reserved: typeof t.boolean }> {
    return this.#call('sql_keywords')
  }

  /**
   * The collations that the server knows. The compiler takes your word for the columns.
   * @example spark.tvf.collations().filter((c) => c.NAME.eq('UNICODE')).select('NAME') // => [{ NAME: 'UNICODE' }]
   */
  collations<R extends Schema = CollationRow>(): DataFrame<R> {
    return this.#call('collations')
  }

  #call<R extends Schema>(name: string, ...args: readonly ColumnOrLiteral[]): DataFrame<R> {
    return new DataFrame(tableValuedFunction(name, args.map(expressionOf)), this.#executor)
  }
}

type VariantRow = {
  readonly pos: typeof t.integer
  readonly key: ScalarType<'string', boolean>
  readonly value: ReturnType<typeof t.unparsed>
}

type CollationRow = { readonly NAME: ScalarType<'string', boolean> }
