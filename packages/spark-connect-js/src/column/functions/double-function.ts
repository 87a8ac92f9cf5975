import type { Column } from '../column.ts'
import { callFunction, type DoubleType, type NullOf, type NumberOrColumn } from './call.ts'

/** A function of numbers that gives a double, null only for null. */
export type Unary = <const R extends NumberOrColumn>(value: R) => Column<DoubleType<NullOf<R>>>

export const unary =
  (name: string): Unary =>
  (value) =>
    callFunction(name, value)

/** A function of two numbers that gives a double, null only for null. */
export type Binary = <const A extends NumberOrColumn, const B extends NumberOrColumn>(
  first: A,
  second: B,
) => Column<DoubleType<NullOf<A | B>>>

export const binary =
  (name: string): Binary =>
  (first, second) =>
    callFunction(name, first, second)

/** A function of numbers that gives a double, null where it is not defined. */
export type PartialUnary = (value: NumberOrColumn) => Column<DoubleType<boolean>>

export const partialUnary =
  (name: string): PartialUnary =>
  (value) =>
    callFunction(name, value)
