import { call, sqlExpression } from '../../plan/expression.ts'
import type { AnyType } from '../../types/data-type.ts'
import type { AllNull, AnyNull, WithNull } from '../../types/value.ts'
import { Column, expressionOf, type BooleanColumn } from '../column.ts'
import { literalNode, type LiteralType, type LiteralValue, type UnknownNumber } from '../literal.ts'
import type { ColumnOrLiteral, TypeOf } from '../operand.ts'
import { callFunction } from './call.ts'

/**
 * A constant. A whole number is an integer, any other number a double, a bigint a long, as in PySpark;
 * a number whose value the compiler does not know needs its type said.
 *
 * @example lit(1n) // => 1n
 * @example lit(Math.sqrt(4), t.double) // => 2
 */
export function lit<const V extends LiteralValue>(
  value: V extends number ? (number extends V ? UnknownNumber : V) : V,
): Column<LiteralType<V>>
export function lit<T extends AnyType>(value: LiteralValue, type: T): Column<WithNull<T, T['isNullable']>>
export function lit(value: LiteralValue, type?: AnyType): Column<AnyType> {
  return new Column(literalNode(value, type))
}

/**
 * A typed null.
 * @example nullOf(t.string) // => null
 */
export const nullOf = <T extends AnyType>(type: T): Column<WithNull<T, boolean>> =>
  new Column(literalNode(null, type))

/**
 * A fragment of Spark SQL. The compiler takes your word for its type.
 * @example expr("try_cast('12' AS BIGINT)", t.long.nullable) // => 12n
 */
export const expr = <T extends AnyType>(sql: string, _type: T): Column<T> => new Column(sqlExpression(sql))

type Branch = readonly [condition: BooleanColumn, value: ColumnOrLiteral]

/** A `CASE` under construction; null where no branch holds until `otherwise` says what else. */
export class CaseColumn<T extends AnyType> extends Column<WithNull<T, boolean>> {
  readonly #branches: readonly Branch[]

  constructor(branches: readonly Branch[]) {
    super(call('when', caseArguments(branches)))
    this.#branches = branches
  }

  /**
   * Adds a branch.
   * @example when(lit(false), 1).when(lit(true), 2) // => 2
   */
  when<const R extends ColumnOrLiteral>(
    condition: BooleanColumn,
    value: R,
  ): CaseColumn<T | Extract<TypeOf<R>, AnyType>> {
    return new CaseColumn([...this.#branches, [condition, value]])
  }

  /**
   * The value where no branch holds.
   * @example when(lit(false), 1).otherwise(0) // => 0
   */
  otherwise<const R extends ColumnOrLiteral>(
    value: R,
  ): Column<WithNull<T, AnyNull<T | Extract<TypeOf<R>, AnyType>>>> {
    return new Column(call('when', [...caseArguments(this.#branches), expressionOf(value)]))
  }
}

const caseArguments = (branches: readonly Branch[]) =>
  branches.flatMap(([condition, value]) => [condition.expression, expressionOf(value)])

/**
 * Begins a `CASE`: the value of the first condition that holds.
 * @example when(lit(2).gt(1), 'more').otherwise('less') // => 'more'
 */
export const when = <const R extends ColumnOrLiteral>(
  condition: BooleanColumn,
  value: R,
): CaseColumn<Extract<TypeOf<R>, AnyType>> => new CaseColumn([[condition, value]])

/**
 * The first argument that is not null.
 * @example coalesce(nullOf(t.long), lit(1n)) // => 1n
 */
export const coalesce = <T extends AnyType, const Rest extends readonly Column<AnyType>[]>(
  first: Column<T>,
  ...rest: Rest
): Column<WithNull<T, AllNull<[T, ...{ [I in keyof Rest]: Rest[I]['type'] }]>>> =>
  callFunction('coalesce', first, ...rest)

/**
 * Null where both are equal, else the first.
 * @example nullif(lit(1), 1) // => null
 */
export const nullif = <T extends AnyType>(
  column: Column<T>,
  other: ColumnOrLiteral,
): Column<WithNull<T, boolean>> => callFunction('nullif', column, other)
