import { t } from 'spark-connect-js'
import * as F from 'spark-connect-js/functions'

import { fact, type Fact } from '../library/fact.ts'
import type { Samples } from './sample.ts'

const MIDNIGHT = { hours: 0, mins: 0, secs: 0 } as const

export const timeFacts = (c: Samples): readonly Fact[] => [
  fact(F.currentDate(), t.date),
  fact(F.currentTime(3), t.time),
  fact(F.localtimestamp(), t.timestampNtz),
  fact(F.year(c.date), t.integer),
  fact(F.monthname(c.maybeAt), t.string.nullable),
  fact(F.hour(c.clock), t.integer),
  fact(F.hour(c.time), t.integer.nullable),
  fact(F.second(c.maybeAt), t.integer.nullable),
  fact(F.extract('YEAR', c.date), t.integer),
  fact(F.extract('SECOND', c.at), t.decimal(8, 6)),
  fact(F.extract('SECOND', c.time), t.decimal(8, 6).nullable),
  fact(F.extract('HOUR', c.gap), t.byte),
  fact(F.extract('month', c.months), t.byte),
  fact(F.extract('DAY', c.span), t.integer),
  fact(F.datePart('DOW', c.maybeDate), t.integer.nullable),

  fact(F.dateAdd(c.date, 1), t.date),
  fact(F.dateSub(c.at, c.maybeInt), t.date.nullable),
  fact(F.addMonths(c.maybeDate, 1), t.date.nullable),
  fact(F.datediff(c.date, c.maybeAt), t.integer.nullable),
  fact(F.monthsBetween(c.at, c.date), t.double),
  fact(F.lastDay(c.at), t.date),
  fact(F.lastDay(c.clock), t.date.nullable),
  fact(F.dateAdd(c.clock, 1), t.date.nullable),
  fact(F.datediff(c.date, c.clock), t.integer.nullable),
  fact(F.year(c.clock), t.integer.nullable),
  fact(F.extract('YEAR', c.clock), t.integer.nullable),
  fact(F.extract('HOUR', c.clock), t.integer),
  fact(F.toDate(c.clock), t.date.nullable),
  fact(F.convertTimezone('UTC', 'UTC', c.date), t.timestampNtz.nullable),
  fact(F.nextDay(c.date, 'Mon'), t.date.nullable),
  fact(F.trunc(c.date, 'MONTH'), t.date.nullable),
  fact(F.dateTrunc('hour', c.clock), t.timestamp.nullable),
  fact(F.timestampAdd('HOUR', 1, c.at), t.timestamp),
  fact(F.timestampAdd('day', c.maybeInt, c.clock), t.timestampNtz.nullable),
  fact(F.timestampAdd('DAY', c.long, c.date), t.timestamp),
  fact(F.timestampDiff('DAY', c.date, c.maybeAt), t.long.nullable),

  fact(F.unixDate(c.maybeDate), t.integer.nullable),
  fact(F.unixMillis(c.at), t.long),
  fact(F.dateFromUnixDate(c.int), t.date),
  fact(F.timestampSeconds(c.long), t.timestamp),
  fact(F.timestampSeconds(c.price), t.timestamp),
  fact(F.timestampSeconds(c.double), t.timestamp.nullable),
  fact(F.timestampSeconds(1), t.timestamp),
  fact(F.timestampSeconds(1.5), t.timestamp.nullable),
  fact(F.timestampMillis(c.maybeLong), t.timestamp.nullable),
  fact(F.fromUnixtime(c.long), t.string.nullable),
  fact(F.unixTimestamp(), t.long),
  fact(F.unixTimestamp(c.at), t.long),
  fact(F.unixTimestamp(c.text, c.maybeText), t.long.nullable),
  fact(F.toUnixTimestamp(c.maybeDate), t.long.nullable),

  fact(F.toDate(c.text), t.date.nullable),
  fact(F.toDate(c.text, 'yyyy'), t.date),
  fact(F.toDate(c.at), t.date),
  fact(F.tryToDate(c.text), t.date.nullable),
  fact(F.toTimestamp(c.maybeText, 'yyyy'), t.timestamp.nullable),
  fact(F.toTimestampNtz(c.at), t.timestampNtz),
  fact(F.toTimestampLtz(c.text), t.timestamp.nullable),
  fact(F.tryToTimestamp(c.text, 'yyyy'), t.timestamp.nullable),
  fact(F.dateFormat(c.date, 'yyyy'), t.string),
  fact(F.fromUtcTimestamp(c.at, c.maybeText), t.timestamp.nullable),
  fact(F.convertTimezone(null, 'UTC', c.clock), t.timestampNtz),
  fact(F.convertTimezone(c.maybeText, 'UTC', c.clock), t.timestampNtz.nullable),

  fact(F.makeDate(c.int, 1, 1), t.date),
  fact(F.makeDate(2026, c.maybeInt, 1), t.date.nullable),
  fact(F.makeTimestamp({ years: 2026, months: 1, days: 1, ...MIDNIGHT }), t.timestamp),
  fact(F.makeTimestamp({ years: c.maybeInt, months: 1, days: 1, ...MIDNIGHT }), t.timestamp.nullable),
  fact(F.makeTimestamp({ years: 1, months: 1, days: 1, ...MIDNIGHT, secs: c.double }), t.timestamp.nullable),
  fact(F.tryMakeTimestamp({ years: 2026, months: 1, days: 1, ...MIDNIGHT }), t.timestamp.nullable),
  fact(F.makeTimestamp({ date: c.date, time: c.time }), t.timestamp),
  fact(F.makeTimestamp({ date: c.date, time: c.time, timezone: c.maybeText }), t.timestamp.nullable),
  fact(F.tryMakeTimestamp({ date: c.maybeDate, time: c.time }), t.timestamp.nullable),
  fact(F.makeTimestampLtz({ years: 2026, months: 1, days: 1, ...MIDNIGHT }), t.timestamp),
  fact(F.makeTimestampNtz({ date: c.date, time: c.time }), t.timestampNtz.nullable),
  fact(F.makeDtInterval({ days: 1 }), t.dayTimeInterval),
  fact(F.makeDtInterval({ secs: 0.5 }), t.dayTimeInterval.nullable),
  fact(F.makeYmInterval(c.int), t.yearMonthInterval),
  fact(F.makeYmInterval(1, c.maybeInt), t.yearMonthInterval.nullable),
  fact(F.makeInterval({ years: c.int }), t.calendarInterval),
  fact(F.tryMakeInterval({ years: c.int }), t.calendarInterval.nullable),
  fact(F.makeTime(1, 2, c.price), t.time.nullable),
  fact(F.toTime(c.text), t.time.nullable),
  fact(F.timeDiff('hour', c.time, c.maybeTime), t.long.nullable),
  fact(F.timeTrunc('HOUR', c.time), t.time.nullable),
]

const Instants = { start: t.timestamp.nullable, end: t.timestamp.nullable }
const Clocks = { start: t.timestampNtz.nullable, end: t.timestampNtz.nullable }

/** A projection has room for one window of time. */
export const windowFacts: readonly ((c: Samples) => Fact)[] = [
  (c) => fact(F.window(c.maybeAt, '1 hour'), t.struct(Instants)),
  (c) => fact(F.window(c.clock, '1 hour', '10 minutes'), t.struct(Clocks).nullable),
  (c) => fact(F.sessionWindow(c.at, '1 hour'), t.struct(Instants)),
]
