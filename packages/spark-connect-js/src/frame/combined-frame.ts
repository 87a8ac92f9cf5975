import { join, lateralJoin, setOperation } from '../plan/combination.ts'
import type { JoinHow, SetOperationParts } from '../plan/combination.ts'
import { subqueryAlias } from '../plan/relation.ts'
import type { Schema } from '../types/data-type.ts'
import { columnsOf, scopedOuter, type ColumnsOf, type Names } from './columns.ts'
import type { DataFrame } from './data-frame.ts'
import type { Joinable, JoinCondition, JoinedUsing, JoinOptions, LateralHow } from './join.ts'
import type { Query } from './query.ts'
import { RowFrame } from './row-frame.ts'
import type { IntersectionOf, Matching, MatchingIfThere, UnionOf, UnionWithMissing } from './set-operation.ts'

// Aliases keep the sides apart even where a frame is joined to itself.
const LEFT = '__left'
const RIGHT = '__right'

/** Two frames made one: side by side, or one below the other. */
export abstract class CombinedFrame<C extends Schema> extends RowFrame<C> {
  /**
   * Joins on columns of the same name, or on a condition. Other columns must not share a name.
   * @example spark.range(3n).join(spark.range(1n, 2n), { on: 'id', how: 'inner' }) // => [{ id: 1n }]
   * @example spark.range(1n).join(spark.range(1n).withColumnRenamed('id', 'n'), { on: (l, r) => l.id.eq(r.n), how: 'left' }) // => [{ id: 0n, n: 0n }]
   */
  join<
    S extends Schema,
    R extends Schema,
    const K extends Names<S> & Names<R>,
    H extends Exclude<JoinHow, 'cross'>,
  >(
    this: DataFrame<S>,
    right: DataFrame<R> & Joinable<S, R, K, H>,
    options: JoinOptions<K | readonly K[], H>,
  ): DataFrame<JoinedUsing<S, R, K, H>>
  join<S extends Schema, R extends Schema, H extends Exclude<JoinHow, 'cross'>>(
    this: DataFrame<S>,
    right: DataFrame<R> & Joinable<S, R, never, H>,
    options: JoinOptions<JoinCondition<S, R>, H>,
  ): DataFrame<JoinedUsing<S, R, never, H>>
  join<S extends Schema, R extends Schema>(
    this: DataFrame<S>,
    right: DataFrame<R>,
    { on, how }: JoinOptions<string | readonly string[] | JoinCondition<S, R>, JoinHow>,
  ): DataFrame<Schema> {
    if (typeof on !== 'function') {
      const usingColumns = typeof on === 'string' ? [on] : on
      return this.derive(join({ left: this.relation, right: right.relation, how, usingColumns }))
    }
    return this.derive(
      join({
        left: subqueryAlias(this.relation, LEFT),
        right: subqueryAlias(right.relation, RIGHT),
        how,
        joinCondition: on(columnsOf(LEFT), columnsOf(RIGHT)).expression,
      }),
    )
  }

  /**
   * Every row with every row of another frame.
   * @example spark.range(1n).crossJoin(spark.range(2n).withColumnRenamed('id', 'n')) // => [{ id: 0n, n: 0n }, { id: 0n, n: 1n }]
   */
  crossJoin<S extends Schema, R extends Schema>(
    this: DataFrame<S>,
    right: DataFrame<R> & Joinable<S, R, never, 'cross'>,
  ): DataFrame<JoinedUsing<S, R, never, 'cross'>> {
    return this.derive(join({ left: this.relation, right: right.relation, how: 'cross' }))
  }

  /**
   * Every row with the rows of a frame that is made for it: `right` gets the row's columns, as seen from within that
   * frame. Since Spark 4.0.
   * @example spark.range(1n, 3n).lateralJoin((o) => spark.range(1n).select(() => ({ twice: o.id.times(2) }))) // => [{ id: 1n, twice: 2n }, { id: 2n, twice: 4n }]
   */
  lateralJoin<S extends Schema, R extends Schema, H extends LateralHow = 'inner'>(
    this: DataFrame<S>,
    right: (outer: ColumnsOf<S>) => DataFrame<R> & Joinable<S, R, never, H>,
    options: Partial<JoinOptions<JoinCondition<S, R>, H>> = {},
  ): DataFrame<JoinedUsing<S, R, never, H>> {
    const { input, result } = scopedOuter<S, DataFrame<R>>(this.relation, right)
    const { on, how = 'inner' as LateralHow } = options
    if (on === undefined) return this.derive(lateralJoin({ left: input, right: result.relation, how }))
    const [left, aliased] = [subqueryAlias(input, LEFT), subqueryAlias(result.relation, RIGHT)]
    const joinCondition = on(columnsOf(LEFT), columnsOf(RIGHT)).expression
    return this.derive(lateralJoin({ left, right: aliased, how, joinCondition }))
  }

  /**
   * The rows of both frames, repeats kept. Columns are matched by position: both frames need the same columns in the
   * same order, which the compiler cannot see; `unionByName` needs no order.
   * @example spark.range(1n).union(spark.range(1n)) // => [{ id: 0n }, { id: 0n }]
   */
  union<S extends Schema, R extends Schema>(
    this: DataFrame<S>,
    other: DataFrame<R> & Matching<S, R>,
  ): DataFrame<UnionOf<S, R>> {
    return this.#set(other, { kind: 'union', isAll: true })
  }

  /**
   * `union` by SQL's name.
   * @example spark.range(1n).unionAll(spark.range(1n)) // => [{ id: 0n }, { id: 0n }]
   */
  unionAll<S extends Schema, R extends Schema>(
    this: DataFrame<S>,
    other: DataFrame<R> & Matching<S, R>,
  ): DataFrame<UnionOf<S, R>> {
    return this.#set(other, { kind: 'union', isAll: true })
  }

  /**
   * The rows of both frames, repeats kept, columns matched by name. With `allowMissingColumns`, what one side lacks
   * is null there.
   * @example spark.range(1n).unionByName(spark.range(1n, 2n)) // => [{ id: 0n }, { id: 1n }]
   */
  unionByName<S extends Schema, R extends Schema>(
    this: DataFrame<S>,
    other: DataFrame<R> & Matching<S, R>,
    options?: { readonly allowMissingColumns?: false },
  ): DataFrame<UnionOf<S, R>>
  unionByName<S extends Schema, R extends Schema>(
    this: DataFrame<S>,
    other: DataFrame<R> & MatchingIfThere<S, R>,
    options: { readonly allowMissingColumns: true },
  ): DataFrame<UnionWithMissing<S, R>>
  unionByName(
    other: Query<Schema>,
    { allowMissingColumns = false }: { readonly allowMissingColumns?: boolean } = {},
  ): DataFrame<Schema> {
    const parts = { kind: 'union', isAll: true, byName: true } as const
    return this.#set(other, allowMissingColumns ? { ...parts, allowMissingColumns } : parts)
  }

  /**
   * The rows that both frames have, each once; null equals null.
   * @example spark.range(3n).intersect(spark.range(2n, 9n)) // => [{ id: 2n }]
   */
  intersect<S extends Schema, R extends Schema>(
    this: DataFrame<S>,
    other: DataFrame<R> & Matching<S, R>,
  ): DataFrame<IntersectionOf<S, R>> {
    return this.#set(other, { kind: 'intersect', isAll: false })
  }

  /**
   * The rows that both frames have, each as often as both have it.
   * @example spark.range(3n).intersectAll(spark.range(2n, 9n)) // => [{ id: 2n }]
   */
  intersectAll<S extends Schema, R extends Schema>(
    this: DataFrame<S>,
    other: DataFrame<R> & Matching<S, R>,
  ): DataFrame<IntersectionOf<S, R>> {
    return this.#set(other, { kind: 'intersect', isAll: true })
  }

  /**
   * The rows that the other frame does not have, each once.
   * @example spark.range(3n).subtract(spark.range(2n)) // => [{ id: 2n }]
   */
  subtract<S extends Schema, R extends Schema>(
    this: DataFrame<S>,
    other: DataFrame<R> & Matching<S, R>,
  ): DataFrame<S> {
    return this.#set(other, { kind: 'except', isAll: false })
  }

  /**
   * The rows without those of the other frame, one for one.
   * @example spark.range(3n).exceptAll(spark.range(2n)) // => [{ id: 2n }]
   */
  exceptAll<S extends Schema, R extends Schema>(
    this: DataFrame<S>,
    other: DataFrame<R> & Matching<S, R>,
  ): DataFrame<S> {
    return this.#set(other, { kind: 'except', isAll: true })
  }

  #set<T extends Schema>(other: Query<Schema>, parts: SetOperationParts): DataFrame<T> {
    return this.derive(setOperation(this.relation, other.relation, parts))
  }
}
