import { t, Window } from 'spark-connect-js'
import * as F from 'spark-connect-js/functions'

import { fact, factBut, type Fact, type ShelfColumns } from './fact.ts'

const { nullable: maybeLong } = t.long
const { nullable: maybeDouble } = t.double

export const numberFacts = (c: ShelfColumns): readonly Fact[] => [
  fact(F.abs(c.maybe_long), maybeLong),
  fact(F.negative(c.int), t.integer),
  fact(F.positive(c.float), t.float),
  fact(F.pow(c.int, 2), t.double),
  fact(F.pow(c.int, c.maybe_double), maybeDouble),
  fact(F.hypot(c.double, c.long), t.double),
  fact(F.atan2(c.maybe_int, 1), maybeDouble),
  factBut(F.sqrt(c.long), t.double, maybeDouble),
  fact(F.sin(c.maybe_int), maybeDouble),
  factBut(F.signum(c.int), t.double, maybeDouble),
  fact(F.ln(c.double), maybeDouble),
  fact(F.log(2, c.double), maybeDouble),
  factBut(F.floor(c.double), t.long, maybeLong),
  fact(F.ceil(c.maybe_double), maybeLong),
  fact(F.round(c.double, 1), maybeDouble),
  fact(F.bround(c.int), t.integer.nullable),
  fact(F.greatest(c.int, c.long), t.long),
  fact(F.least(c.int, c.maybe_double), t.double),
  fact(F.greatest(c.maybe_text, c.maybe_text), t.string.nullable),
  fact(F.pmod(c.int, c.long), maybeLong),
  fact(F.tryAdd(c.int, 1), t.integer.nullable),
  fact(F.trySubtract(c.long, c.double), maybeDouble),
  fact(F.tryMultiply(c.int, c.int), t.integer.nullable),
  fact(F.tryDivide(c.long, 2), maybeDouble),
  fact(F.tryMod(c.long, 2), maybeLong),
  fact(F.widthBucket(c.double, { min: 0, max: 1, buckets: 2 }), maybeLong),
  fact(F.factorial(c.int), maybeLong),
  fact(F.e(), t.double),
  fact(F.pi(), t.double),
]

export const groupFacts = (c: ShelfColumns): readonly Fact[] => [
  fact(F.count(c.maybe_int), t.long),
  fact(F.countDistinct(c.int, c.text), t.long),
  fact(F.countIf(c.maybe_bool), t.long),
  fact(F.approxCountDistinct(c.text, 0.1), t.long),
  fact(F.sum(c.int), maybeLong),
  fact(F.sum(c.float), maybeDouble),
  fact(F.sumDistinct(c.double), maybeDouble),
  fact(F.trySum(c.int), maybeLong),
  fact(F.product(c.int), maybeDouble),
  fact(F.avg(c.long), maybeDouble),
  fact(F.tryAvg(c.int), maybeDouble),
  fact(F.max(c.date), t.date.nullable),
  fact(F.minBy(c.text, c.int), t.string.nullable),
  fact(F.anyValue(c.ints), t.array(t.integer).nullable),
  fact(F.firstValue(c.text, { ignoreNulls: true }), t.string.nullable),
  fact(F.boolAnd(c.bool), t.boolean.nullable),
  fact(F.some(c.bool), t.boolean.nullable),
  fact(F.bitXor(c.int), t.integer.nullable),
  fact(F.stddev(c.int), maybeDouble),
  fact(F.varPop(c.double), maybeDouble),
  fact(F.kurtosis(c.double), maybeDouble),
  fact(F.corr(c.int, c.double), maybeDouble),
  fact(F.regrSlope(c.int, c.double), maybeDouble),
  fact(F.regrCount(c.int, c.double), t.long),
  fact(F.median(c.int), maybeDouble),
  fact(F.mode(c.text), t.string.nullable),
  fact(F.percentile(c.int, 0.5), maybeDouble),
  fact(F.percentile(c.int, [0.5]), t.array(t.double).nullable),
  fact(F.percentileApprox(c.int, 0.5), t.integer.nullable),
  fact(F.approxPercentile(c.int, [0.5], 100), t.array(t.integer).nullable),
  fact(
    F.histogramNumeric(c.int, 3),
    t.array(t.struct({ x: t.integer.nullable, y: maybeDouble }).nullable).nullable,
  ),
  fact(F.collectList(c.maybe_int), t.array(t.integer)),
  fact(F.collectSet(c.text), t.array(t.string)),
  fact(F.listagg(c.maybe_text, ','), t.string.nullable),
  fact(F.listaggDistinct(c.text), t.string.nullable),
]

export const arrayFacts = (c: ShelfColumns): readonly Fact[] => [
  fact(F.array(c.int, c.maybe_int), t.array(t.integer.nullable)),
  fact(F.arrayRepeat(c.maybe_text, 2), t.array(t.string.nullable)),
  fact(F.arrayRepeat('a', c.maybe_int), t.array(t.string).nullable),
  fact(F.sequence(c.int, c.int), t.array(t.integer)),
  fact(F.sequence(c.int, c.maybe_int), t.array(t.integer).nullable),
  fact(F.sequence(c.date, c.date), t.array(t.date)),
  fact(F.arraySize(c.maybe_ints), t.integer.nullable),
  fact(F.size(c.counts), t.integer),
  fact(F.cardinality(c.maybe_counts), t.integer.nullable),
  fact(F.get(c.ints, c.int), t.integer.nullable),
  fact(F.elementAt(c.texts, 1), t.string.nullable),
  fact(F.elementAt(c.counts, 'a'), maybeLong),
  fact(F.tryElementAt(c.ints_with_nulls, -1), t.integer.nullable),
  fact(F.slice(c.ints, 1, 2), t.array(t.integer)),
  fact(F.slice(c.ints, c.maybe_int, 2), t.array(t.integer).nullable),
  fact(F.arrayJoin(c.texts, ','), t.string),
  fact(F.arrayPosition(c.ints, 1), t.long),
  fact(F.arrayPosition(c.ints, c.maybe_int), maybeLong),
  fact(F.arrayContains(c.ints, 1), t.boolean),
  fact(F.arrayContains(c.ints_with_nulls, 1), t.boolean.nullable),
  fact(F.arrayContains(c.ints, c.maybe_int), t.boolean.nullable),
  fact(F.arrayMax(c.ints), t.integer.nullable),
  fact(F.arraysOverlap(c.ints, c.ints), t.boolean),
  fact(F.arraysOverlap(c.ints, c.ints_with_nulls), t.boolean.nullable),
  factBut(F.arrayAppend(c.ints, c.int), t.array(t.integer), t.array(t.integer.nullable)),
  fact(F.arrayPrepend(c.maybe_ints, c.maybe_int), t.array(t.integer.nullable).nullable),
  fact(F.arrayInsert(c.ints, 2, c.int), t.array(t.integer.nullable)),
  fact(F.arrayRemove(c.ints, c.maybe_int), t.array(t.integer).nullable),
  fact(F.arrayCompact(c.ints_with_nulls), t.array(t.integer)),
  fact(F.arrayDistinct(c.maybe_ints), t.array(t.integer).nullable),
  fact(F.arrayExcept(c.ints_with_nulls, c.maybe_ints), t.array(t.integer.nullable).nullable),
  fact(F.arrayIntersect(c.ints, c.ints_with_nulls), t.array(t.integer)),
  fact(F.arrayUnion(c.ints, c.ints_with_nulls), t.array(t.integer.nullable)),
  fact(F.sortArray(c.ints, false), t.array(t.integer)),
  fact(F.shuffle(c.ints_with_nulls), t.array(t.integer.nullable)),
  fact(F.flatten(F.array(c.maybe_ints)), t.array(t.integer).nullable),
  fact(
    F.arraysZip({ i: c.ints, s: c.texts }),
    t.array(t.struct({ i: t.integer.nullable, s: t.string.nullable })),
  ),
  fact(F.namedStruct({ x: c.maybe_int, y: 'a' }), t.struct({ x: t.integer.nullable, y: t.string })),
]

export const lambdaFacts = (c: ShelfColumns): readonly Fact[] => [
  fact(
    F.transform(c.ints_with_nulls, (x, i) => F.struct({ x, i })),
    t.array(t.struct({ x: t.integer.nullable, i: t.integer })),
  ),
  fact(
    F.filter(c.maybe_ints, (x) => x.gt(1)),
    t.array(t.integer).nullable,
  ),
  fact(
    F.exists(c.ints, (x) => x.gt(1)),
    t.boolean,
  ),
  fact(
    F.forall(c.ints_with_nulls, (x) => x.gt(1)),
    t.boolean.nullable,
  ),
  fact(
    F.zipWith(c.ints, c.texts, (_, text) => text),
    t.array(t.string.nullable),
  ),
  fact(
    F.arraySort(c.ints, (x, y) => y.minus(x)),
    t.array(t.integer),
  ),
  fact(
    F.aggregate(c.ints, F.lit(0), (sum, x) => sum.plus(x)),
    t.integer.nullable,
  ),
  fact(
    F.mapFilter(c.maybe_counts, (_, n) => n.gt(1)),
    t.map(t.string, maybeLong).nullable,
  ),
  fact(
    F.transformKeys(c.counts, (key) => F.length(key)),
    t.map(t.integer, t.long),
  ),
  fact(
    F.transformValues(c.counts, (key) => key),
    t.map(t.string, t.string),
  ),
  fact(
    F.mapZipWith(c.counts, c.counts, (_, x, y) => x.plus(y)),
    t.map(t.string, maybeLong),
  ),
]

export const mapFacts = (c: ShelfColumns): readonly Fact[] => [
  fact(F.createMap([c.text, c.maybe_int]), t.map(t.string, t.integer.nullable)),
  fact(F.mapFromArrays(c.texts, c.ints_with_nulls), t.map(t.string, t.integer.nullable)),
  fact(F.mapFromEntries(F.mapEntries(c.counts)), t.map(t.string, t.long)),
  fact(F.strToMap(c.text), t.map(t.string, t.string.nullable)),
  factBut(F.mapKeys(c.counts), t.array(t.string), t.array(t.string.nullable)),
  fact(F.mapValues(c.maybe_counts), t.array(maybeLong).nullable),
  fact(F.mapEntries(c.counts), t.array(t.struct({ key: t.string, value: t.long }))),
  factBut(F.mapContainsKey(c.counts, 'a'), t.boolean, t.boolean.nullable),
  fact(F.mapConcat(c.counts, c.counts), t.map(t.string, t.long)),
]

export const windowFacts = (c: ShelfColumns): readonly Fact[] => {
  const window = Window.orderBy(c.int)
  return [
    fact(F.denseRank().over(window), t.integer),
    fact(F.percentRank().over(window), t.double),
    fact(F.ntile(2).over(window), t.integer),
    fact(F.nthValue(c.int, 2).over(window), t.integer.nullable),
    fact(F.lag(c.int).over(window), t.integer.nullable),
    fact(F.lead(c.int, 1, c.int).over(window), t.integer),
    fact(F.lead(c.int, 1, c.maybe_int).over(window), t.integer.nullable),
  ]
}
