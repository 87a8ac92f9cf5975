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
 * @example lit(0n) // long
 * @example lit(rate, t.double)
 */
export function lit<const V extends LiteralValue>(
  value: V extends number ? (number extends V ? UnknownNumber : V) : V,
): Column<LiteralType<V>>
export function lit<T extends AnyType>(value: LiteralValue, type: T): Column<WithNull<T, T['isNullable']>>
export function lit(value: LiteralValue, type?: AnyType): Column<AnyType> {
  return new Column(literalNode(value, type))
}

/** A typed null. */
export const nullOf = <T extends AnyType>(type: T): Column<WithNull<T, boolean>> =>
  new Column(literalNode(null, type))

/**
 * A fragment of Spark SQL. The compiler takes your word for its type.
 * @example expr('try_cast(followers AS BIGINT)', t.long.nullable)
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

  when<const R extends ColumnOrLiteral>(
    condition: BooleanColumn,
    value: R,
  ): CaseColumn<T | Extract<TypeOf<R>, AnyType>> {
    return new CaseColumn([...this.#branches, [condition, value]])
  }

  otherwise<const R extends ColumnOrLiteral>(
    value: R,
  ): Column<WithNull<T, AnyNull<T | Extract<TypeOf<R>, AnyType>>>> {
    return new Column(call('when', [...caseArguments(this.#branches), expressionOf(value)]))
  }
}

const caseArguments = (branches: readonly Branch[]) =>
  branches.flatMap(([condition, value]) => [condition.expression, expressionOf(value)])

/** @example when(c.followers.isNull(), lit('none')).otherwise(lit('expected')) */
export const when = <const R extends ColumnOrLiteral>(
  condition: BooleanColumn,
  value: R,
): CaseColumn<Extract<TypeOf<R>, AnyType>> => new CaseColumn([[condition, value]])

/** The first argument that is not null. */
export const coalesce = <T extends AnyType, const Rest extends readonly Column<AnyType>[]>(
  first: Column<T>,
  ...rest: Rest
): Column<WithNull<T, AllNull<[T, ...{ [I in keyof Rest]: Rest[I]['type'] }]>>> =>
  callFunction('coalesce', first, ...rest)

/** Null where both are equal, else the first. */
export const nullif = <T extends AnyType>(
  column: Column<T>,
  other: ColumnOrLiteral,
): Column<WithNull<T, boolean>> => callFunction('nullif', column, other)
