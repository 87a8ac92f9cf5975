import { create } from '@bufbuild/protobuf'
import { describe, expect, it } from '@jest/globals'
import { schema, schemaDdl, t } from 'spark-connect-js'

import { DataTypeSchema } from '../../src/generated/spark/connect/types_pb.js'
import { fromProtoSchema, toProtoType } from '../../src/types/proto.ts'

const Everything = schema({
  boolean: t.boolean,
  byte: t.byte,
  short: t.short.nullable,
  integer: t.integer,
  long: t.long.nullable,
  float: t.float,
  double: t.double,
  string: t.string,
  binary: t.binary,
  date: t.date,
  timestamp: t.timestamp,
  timestamp_ntz: t.timestampNtz,
  time: t.time,
  day_time_interval: t.dayTimeInterval,
  year_month_interval: t.yearMonthInterval.nullable,
  calendar_interval: t.calendarInterval,
  variant: t.variant.nullable,
  geometry: t.geometry,
  geography: t.geography,
  decimal: t.decimal(38, 18).nullable,
  array: t.array(t.string.nullable),
  map: t.map(t.string, t.long.nullable).nullable,
  struct: t.struct({ id: t.long, inner: t.array(t.struct({ x: t.double.nullable })) }),
  nothing: t.null,
})

describe('a schema', () => {
  it('is written in Spark’s DDL, nullability and all', () => {
    expect(schemaDdl(Everything).split(/, (?=[a-z_]+ )/)).toEqual([
      'boolean BOOLEAN NOT NULL',
      'byte TINYINT NOT NULL',
      'short SMALLINT',
      'integer INT NOT NULL',
      'long BIGINT',
      'float FLOAT NOT NULL',
      'double DOUBLE NOT NULL',
      'string STRING NOT NULL',
      'binary BINARY NOT NULL',
      'date DATE NOT NULL',
      'timestamp TIMESTAMP NOT NULL',
      'timestamp_ntz TIMESTAMP_NTZ NOT NULL',
      'time TIME NOT NULL',
      'day_time_interval INTERVAL DAY TO SECOND NOT NULL',
      'year_month_interval INTERVAL YEAR TO MONTH',
      'calendar_interval INTERVAL NOT NULL',
      'variant VARIANT',
      'geometry GEOMETRY(ANY) NOT NULL',
      'geography GEOGRAPHY(ANY) NOT NULL',
      'decimal DECIMAL(38,18)',
      'array ARRAY<STRING> NOT NULL',
      'map MAP<STRING, BIGINT>',
      'struct STRUCT<id: BIGINT NOT NULL, inner: ARRAY<STRUCT<x: DOUBLE>> NOT NULL> NOT NULL',
      'nothing VOID',
    ])
  })

  it('quotes names that are no identifiers', () => {
    expect(schemaDdl({ 'a b': t.long, 'c`d': t.struct({ 'e.f': t.long }) })).toBe(
      '`a b` BIGINT NOT NULL, `c``d` STRUCT<`e.f`: BIGINT NOT NULL> NOT NULL',
    )
  })

  it('crosses the wire and comes back the same', () => {
    const restored = fromProtoSchema(toProtoType(t.struct(Everything)))
    expect(restored).toEqual(Everything)
    expect(Object.keys(restored)).toEqual(Object.keys(Everything))
  })

  it('is a struct, or no schema', () => {
    expect(() => fromProtoSchema(toProtoType(t.long))).toThrow('a struct, not long')
  })

  it('passes a type on that this client does not know', () => {
    const dataType = create(DataTypeSchema, { kind: { case: 'udt', value: {} } })
    const field = { name: 'u', dataType, nullable: true }
    const known = create(DataTypeSchema, { kind: { case: 'struct', value: { fields: [field] } } })
    expect(fromProtoSchema(known)['u']).toMatchObject({ kind: 'unparsed', ddl: 'udt', isNullable: true })
  })
})

describe('a type', () => {
  it('allows null by `.nullable`, and is not changed by it', () => {
    expect(t.long.isNullable).toBe(false)
    expect(t.long.nullable).toEqual({ kind: 'long', isNullable: true })
    expect(t.decimal(5, 2).nullable).toEqual({ kind: 'decimal', precision: 5, scale: 2, isNullable: true })
    expect(t.long.isNullable).toBe(false)
    expect(Object.isFrozen(t.long.nullable)).toBe(true)
  })
})
