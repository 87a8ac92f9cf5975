import { expectTypeOf } from 'expect-type'
import { t, type Column, type ColumnsOf } from 'spark-connect-js'
import * as F from 'spark-connect-js/functions'
import type { Tweet } from './frames.ts'

declare const c: ColumnsOf<typeof Tweet>
declare const wide: number
declare const wideLong: bigint

type Long = typeof t.long
type Integer = typeof t.integer
type Double = typeof t.double

// Literals have the type that their text shows.
expectTypeOf(F.lit(1)).toEqualTypeOf<Column<Integer>>()
expectTypeOf(F.lit(-1)).toEqualTypeOf<Column<Integer>>()
expectTypeOf(F.lit(0.5)).toEqualTypeOf<Column<Double>>()
expectTypeOf(F.lit(1n)).toEqualTypeOf<Column<Long>>()
expectTypeOf(F.lit('a')).toEqualTypeOf<Column<typeof t.string>>()
expectTypeOf(F.lit(true)).toEqualTypeOf<Column<typeof t.boolean>>()
expectTypeOf(F.lit(new Date())).toEqualTypeOf<Column<typeof t.timestamp>>()
expectTypeOf(F.lit(wide, t.double)).toEqualTypeOf<Column<Double>>()
expectTypeOf(F.nullOf(t.long)).toEqualTypeOf<Column<typeof t.long.nullable>>()
// @ts-expect-error a number known only at run time has no Spark type until one is said
F.lit(wide)

// Arithmetic widens as Spark's coercion does, and a null on either side stays.
expectTypeOf(c.retweets.plus(1)).toEqualTypeOf<Column<Long>>()
expectTypeOf(c.retweets.plus(1n)).toEqualTypeOf<Column<Long>>()
expectTypeOf(c.retweets.plus(wideLong)).toEqualTypeOf<Column<Long>>()
expectTypeOf(c.retweets.times(0.5)).toEqualTypeOf<Column<Double>>()
expectTypeOf(c.retweets.minus(c.favourites)).toEqualTypeOf<Column<typeof t.long.nullable>>()
expectTypeOf(c.position.plus(c.position)).toEqualTypeOf<Column<Integer>>()
expectTypeOf(c.position.plus(c.retweets)).toEqualTypeOf<Column<Long>>()
expectTypeOf(c.position.times(c.depth)).toEqualTypeOf<Column<Double>>()
expectTypeOf(c.depth.times(wide)).toEqualTypeOf<Column<Double>>()
expectTypeOf(c.retweets.dividedBy(2)).toEqualTypeOf<Column<typeof t.double.nullable>>()
expectTypeOf(c.retweets.mod(2)).toEqualTypeOf<Column<typeof t.long.nullable>>()

// @ts-expect-error a wide number beside a long: integer or double is known only at run time
c.retweets.plus(wide)
// @ts-expect-error a wide number beside an integer
c.position.times(wide)
// @ts-expect-error adding to a string
c.author_id.plus(1)
// @ts-expect-error adding a string
c.retweets.plus('1')
// @ts-expect-error adding a string column
c.retweets.plus(c.author_id)
// @ts-expect-error negating a timestamp
c.tweeted_at.negate()

// Comparisons: like with like; null where a side may be null.
expectTypeOf(c.retweets.gt(0)).toEqualTypeOf<Column<typeof t.boolean>>()
expectTypeOf(c.favourites.gt(0)).toEqualTypeOf<Column<typeof t.boolean.nullable>>()
expectTypeOf(c.retweets.eq(c.favourites)).toEqualTypeOf<Column<typeof t.boolean.nullable>>()
expectTypeOf(c.favourites.eqNullSafe(null)).toEqualTypeOf<Column<typeof t.boolean>>()
expectTypeOf(c.favourites.isNull()).toEqualTypeOf<Column<typeof t.boolean>>()
expectTypeOf(c.tweeted_at.lt(new Date())).toEqualTypeOf<Column<typeof t.boolean>>()
expectTypeOf(c.text.contains('a')).toEqualTypeOf<Column<typeof t.boolean.nullable>>()
expectTypeOf(c.text.isin('a', 'b')).toEqualTypeOf<Column<typeof t.boolean.nullable>>()

// @ts-expect-error comparing a long with a string
c.retweets.eq('1')
// @ts-expect-error comparing a long with a string column
c.retweets.eq(c.author_id)
// @ts-expect-error comparing a string with a number
c.author_id.gt(1)
// @ts-expect-error comparing a time with a number
c.tweeted_at.geq(0)
// @ts-expect-error a list of another type
c.retweets.isin('1')
// @ts-expect-error a text function on a long
c.retweets.contains('1')
// @ts-expect-error `and` between a boolean and a long
c.retweets.gt(0).and(c.retweets)

// Casts: the nullability of the column stays, a try may always fail.
expectTypeOf(c.author_id.cast(t.long)).toEqualTypeOf<Column<Long>>()
expectTypeOf(c.text.cast(t.long)).toEqualTypeOf<Column<typeof t.long.nullable>>()
expectTypeOf(c.author_id.tryCast(t.long)).toEqualTypeOf<Column<typeof t.long.nullable>>()

// Functions.
expectTypeOf(F.coalesce(c.favourites, c.retweets)).toEqualTypeOf<Column<Long>>()
expectTypeOf(F.coalesce(c.favourites, c.favourites)).toEqualTypeOf<Column<typeof t.long.nullable>>()
expectTypeOf(F.greatest(c.position, c.retweets)).toEqualTypeOf<Column<Long>>()
expectTypeOf(F.sum(c.position)).toEqualTypeOf<Column<typeof t.long.nullable>>()
expectTypeOf(F.count()).toEqualTypeOf<Column<Long>>()
expectTypeOf(F.max(c.tweeted_at)).toEqualTypeOf<Column<typeof t.timestamp.nullable>>()
expectTypeOf(F.when(c.retweets.gt(0), 'some').otherwise('none')).toEqualTypeOf<Column<typeof t.string>>()
expectTypeOf(F.when(c.retweets.gt(0), 'some')).toExtend<Column<typeof t.string.nullable>>()
expectTypeOf(F.struct({ id: c.author_id, n: c.favourites }).getField('n')).toEqualTypeOf<
  Column<typeof t.long.nullable>
>()

// @ts-expect-error the sum of texts
F.sum(c.author_id)
// @ts-expect-error a field that the struct does not have
F.struct({ id: c.author_id }).getField('name')
