import {
  binary,
  bool,
  dateDay,
  decimal128,
  duration,
  field,
  float32,
  float64,
  int16,
  int32,
  int64,
  int8,
  interval,
  IntervalUnit,
  list,
  map,
  nullType,
  struct,
  timeNanosecond,
  timestamp,
  TimeUnit,
  utf8,
  type DataType,
  type Field,
} from '@uwdata/flechette'
import type { AnyType, ScalarKind, Schema } from '../types/data-type.ts'
import { Misfit, unmakeable } from './misfit.ts'

// Calendar intervals, variants and shapes are missing: only the server makes them.
// By Spark's own mapping (org.apache.spark.sql.util.ArrowUtils): a zone tells a point in time from a clock reading.
const SCALARS: Readonly<Partial<Record<ScalarKind, () => DataType>>> = {
  null: nullType,
  boolean: bool,
  byte: int8,
  short: int16,
  integer: int32,
  long: int64,
  float: float32,
  double: float64,
  string: utf8,
  binary,
  date: dateDay,
  timestamp: () => timestamp(TimeUnit.MICROSECOND, 'UTC'),
  timestamp_ntz: () => timestamp(TimeUnit.MICROSECOND),
  time: timeNanosecond,
  day_time_interval: () => duration(TimeUnit.MICROSECOND),
  year_month_interval: () => interval(IntervalUnit.YEAR_MONTH),
}

/** The Arrow type in which Spark reads a type. @throws Misfit for one that only passes through this client. */
const arrowType = (type: AnyType): DataType => {
  switch (type.kind) {
    case 'decimal':
      return decimal128(type.precision, type.scale)
    case 'array':
      return list(arrowField('element', type.element))
    case 'map':
      return map(arrowField('key', type.key), arrowField('value', type.value))
    case 'struct':
      return struct(arrowFields(type.fields))
    case 'unparsed':
      throw unmakeable(type.ddl)
    default: {
      const make = SCALARS[type.kind]
      if (!make) throw unmakeable(type.kind)
      return make()
    }
  }
}

const arrowField = (name: string, type: AnyType): Field => {
  try {
    return field(name, arrowType(type), type.isNullable)
  } catch (cause) {
    throw cause instanceof Misfit ? cause.within(name) : cause
  }
}

/** The fields of an Arrow schema. @throws Misfit naming the column of which no values can be made. */
export const arrowFields = (columns: Schema): Field[] =>
  Object.entries(columns).map(([name, type]) => arrowField(name, type))
