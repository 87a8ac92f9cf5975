import { toJson, type JsonValue } from '@bufbuild/protobuf'
import { describe, expect, it } from '@jest/globals'
import { t, Timestamp, Window, type Column } from 'spark-connect-js'
import * as F from 'spark-connect-js/functions'

import type { AnyType } from '../../src/types/data-type.ts'
import { columnsOf } from '../../src/frame/columns.ts'
import { ExpressionSchema } from '../../src/generated/spark/connect/expressions_pb.js'
import { attribute, call, integer, type Tweet } from './plan-only.ts'

const c = columnsOf<typeof Tweet>()
const json = (column: Column<AnyType>): JsonValue => toJson(ExpressionSchema, column.expression)
const [id, retweets] = [attribute('id'), attribute('retweets')]

describe('a literal', () => {
  it.each<[string, Column<AnyType>, object]>([
    ['a whole number is an integer', F.lit(7), { integer: 7 }],
    ['a whole number beyond an integer is a double', F.lit(2147483648), { double: 2147483648 }],
    ['a fraction is a double', F.lit(0.5), { double: 0.5 }],
    ['minus zero is a double', F.lit(-0), { double: -0 }],
    ['a bigint is a long', F.lit(-9223372036854775808n), { long: '-9223372036854775808' }],
    ['a text is a string', F.lit('x'), { string: 'x' }],
    ['a boolean', F.lit(false), { boolean: false }],
    ['bytes are binary', F.lit(Uint8Array.of(1, 255)), { binary: 'Af8=' }],
    ['a Date is a timestamp', F.lit(new Date(-1)), { timestamp: '-1000' }],
    ['a Timestamp keeps its microseconds', F.lit(new Timestamp(-1n)), { timestamp: '-1' }],
    ['a number of a named type', F.lit(7, t.long), { long: '7' }],
    ['a whole number as a double', F.lit(7, t.double), { double: 7 }],
    ['a null of a type', F.nullOf(t.long), { null: { long: {} } }],
  ])('%s', (_, column, literal) => {
    expect(json(column)).toEqual({ literal })
  })

  it('does not take a number that its type cannot hold', () => {
    expect(() => F.lit(1.5, t.integer)).toThrow("1.5 does not fit in Spark's integer")
    expect(() => F.lit(2 ** 31, t.integer)).toThrow("2147483648 does not fit in Spark's integer")
    expect(() => F.lit(128, t.byte)).toThrow("128 does not fit in Spark's byte")
    expect(() => F.lit(32768, t.short)).toThrow("32768 does not fit in Spark's short")
    expect(() => F.lit(1, t.string)).toThrow('a number is not a literal of type string')
  })

  it('is converted where its type says something else than its value', () => {
    const decimal = json(F.lit('12.5', t.decimal(10, 2)))
    expect(decimal).toMatchObject({ cast: { expr: { literal: { string: '12.5' } } } })
    expect(decimal).toMatchObject({ cast: { type: { decimal: { precision: 10, scale: 2 } } } })
    expect(json(F.lit('2020-01-02', t.date))).toMatchObject({ cast: { type: { date: {} } } })
    expect(json(F.lit(5n, t.double))).toMatchObject({ cast: { type: { double: {} } } })
    expect(json(F.lit('x', t.string))).toEqual({ literal: { string: 'x' } })
  })
})

describe('an operator', () => {
  it.each<[string, Column<AnyType>, object]>([
    ['plus', c.retweets.plus(1), call('+', retweets, integer(1))],
    ['minus', c.retweets.minus(1), call('-', retweets, integer(1))],
    ['times', c.retweets.times(1), call('*', retweets, integer(1))],
    ['dividedBy', c.retweets.dividedBy(2), call('/', retweets, integer(2))],
    ['mod', c.retweets.mod(2), call('%', retweets, integer(2))],
    ['negate', c.retweets.negate(), call('negative', retweets)],
    ['eq', c.retweets.eq(1), call('==', retweets, integer(1))],
    ['notEq', c.retweets.notEq(1), call('not', call('==', retweets, integer(1)))],
    ['leq', c.retweets.leq(1), call('<=', retweets, integer(1))],
    ['geq', c.retweets.geq(1), call('>=', retweets, integer(1))],
    ['isin', c.retweets.isin(1, 2), call('in', retweets, integer(1), integer(2))],
    [
      'between',
      c.retweets.between(1, 2),
      call('and', call('>=', retweets, integer(1)), call('<=', retweets, integer(2))),
    ],
    ['or', c.id.isNull().or(c.id.isNotNull()), call('or', call('isNull', id), call('isNotNull', id))],
    ['substr', c.id.substr(1, 3), call('substr', id, integer(1), integer(3))],
    ['startswith', c.id.startswith('a'), call('startswith', id, { literal: { string: 'a' } })],
  ])('%s', (_, column, expression) => {
    expect(json(column)).toEqual(expression)
  })

  it('casts, and tries to', () => {
    expect(json(c.id.cast(t.long))).toEqual({ cast: { expr: id, type: { long: {} } } })
    expect(json(c.id.tryCast(t.decimal(5, 2)))).toEqual({
      cast: {
        expr: id,
        type: { decimal: { precision: 5, scale: 2 } },
        evalMode: 'EVAL_MODE_TRY',
      },
    })
  })

  it('reaches into structs and arrays', () => {
    expect(json(F.struct({ x: c.id }).getField('x'))).toEqual({
      unresolvedExtractValue: {
        child: call('struct', { alias: { expr: id, name: ['x'] } }),
        extraction: { literal: { string: 'x' } },
      },
    })
    expect(json(F.split(c.id, ',').getItem(0))).toMatchObject({
      unresolvedExtractValue: { extraction: integer(0) },
    })
  })
})

describe('a function', () => {
  it('branches', () => {
    const condition = call('>', retweets, integer(9))
    const column = F.when(c.retweets.gt(9), 'hit').otherwise('miss')
    expect(json(column)).toEqual(
      call('when', condition, { literal: { string: 'hit' } }, { literal: { string: 'miss' } }),
    )
    const two = F.when(c.retweets.gt(9), 2).when(c.id.isNull(), 1)
    expect(json(two)).toEqual(call('when', condition, integer(2), call('isNull', id), integer(1)))
  })

  it('counts distinct values', () => {
    expect(json(F.countDistinct(c.id))).toEqual({
      unresolvedFunction: { functionName: 'count', arguments: [id], isDistinct: true },
    })
  })

  it('takes a lambda', () => {
    const variable = (name: string) => ({ nameParts: [name] })
    expect(json(F.transform(F.array(c.retweets), (x, i) => x.plus(i)))).toEqual(
      call('transform', call('array', retweets), {
        lambdaFunction: {
          function: call(
            '+',
            { unresolvedNamedLambdaVariable: variable('x') },
            { unresolvedNamedLambdaVariable: variable('i') },
          ),
          arguments: [variable('x'), variable('i')],
        },
      }),
    )
  })

  it('parses JSON by the DDL of a schema', () => {
    expect(json(F.fromJson(c.id, { a: t.long }, { mode: 'PERMISSIVE' }))).toEqual(
      call(
        'from_json',
        id,
        { literal: { string: 'a BIGINT NOT NULL' } },
        call('map', { literal: { string: 'mode' } }, { literal: { string: 'PERMISSIVE' } }),
      ),
    )
  })
})

describe('a window', () => {
  const frameOf = (column: Column<AnyType>) =>
    (json(column) as { readonly window: { readonly frameSpec?: object } }).window.frameSpec
  const ordered = Window.partitionBy(c.id).orderBy(c.retweets.desc())

  it('has partition and order', () => {
    expect(json(F.rowNumber().over(ordered))).toEqual({
      window: {
        windowFunction: call('row_number'),
        partitionSpec: [id],
        orderSpec: [
          { child: retweets, direction: 'SORT_DIRECTION_DESCENDING', nullOrdering: 'SORT_NULLS_LAST' },
        ],
      },
    })
  })

  it('has a frame of rows or of values, bounded or not', () => {
    const sum = F.sum(c.retweets)
    expect(frameOf(sum.over(ordered.rowsBetween(Window.unboundedPreceding, -1)))).toEqual({
      frameType: 'FRAME_TYPE_ROW',
      lower: { unbounded: true },
      upper: { value: integer(-1) },
    })
    expect(frameOf(sum.over(ordered.rangeBetween(Window.currentRow, Window.unboundedFollowing)))).toEqual({
      frameType: 'FRAME_TYPE_RANGE',
      lower: { currentRow: true },
      upper: { unbounded: true },
    })
  })

  it('is not changed by a setting', () => {
    expect(ordered.rowsBetween(-1, 1)).not.toBe(ordered)
    expect(ordered.frameSpec).toBeUndefined()
    expect(Object.isFrozen(ordered)).toBe(true)
  })
})
