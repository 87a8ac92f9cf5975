import { expectTypeOf } from 'expect-type'
import { schema, t, type Column, type ColumnsOf, type DataFrame, type ValueOf } from 'spark-connect-js'
import * as F from 'spark-connect-js/functions'

const Post = schema({
  id: t.long,
  score: t.double,
  price: t.decimal(10, 2),
  tags: t.array(t.string),
  marks: t.array(t.integer.nullable).nullable,
  counts: t.map(t.string, t.long.nullable),
  points: t.array(t.struct({ x: t.double, y: t.double.nullable })),
})
declare const c: ColumnsOf<typeof Post>
declare const posts: DataFrame<typeof Post>
declare const wide: number

type Of<C> = C extends Column<infer T> ? ValueOf<T> : never
declare const of: <C>(column: C) => Of<C>

// Numbers: the kind carries through, and so does null.
expectTypeOf(F.negative(c.price)).toEqualTypeOf<Column<(typeof Post)['price']>>()
expectTypeOf(F.floor(c.score)).toEqualTypeOf<Column<typeof t.long>>()
expectTypeOf(of(F.floor(c.score, 2))).toEqualTypeOf<string | null>()
expectTypeOf(of(F.pmod(c.id, 3))).toEqualTypeOf<bigint | null>()
expectTypeOf(of(F.tryAdd(c.id, c.score))).toEqualTypeOf<number | null>()
expectTypeOf(of(F.tryDivide(c.price, 2))).toEqualTypeOf<string | null>()
expectTypeOf(F.sin(c.id)).toEqualTypeOf<Column<typeof t.double>>()
expectTypeOf(F.hypot(c.score, 2)).toEqualTypeOf<Column<typeof t.double>>()
expectTypeOf(of(F.greatest(c.id, c.score, F.lit(1)))).toEqualTypeOf<number>()
expectTypeOf(of(F.least(F.lit('a'), F.nullOf(t.string)))).toEqualTypeOf<string>()
// @ts-expect-error the sine of a text
F.sin(F.lit('1'))
// @ts-expect-error a sum with a number known only at run time has no type yet
F.tryAdd(c.id, wide)
// @ts-expect-error the greatest of one
F.greatest(c.id)
// @ts-expect-error bounds out of order can only be told apart by their names
F.widthBucket(c.score, 0, 1, 10)

// Aggregates: null where a group has no value.
expectTypeOf(of(F.avg(c.id))).toEqualTypeOf<number | null>()
expectTypeOf(of(F.avg(c.price))).toEqualTypeOf<string | null>()
expectTypeOf(of(F.bitOr(c.id))).toEqualTypeOf<bigint | null>()
expectTypeOf(of(F.percentile(c.id, [0.5, 0.9]))).toEqualTypeOf<readonly number[] | null>()
expectTypeOf(of(F.percentileApprox(c.id, 0.5))).toEqualTypeOf<bigint | null>()
expectTypeOf(of(F.collectSet(c.marks))).toEqualTypeOf<readonly (readonly (number | null)[])[]>()
expectTypeOf(of(F.approxCountDistinct(c.tags))).toEqualTypeOf<bigint>()
// @ts-expect-error the bits of a fraction
F.bitAnd(c.score)
// @ts-expect-error a condition that is a number
F.boolAnd(c.id)
// @ts-expect-error the mean of arrays
F.avg(c.tags)
// @ts-expect-error joined numbers
F.listagg(c.id)
// @ts-expect-error a delimiter of bytes between texts
F.listagg(F.lit('a'), Uint8Array.of(1))

// Arrays: what is in them, and whether it can be null.
expectTypeOf(of(F.arrayAppend(c.tags, 'a'))).toEqualTypeOf<readonly string[]>()
expectTypeOf(of(F.arrayAppend(c.tags, F.nullOf(t.string)))).toEqualTypeOf<readonly (string | null)[]>()
expectTypeOf(of(F.arrayInsert(c.tags, 5, 'a'))).toEqualTypeOf<readonly (string | null)[]>()
expectTypeOf(of(F.arrayCompact(c.marks))).toEqualTypeOf<readonly number[] | null>()
expectTypeOf(of(F.arrayUnion(c.marks, F.array(F.lit(1))))).toEqualTypeOf<readonly (number | null)[] | null>()
expectTypeOf(of(F.elementAt(c.tags, 1))).toEqualTypeOf<string | null>()
expectTypeOf(of(F.elementAt(c.counts, 'a'))).toEqualTypeOf<bigint | null>()
expectTypeOf(of(F.arrayContains(c.tags, 'a'))).toEqualTypeOf<boolean>()
expectTypeOf(of(F.arrayContains(c.marks, 1))).toEqualTypeOf<boolean | null>()
expectTypeOf(of(F.flatten(F.array(c.tags)))).toEqualTypeOf<readonly string[]>()
expectTypeOf(of(F.arraysZip({ tag: c.tags, mark: c.marks }))).toEqualTypeOf<
  readonly { readonly tag: string | null; readonly mark: number | null }[] | null
>()
// @ts-expect-error a number among texts
F.arrayAppend(c.tags, 1)
// @ts-expect-error a fraction among whole numbers
F.arrayAppend(c.marks, 1.5)
// @ts-expect-error looking for a number among texts
F.arrayContains(c.tags, 1)
// @ts-expect-error texts and numbers have nothing in common
F.arrayIntersect(c.tags, c.marks)
// @ts-expect-error a text is not the key of an array
F.elementAt(c.tags, 'a')
// @ts-expect-error joining numbers
F.arrayJoin(c.marks, ',')
// @ts-expect-error an array of texts and numbers
F.array(F.lit('a'), F.lit(1))

// Lambdas: their variables are typed, and so is what they give.
expectTypeOf(of(F.transform(c.tags, (tag, i) => F.struct({ tag, i })))).toEqualTypeOf<
  readonly { readonly tag: string; readonly i: number }[]
>()
expectTypeOf(of(F.exists(c.tags, (tag) => tag.eq('a')))).toEqualTypeOf<boolean>()
expectTypeOf(of(F.exists(c.marks, (mark) => mark.gt(1)))).toEqualTypeOf<boolean | null>()
expectTypeOf(of(F.aggregate(c.tags, F.lit(0n), (sum, tag) => sum.plus(F.length(tag))))).toEqualTypeOf<
  bigint | null
>()
expectTypeOf(of(F.zipWith(c.tags, c.marks, (tag) => tag))).toEqualTypeOf<readonly (string | null)[] | null>()
// @ts-expect-error a condition that is no boolean
F.filter(c.tags, (tag) => F.length(tag))
// @ts-expect-error merging whole numbers into a fraction changes the type of the accumulator
F.aggregate(c.marks, F.lit(0), (sum) => sum.plus(0.5))
// @ts-expect-error a comparison gives a number
F.arraySort(c.tags, (a, b) => a.lt(b))

// Maps.
expectTypeOf(of(F.createMap([F.lit('a'), c.score]))).toEqualTypeOf<ReadonlyMap<string, number>>()
expectTypeOf(of(F.mapKeys(c.counts))).toEqualTypeOf<readonly string[]>()
expectTypeOf(of(F.mapValues(c.counts))).toEqualTypeOf<readonly (bigint | null)[]>()
expectTypeOf(of(F.transformValues(c.counts, (key) => F.length(key)))).toEqualTypeOf<
  ReadonlyMap<string, number>
>()
expectTypeOf(of(F.mapFromEntries(F.mapEntries(c.counts)))).toEqualTypeOf<ReadonlyMap<string, bigint | null>>()
// @ts-expect-error a key of another type
F.mapContainsKey(c.counts, 1)
// @ts-expect-error maps of other keys
F.mapZipWith(c.counts, F.createMap([F.lit(1), F.lit(2)]), (key) => key)
// @ts-expect-error entries without a key
F.mapFromEntries(c.points)

// Generators: a select takes all of their columns.
expectTypeOf(posts.select(() => ({ tag: F.explode(c.tags) }))).toEqualTypeOf<
  DataFrame<{ readonly tag: typeof t.string }>
>()
expectTypeOf(posts.select(() => ({ id: c.id, ...F.explode(c.counts) })).collect()).resolves.toEqualTypeOf<
  { readonly id: bigint; readonly key: string; readonly value: bigint | null }[]
>()
expectTypeOf(posts.select(() => ({ ...F.posexplodeOuter(c.tags) })).collect()).resolves.toEqualTypeOf<
  { readonly pos: number | null; readonly col: string | null }[]
>()
expectTypeOf(posts.select(() => ({ ...F.inline(c.points) })).collect()).resolves.toEqualTypeOf<
  { readonly x: number; readonly y: number | null }[]
>()
expectTypeOf(posts.select(() => ({ ...F.stack([c.id, F.lit('a')], [c.id, F.lit('b')]) }))).toEqualTypeOf<
  DataFrame<{ readonly col0: typeof t.long; readonly col1: typeof t.string }>
>()
// @ts-expect-error a select only: the columns that withColumns adds have one name each
posts.withColumns(() => ({ ...F.posexplode(c.tags) }))
// @ts-expect-error the entries of a map are two columns, not one
posts.select(() => ({ entry: F.explode(c.counts) }))
expectTypeOf(
  posts.select(() => ({ ...F.stack([c.id], [F.nullOf(t.long)]) })).collect(),
).resolves.toEqualTypeOf<{ readonly col0: bigint | null }[]>()
// @ts-expect-error rows of two lengths
F.stack([c.id], [c.id, c.id])
// @ts-expect-error exploding a text
F.explode(F.lit('a'))

// Windows: null beyond the partition, unless something else is said.
expectTypeOf(of(F.lag(c.id))).toEqualTypeOf<bigint | null>()
expectTypeOf(of(F.lag(c.id, 1, 0n))).toEqualTypeOf<bigint>()
// @ts-expect-error a fallback of another type
F.lead(c.id, 1, 'none')
