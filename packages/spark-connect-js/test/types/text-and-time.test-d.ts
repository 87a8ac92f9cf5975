import { expectTypeOf } from 'expect-type'
import {
  t,
  type CalendarInterval,
  type Column,
  type ColumnsOf,
  type SpatialValue,
  type ValueOf,
  type Variant,
} from 'spark-connect-js'
import * as F from 'spark-connect-js/functions'
import type { Samples } from '../spark/function-types/sample.ts'
import type { Tweet } from './frames.ts'

declare const c: Samples
declare const tweet: ColumnsOf<typeof Tweet>

// Values of the types that no JavaScript type stands for.
expectTypeOf<ValueOf<typeof t.dayTimeInterval>>().toEqualTypeOf<bigint>()
expectTypeOf<ValueOf<typeof t.yearMonthInterval>>().toEqualTypeOf<number>()
expectTypeOf<ValueOf<typeof t.calendarInterval.nullable>>().toEqualTypeOf<CalendarInterval | null>()
expectTypeOf<ValueOf<typeof t.time>>().toEqualTypeOf<string>()
expectTypeOf<ValueOf<typeof t.variant>>().toEqualTypeOf<Variant>()
expectTypeOf<ValueOf<typeof t.geometry>>().toEqualTypeOf<SpatialValue>()
// That the server agrees about types and nullability is tested in test/spark/function-types.

// @ts-expect-error a name is no column: a text is a constant
F.upper('author_id')
// @ts-expect-error a text function on a number
F.upper(tweet.retweets)
// @ts-expect-error a pattern that is a number
F.rlike(tweet.text, 1)
// @ts-expect-error bytes filled up with text
F.lpad(c.bytes, 2, '0')
// @ts-expect-error a length that is a long, which Spark does not take
F.left(tweet.text, 2n)
// @ts-expect-error a part of an address that there is not
F.parseUrl(tweet.text, 'PORT')
// @ts-expect-error an option that `mask` does not have
F.mask(tweet.text, { upper: 'X' })
// @ts-expect-error the bits of a double
F.bitCount(c.double)
// @ts-expect-error NaN among whole numbers
F.isnan(tweet.retweets)
// @ts-expect-error another kind of value where the first is null
F.nvl(tweet.text, 1)
// @ts-expect-error a variant's path in a text
F.variantGet(tweet.text, '$.a', t.long)
// @ts-expect-error a number as JSON
F.toJson(tweet.retweets)

// @ts-expect-error the year of a text, until it is parsed
F.year(tweet.text)
// @ts-expect-error a unit that there is not
F.timestampAdd('FORTNIGHT', 1, tweet.tweeted_at)
// @ts-expect-error a date cut to hours
F.trunc(c.date, 'hour')
// @ts-expect-error a field that there is not
F.extract('CENTURY', c.date)
// @ts-expect-error a time of day without its seconds
F.makeTimestamp({ years: 2026, months: 1, days: 1, hours: 0, mins: 0 })
// @ts-expect-error a zone for a clock reading
F.makeTimestampNtz({ date: c.date, time: c.time, timezone: 'UTC' })
// @ts-expect-error an interval compared with a plain number, whose type is unknown
c.gap.gt(1n)
c.gap.gt(F.lit(1n, t.dayTimeInterval))
// @ts-expect-error windows of something else than time
F.window(tweet.retweets, '1 hour')
// @ts-expect-error a time of day where Spark takes a point in time
F.dateFormat(c.time, 'HH')
// @ts-expect-error a field that a window has not
F.window(tweet.tweeted_at, '1 hour').getField('begin')
expectTypeOf(F.lit({ months: 1, days: 0, microseconds: 0n })).toEqualTypeOf<
  Column<typeof t.calendarInterval>
>()
