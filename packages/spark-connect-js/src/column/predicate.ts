import { call } from '../plan/expression.ts'
import { subquery } from '../plan/subquery.ts'
import type { AnyType, Schema } from '../types/data-type.ts'
import type { AnyNull } from '../types/value.ts'
import { ArithmeticColumn } from './arithmetic.ts'
import type { Column } from './column.ts'
import { expressionOf } from './column-expression.ts'
import type {
  BooleanType,
  ColumnLike,
  Comparable,
  ComparisonOf,
  FrameOf,
  StringOperand,
  StringType,
} from './operand.ts'

/** What can be asked of a column: comparisons, nulls, patterns, and the logic between answers. */
export abstract class PredicateColumn extends ArithmeticColumn {
  /**
   * Whether both are equal; null where either is.
   * @example lit('a').eq('a') // => true
   */
  eq<X extends AnyType, const R extends Comparable<X>>(
    this: Column<X>,
    other: R,
  ): Column<ComparisonOf<X, R>> {
    return this.binary('==', other)
  }

  /**
   * Whether both differ; null where either is.
   * @example lit('a').notEq('b') // => true
   */
  notEq<X extends AnyType, const R extends Comparable<X>>(
    this: Column<X>,
    other: R,
  ): Column<ComparisonOf<X, R>> {
    return this.derive(call('not', [this.binary('==', other).expression]))
  }

  /**
   * Whether this is less; null where either is.
   * @example lit(1).lt(2) // => true
   */
  lt<X extends AnyType, const R extends Comparable<X>>(
    this: Column<X>,
    other: R,
  ): Column<ComparisonOf<X, R>> {
    return this.binary('<', other)
  }

  /**
   * Whether this is less or equal; null where either is.
   * @example lit(2).leq(2) // => true
   */
  leq<X extends AnyType, const R extends Comparable<X>>(
    this: Column<X>,
    other: R,
  ): Column<ComparisonOf<X, R>> {
    return this.binary('<=', other)
  }

  /**
   * Whether this is greater; null where either is. NaN is greater than any number.
   * @example lit(1).gt(2) // => false
   */
  gt<X extends AnyType, const R extends Comparable<X>>(
    this: Column<X>,
    other: R,
  ): Column<ComparisonOf<X, R>> {
    return this.binary('>', other)
  }

  /**
   * Whether this is greater or equal; null where either is.
   * @example lit(2).geq(2) // => true
   */
  geq<X extends AnyType, const R extends Comparable<X>>(
    this: Column<X>,
    other: R,
  ): Column<ComparisonOf<X, R>> {
    return this.binary('>=', other)
  }

  /**
   * Equality that is never null: null equals null.
   * @example nullOf(t.long).eqNullSafe(null) // => true
   */
  eqNullSafe<X extends AnyType>(this: Column<X>, other: Comparable<X> | null): Column<BooleanType<false>> {
    return this.binary('<=>', other)
  }

  /**
   * Whether this lies between two bounds, both included; null where that cannot be said.
   * @example lit(2).between(1, 2) // => true
   */
  between<X extends AnyType, const L extends Comparable<X>, const U extends Comparable<X>>(
    this: Column<X>,
    lowerBound: L,
    upperBound: U,
  ): Column<ComparisonOf<X, L | U>> {
    const bounds = [this.binary('>=', lowerBound), this.binary('<=', upperBound)]
    return this.derive(
      call(
        'and',
        bounds.map((bound) => bound.expression),
      ),
    )
  }

  /**
   * Whether one of the values, or of the rows of a frame with one column, is equal. Null where none is and one is
   * null. With a frame since Spark 4.1.
   * @example lit('a').isin('a', 'b') // => true
   * @example spark.range(4n).filter((c) => c.id.isin(spark.range(1n, 3n))) // => [{ id: 1n }, { id: 2n }]
   */
  isin<X extends AnyType, S extends ColumnLike<X>>(
    this: Column<X>,
    frame: FrameOf<S>,
  ): Column<BooleanType<AnyNull<X | S[keyof S]>>>
  isin<X extends AnyType, const R extends Comparable<X>>(
    this: Column<X>,
    ...values: readonly R[]
  ): Column<ComparisonOf<X, R>>
  isin(...values: readonly (FrameOf<Schema> | Comparable<AnyType>)[]): Column<BooleanType<boolean>> {
    const [first] = values
    if (isFrame(first)) {
      return this.derive(subquery(first.relation, { kind: 'in', values: [this.expression] }))
    }
    const operands = values as readonly Comparable<AnyType>[]
    return this.derive(call('in', [this.expression, ...operands.map((value) => expressionOf(value))]))
  }

  /**
   * Whether there is no value; never null.
   * @example nullOf(t.long).isNull() // => true
   */
  isNull(): Column<BooleanType<false>> {
    return this.derive(call('isNull', [this.expression]))
  }

  /**
   * Whether there is a value; never null.
   * @example lit(1).isNotNull() // => true
   */
  isNotNull(): Column<BooleanType<false>> {
    return this.derive(call('isNotNull', [this.expression]))
  }

  /**
   * Whether both hold; false where one is false, else null where one is null.
   * @example lit(true).and(lit(false)) // => false
   */
  and<M extends boolean, N extends boolean>(
    this: Column<BooleanType<M>>,
    other: Column<BooleanType<N>>,
  ): Column<BooleanType<M | N>> {
    return this.binary('and', other)
  }

  /**
   * Whether either holds; true where one is true, else null where one is null.
   * @example lit(true).or(lit(false)) // => true
   */
  or<M extends boolean, N extends boolean>(
    this: Column<BooleanType<M>>,
    other: Column<BooleanType<N>>,
  ): Column<BooleanType<M | N>> {
    return this.binary('or', other)
  }

  /**
   * Whether it does not hold: Python's `~`.
   * @example lit(true).not() // => false
   */
  not<N extends boolean>(this: Column<BooleanType<N>>): Column<BooleanType<N>> {
    return this.derive(call('not', [this.expression]))
  }

  /**
   * Whether a text is found within; null where either is.
   * @example lit('spark').contains('ar') // => true
   */
  contains<N extends boolean, const R extends StringOperand>(
    this: Column<StringType<N>>,
    other: R,
  ): Column<ComparisonOf<StringType<N>, R>> {
    return this.binary('contains', other)
  }

  /**
   * Whether the text begins with another; null where either is.
   * @example lit('spark').startswith('sp') // => true
   */
  startswith<N extends boolean, const R extends StringOperand>(
    this: Column<StringType<N>>,
    prefix: R,
  ): Column<ComparisonOf<StringType<N>, R>> {
    return this.binary('startswith', prefix)
  }

  /**
   * Whether the text ends with another; null where either is.
   * @example lit('spark').endswith('rk') // => true
   */
  endswith<N extends boolean, const R extends StringOperand>(
    this: Column<StringType<N>>,
    suffix: R,
  ): Column<ComparisonOf<StringType<N>, R>> {
    return this.binary('endswith', suffix)
  }

  /**
   * Whether the text matches a pattern of SQL: `%` stands for any text, `_` for one character.
   * @example lit('spark').like('sp%') // => true
   */
  like<N extends boolean>(this: Column<StringType<N>>, pattern: string): Column<BooleanType<N>> {
    return this.binary('like', pattern)
  }

  /**
   * `like`, whatever the case of letters.
   * @example lit('Spark').ilike('sp%') // => true
   */
  ilike<N extends boolean>(this: Column<StringType<N>>, pattern: string): Column<BooleanType<N>> {
    return this.binary('ilike', pattern)
  }

  /**
   * Whether a regular expression of Java's is found in the text.
   * @example lit('spark').rlike('^s.*k$') // => true
   */
  rlike<N extends boolean>(this: Column<StringType<N>>, javaPattern: string): Column<BooleanType<N>> {
    return this.binary('rlike', javaPattern)
  }
}

const isFrame = (value: unknown): value is FrameOf<Schema> =>
  typeof value === 'object' && value !== null && 'relation' in value
