import { t } from 'spark-connect-js'
import * as F from 'spark-connect-js/functions'

import { fact, type Fact } from '../library/fact.ts'
import type { Samples } from './sample.ts'

const Order = { id: t.long, lines: t.array(t.struct({ price: t.decimal(5, 2) })) }
/** What a parser makes of it. */
const NullableOrder = {
  id: t.long.nullable,
  lines: t.array(t.struct({ price: t.decimal(5, 2).nullable }).nullable).nullable,
}

export const nestedFacts = (c: Samples): readonly Fact[] => [
  fact(F.fromJson(c.text, Order), t.struct(NullableOrder).nullable),
  fact(F.fromJson(c.text, t.array(t.long)), t.array(t.long.nullable).nullable),
  fact(F.fromJson(c.text, t.map(t.string, t.long)), t.map(t.string, t.long.nullable).nullable),
  fact(F.toJson(c.pair), t.string.nullable),
  fact(F.schemaOfJson('{"a": 1}'), t.string),
  fact(F.getJsonObject(c.text, '$.a'), t.string.nullable),
  fact(F.jsonArrayLength(c.text), t.integer.nullable),
  fact(F.jsonObjectKeys(c.text), t.array(t.string.nullable).nullable),
  fact(F.fromCsv(c.text, { id: t.long }), t.struct({ id: t.long.nullable })),
  fact(F.fromCsv(c.maybeText, { id: t.long }), t.struct({ id: t.long.nullable }).nullable),
  fact(F.toCsv(c.pair), t.string.nullable),
  fact(F.fromXml(c.text, Order), t.struct(NullableOrder).nullable),
  fact(F.toXml(c.pair), t.string.nullable),
  fact(F.xpath(c.text, 'a'), t.array(t.string.nullable).nullable),
  fact(F.xpathShort(c.text, 'a'), t.short.nullable),
  fact(F.xpathFloat(c.text, 'a'), t.float.nullable),

  fact(F.parseJson(c.text), t.variant),
  fact(F.parseJson(c.maybeText), t.variant.nullable),
  fact(F.tryParseJson(c.text), t.variant.nullable),
  fact(F.isVariantNull(c.maybeVariant), t.boolean),
  fact(F.variantGet(c.variant, '$.a', t.integer), t.integer.nullable),
  fact(F.tryVariantGet(c.variant, c.text, t.array(t.long)), t.array(t.long.nullable).nullable),
  fact(F.schemaOfVariant(c.variant), t.string),
  fact(F.toVariantObject(c.maybeTexts), t.variant.nullable),
]

const wkb = (c: Samples) => F.stGeomfromwkb(c.maybeBytes)

export const sessionFacts = (c: Samples): readonly Fact[] => [
  fact(F.nvl(c.maybeText, 'a'), t.string),
  fact(F.ifnull(c.maybeText, c.maybeText), t.string.nullable),
  fact(F.nvl(c.maybeInt, c.maybeLong), t.long.nullable),
  fact(F.nvl(c.maybePrice, c.price), t.decimal(10, 2)),
  fact(F.nvl2(c.maybeInt, c.text, 'a'), t.string),
  fact(F.nvl2(c.int, c.text, c.maybeText), t.string.nullable),
  fact(F.nullifzero(c.int), t.integer.nullable),
  fact(F.zeroifnull(c.maybeLong), t.long),
  fact(F.zeroifnull(c.byte), t.integer),
  fact(F.zeroifnull(c.maybeDouble), t.double),
  fact(F.zeroifnull(c.maybePrice), t.decimal(12, 2)),
  fact(F.nanvl(c.float, c.maybeDouble), t.double.nullable),
  fact(F.isnan(c.maybeDouble), t.boolean),
  fact(F.equalNull(c.maybeInt, 1), t.boolean),

  fact(F.shiftleft(c.byte, 1), t.integer),
  fact(F.shiftrightunsigned(c.maybeLong, 1), t.long.nullable),
  fact(F.bitwiseNot(c.byte), t.byte),
  fact(F.bitCount(c.maybeBool), t.integer.nullable),
  fact(F.bitGet(c.int, c.maybeInt), t.byte.nullable),

  fact(F.rand(), t.double),
  fact(F.uniform(1, 5n), t.long),
  fact(F.uniform(1, 5.5), t.double),
  fact(F.uniform(1, 5, 7n), t.integer),
  fact(F.randstr(5), t.string),
  fact(F.days(c.at), t.integer.nullable),
  fact(F.bucket(4, c.long), t.integer.nullable),
  fact(F.uuid(), t.string),
  fact(F.version(), t.string),
  fact(F.sessionUser(), t.string),
  fact(F.typeOf(c.maybeText), t.string),
  fact(F.sparkPartitionId(), t.integer),
  fact(F.inputFileBlockLength(), t.long),
  fact(F.raiseError('no'), t.null),
  fact(F.assertTrue(c.bool), t.null),
  fact(F.javaMethod('java.lang.Math', 'abs', c.int), t.string.nullable),

  fact(F.hllUnion(c.bytes, c.maybeBytes), t.binary.nullable),
  fact(F.thetaIntersection(c.bytes, c.bytes), t.binary),
  fact(F.kllSketchGetQuantileBigint(c.bytes, [0.5]), t.array(t.long)),
  fact(F.kllSketchGetQuantileFloat(c.maybeBytes, 0.5), t.float.nullable),
  fact(F.kllSketchGetRankBigint(c.bytes, 1n), t.double),
  fact(F.bitmapCount(c.maybeBytes), t.long.nullable),
  fact(wkb(c), t.geometry.nullable),
  fact(F.stSetsrid(wkb(c), 4326), t.geometry.nullable),
  fact(F.stSrid(F.stGeogfromwkb(c.bytes)), t.integer),
]

export const groupFacts = (c: Samples): readonly Fact[] => [
  fact(F.schemaOfVariantAgg(c.maybeVariant), t.string),
  fact(F.hllSketchAgg(c.maybeText), t.binary),
  fact(F.thetaSketchAgg(c.maybeDouble), t.binary),
  fact(F.kllSketchAggFloat(c.float), t.binary),
  fact(F.countMinSketch(c.maybeLong, { eps: 0.5, confidence: 0.5 }), t.binary),
  fact(F.bitmapConstructAgg(c.maybeLong), t.binary),
  fact(F.bitmapAndAgg(c.maybeBytes), t.binary),
]
