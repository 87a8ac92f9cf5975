import { call } from '../../plan/expression.ts'
import type { AnyType, ArrayType, MapType, Schema, StructType } from '../../types/data-type.ts'
import type { AllNullable, AnyNull, WithNull } from '../../types/value.ts'
import { expressionOf, type Column, type StringColumn } from '../column.ts'
import { GeneratorColumn, type Generated, type GeneratedColumn } from '../generator.ts'
import type { ColumnOrLiteral, SameKind } from '../operand.ts'
import type { IntegerType, StringType } from './call.ts'

type Arrays<E extends AnyType> = Column<ArrayType<E, boolean>>
type Maps<K extends AnyType, V extends AnyType> = Column<MapType<K, V, boolean>>
type Position = IntegerType<false>

const generate = (name: string, ...args: readonly ColumnOrLiteral[]): GeneratorColumn =>
  new GeneratorColumn(call(name, args.map(expressionOf)))

const generator =
  (name: string) =>
  (column: Column<AnyType>): never =>
    generate(name, column) as never

interface Explode {
  <E extends AnyType>(column: Arrays<E>): Column<E>
  <K extends AnyType, V extends AnyType>(column: Maps<K, V>): Generated<{ key: K; value: V }>
}

interface ExplodeOuter {
  <E extends AnyType>(column: Arrays<E>): Column<WithNull<E, boolean>>
  <K extends AnyType, V extends AnyType>(column: Maps<K, V>): Generated<AllNullable<{ key: K; value: V }>>
}

interface PosExplode {
  <E extends AnyType>(column: Arrays<E>): Generated<{ pos: Position; col: E }>
  <K extends AnyType, V extends AnyType>(column: Maps<K, V>): Generated<{ pos: Position; key: K; value: V }>
}

interface PosExplodeOuter {
  <E extends AnyType>(column: Arrays<E>): Generated<AllNullable<{ pos: Position; col: E }>>
  <K extends AnyType, V extends AnyType>(
    column: Maps<K, V>,
  ): Generated<AllNullable<{ pos: Position; key: K; value: V }>>
}

/**
 * One row for each element of an array, or for each entry of a map, whose columns `key` and `value` are spread into a `select`;
 * none where it is null or empty.
 * @example spark.range(0n, 1n).select(() => ({ x: explode(array(lit('a'), lit('b'))) })) // => [{ x: 'a' }, { x: 'b' }]
 * @example spark.range(0n, 1n).select((c) => ({ id: c.id, ...explode(createMap([lit('a'), lit(1)])) })) // => [{ id: 0n, key: 'a', value: 1 }]
 */
export const explode: Explode = generator('explode')

/**
 * As `explode`, but one row with null where the array or map is null or empty.
 * @example spark.range(0n, 1n).select(() => ({ x: explodeOuter(nullOf(t.array(t.long))) })) // => [{ x: null }]
 */
export const explodeOuter: ExplodeOuter = generator('explode_outer')

/**
 * As `explode`, with the zero-based position: the columns `pos` and `col`, or `pos`, `key` and `value`, are spread into a
 * `select`.
 * @example spark.range(0n, 1n).select(() => ({ ...posexplode(array(lit('a'), lit('b'))) })) // => [{ pos: 0, col: 'a' }, { pos: 1, col: 'b' }]
 */
export const posexplode: PosExplode = generator('posexplode')

/**
 * As `posexplode`, but one row with nulls where the array or map is null or empty.
 * @example spark.range(0n, 1n).select(() => ({ ...posexplodeOuter(nullOf(t.array(t.long))) })) // => [{ pos: null, col: null }]
 */
export const posexplodeOuter: PosExplodeOuter = generator('posexplode_outer')

type InlineColumns<F extends Schema, N extends boolean> = Generated<boolean extends N ? AllNullable<F> : F>

/**
 * One row for each struct of an array, its fields as columns, spread into a `select`; none where the array is null or empty.
 * @example spark.range(0n, 1n).select(() => ({ ...inline(array(struct({ x: 1, y: 'a' }))) })) // => [{ x: 1, y: 'a' }]
 */
export const inline: <F extends Schema, N extends boolean>(
  column: Arrays<StructType<F, N>>,
) => InlineColumns<F, N> = generator('inline')

/**
 * As `inline`, but one row with nulls where the array is null or empty.
 * @example spark.range(0n, 1n).select(() => ({ ...inlineOuter(nullOf(t.array(t.struct({ x: t.long })))) })) // => [{ x: null }]
 */
export const inlineOuter: <F extends Schema>(
  column: Arrays<StructType<F, boolean>>,
) => Generated<AllNullable<F>> = generator('inline_outer')

type Cells = readonly [Column<AnyType>, ...Column<AnyType>[]]

/** A row as long as the first, of the same kinds. */
type CellsLike<R extends Cells> = { readonly [I in keyof R]: Column<SameKind<R[I]['type']>> }

/** `col0`, `col1` ...: nullable if a cell of any row is. */
type StackedColumns<R extends Cells, Q extends CellsLike<R>> = {
  readonly [I in keyof R & `${number}` as `col${I}`]: GeneratedColumn<
    WithNull<R[I]['type'], AnyNull<R[I]['type'] | Q[I]['type']>>
  >
}

/**
 * The given rows, instead of the one at hand: their columns `col0`, `col1` ... are spread into a `select`.
 * @example spark.range(0n, 1n).select(() => ({ ...stack([lit('a'), lit(1)], [lit('b'), lit(2)]) })) // => [{ col0: 'a', col1: 1 }, { col0: 'b', col1: 2 }]
 */
export const stack = <R extends Cells, Q extends CellsLike<R> = never>(
  first: R,
  ...rest: readonly Q[]
): StackedColumns<R, Q> =>
  generate('stack', 1 + rest.length, ...first, ...(rest as readonly Cells[]).flat()) as never

type TupleColumns<F extends readonly string[]> = {
  readonly [I in keyof F & `${number}` as `c${I}`]: GeneratedColumn<StringType<boolean>>
}

/**
 * Fields of a JSON object as texts, in the columns `c0`, `c1` ..., spread into a `select`; null where a field is missing.
 * @example spark.range(0n, 1n).select(() => ({ ...jsonTuple(lit('{"x": 1}'), 'x', 'y') })) // => [{ c0: '1', c1: null }]
 */
export const jsonTuple = <const F extends readonly [string, ...string[]]>(
  column: StringColumn,
  ...fields: F
): TupleColumns<F> => generate('json_tuple', column, ...fields) as never
