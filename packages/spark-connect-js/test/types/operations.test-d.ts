import { expectTypeOf } from 'expect-type'
import {
  schema,
  t,
  type Column,
  type ColumnsOf,
  type DataFrame,
  type Row,
  type Schema,
} from 'spark-connect-js'
import * as F from 'spark-connect-js/functions'
import type { Author, AuthorFrame, PlaceFrame, Tweet, TweetFrame } from './frames.ts'

declare const tweets: TweetFrame
declare const authors: AuthorFrame
declare const places: PlaceFrame
declare const untyped: DataFrame<Schema>
declare const c: ColumnsOf<typeof Tweet>

type RowOf<F> = F extends DataFrame<infer S> ? Row<S> : never

// A frame with more or stricter columns fits where fewer or nullable ones are wanted, and not the other way round.
expectTypeOf(tweets).toExtend<DataFrame<Pick<typeof Tweet, 'tweet_id'>>>()
expectTypeOf<DataFrame<Pick<typeof Tweet, 'tweet_id'>>>().not.toExtend<TweetFrame>()
expectTypeOf<DataFrame<{ n: typeof t.long }>>().toExtend<DataFrame<{ n: typeof t.long.nullable }>>()
expectTypeOf<DataFrame<{ n: typeof t.long.nullable }>>().not.toExtend<DataFrame<{ n: typeof t.long }>>()
expectTypeOf<DataFrame<{ n: typeof t.long }>>().not.toExtend<DataFrame<{ n: typeof t.integer }>>()

// What a frame is told of its columns.
expectTypeOf(untyped.as(schema({ n: t.long }))).resolves.toEqualTypeOf<
  DataFrame<{ readonly n: typeof t.long }>
>()
expectTypeOf(tweets.selectExpr<{ n: typeof t.long }>('1L as n')).toEqualTypeOf<
  DataFrame<{ n: typeof t.long }>
>()
expectTypeOf(tweets.selectExpr('1L as n')).toEqualTypeOf<DataFrame<Schema>>()
// @ts-expect-error a metadata column of a type that was not declared
tweets.filter(() => tweets.metadataColumn('_metadata', t.string))
// @ts-expect-error a watermark on a column that is no timestamp
tweets.withWatermark('retweets', '1 minute')
// @ts-expect-error partitions by a column that holds no whole number
tweets.repartitionById(4, 'text')
// @ts-expect-error an order by a name that is not there
tweets.orderBy('followers')
// @ts-expect-error metadata of a column that is not there
tweets.withMetadata('followers', {})

// Sets: a mismatch names the column.
const shorter = tweets.select('tweet_id', 'retweets')
expectTypeOf(shorter.subtract(shorter)).toEqualTypeOf<typeof shorter>()
expectTypeOf<RowOf<ReturnType<typeof meet>>>().toEqualTypeOf<{ readonly n: bigint }>()
const meet = () =>
  tweets.select((x) => ({ n: x.retweets })).intersect(tweets.select((x) => ({ n: x.favourites })))
const both = authors.unionByName(
  places.withColumn('born', () => 1),
  { allowMissingColumns: true },
)
expectTypeOf<RowOf<typeof both>>().toEqualTypeOf<{
  readonly author_id: string
  readonly name: string
  readonly followers: bigint | null
  readonly born: number | null
}>()
// @ts-expect-error 'column "followers" is missing on the other side'
authors.union(places)
// @ts-expect-error 'column "followers" is missing on this side'
places.intersect(authors)
// @ts-expect-error 'column "n" is long on this side and string on the other'
tweets.select((x) => ({ n: x.retweets })).exceptAll(tweets.select((x) => ({ n: x.text })))
// @ts-expect-error 'column "list" is array on both sides, with different parts'
tweets.select((x) => ({ list: F.array(x.retweets) })).union(tweets.select((x) => ({ list: F.array(x.text) })))
authors.unionByName(
  // @ts-expect-error columns may be missing, but not differ
  authors.withColumn('followers', () => 'many'),
  { allowMissingColumns: true },
)
expectTypeOf(
  tweets
    .select((x) => ({ s: F.struct({ n: x.retweets }) }))
    .union(tweets.select((x) => ({ s: F.struct({ n: x.favourites }) }))).rowSchema.s.fields.n,
).toEqualTypeOf<typeof t.long.nullable>()

// Lateral joins know the row they are made for.
const tagged = authors
  .select('author_id')
  .lateralJoin((o) => places.filter((p) => p.author_id.eq(o.author_id)).select('name'), { how: 'left' })
expectTypeOf<RowOf<typeof tagged>>().toEqualTypeOf<{
  readonly author_id: string
  readonly name: string | null
}>()
// @ts-expect-error `name` is on both sides
authors.lateralJoin(() => places)
// @ts-expect-error rows without a left side are in no lateral join
authors.lateralJoin(() => tweets.select('text'), { how: 'right' })

// Subqueries.
expectTypeOf(tweets.select('retweets').scalar()).toEqualTypeOf<Column<typeof t.long.nullable>>()
expectTypeOf(c.author_id.isin(authors.select('author_id'))).toEqualTypeOf<Column<typeof t.boolean>>()
expectTypeOf(c.text.isin(authors.select('author_id'))).toEqualTypeOf<Column<typeof t.boolean.nullable>>()
// @ts-expect-error a list of texts for a number
c.retweets.isin(authors.select('author_id'))
// @ts-expect-error a condition made of a number
tweets.filter(() => tweets.select('retweets').scalar())

// Groups.
expectTypeOf<RowOf<ReturnType<typeof rolled>>>().toEqualTypeOf<{
  readonly author_id: string | null
  readonly count: bigint
}>()
const rolled = () => tweets.rollup('author_id').count()
const sets = tweets.groupingSets([['author_id', 'position'], ['author_id']]).agg(() => ({ n: F.count() }))
expectTypeOf<RowOf<typeof sets>>().toEqualTypeOf<{
  readonly author_id: string
  readonly position: number | null
  readonly n: bigint
}>()
const sums = tweets.groupBy('author_id').sum('retweets', 'depth')
expectTypeOf<RowOf<typeof sums>>().toEqualTypeOf<{
  readonly author_id: string
  readonly 'sum(retweets)': bigint | null
  readonly 'sum(depth)': number | null
}>()
// @ts-expect-error the sum of texts
tweets.groupBy().sum('text')
// @ts-expect-error a sum of nothing
tweets.groupBy().sum()
// @ts-expect-error a set with a column that is not there
tweets.groupingSets([['followers']])

// Pivots.
const pivoted = tweets
  .groupBy('author_id')
  .pivot('text', ['a', 'b'])
  .agg((x) => ({ n: F.sum(x.position) }))
expectTypeOf<RowOf<typeof pivoted>>().toEqualTypeOf<{
  readonly author_id: string
  readonly a: bigint | null
  readonly b: bigint | null
}>()
const several = tweets
  .groupBy()
  .pivot('position', [1, 2])
  .agg((x) => ({ n: F.count(), s: F.max(x.depth) }))
expectTypeOf<RowOf<typeof several>>().toEqualTypeOf<{
  readonly '1_n': bigint
  readonly '2_n': bigint
  readonly '1_s': number | null
  readonly '2_s': number | null
}>()
// @ts-expect-error "the name of a double's column is uncertain: cast it to a string first"
tweets.groupBy().pivot('depth', [0.5])
// @ts-expect-error a number among texts
tweets.groupBy().pivot('text', [1])

// Columns into rows.
const long = tweets.unpivot({
  ids: ['tweet_id'],
  values: ['retweets', 'favourites'],
  variableColumnName: 'measure',
  valueColumnName: 'n',
})
expectTypeOf<RowOf<typeof long>>().toEqualTypeOf<{
  readonly tweet_id: string
  readonly measure: string
  readonly n: bigint | null
}>()
// @ts-expect-error 'these columns are of several types (string | long): cast them to one first'
tweets.melt({ ids: [], values: ['retweets', 'text'], variableColumnName: 'k', valueColumnName: 'v' })

// Missing values.
const filled = tweets.select('text', 'favourites', 'retweets').fillna({ text: '', favourites: 0 })
expectTypeOf<RowOf<typeof filled>>().toEqualTypeOf<{
  readonly text: string
  readonly favourites: bigint
  readonly retweets: bigint
}>()
expectTypeOf<RowOf<ReturnType<typeof zeroed>>>().toEqualTypeOf<{
  readonly text: string | null
  readonly favourites: bigint
}>()
const zeroed = () => tweets.select('text', 'favourites').fillna(0)
expectTypeOf<RowOf<ReturnType<typeof dropped>>>().toEqualTypeOf<{
  readonly text: string
  readonly favourites: bigint
}>()
const dropped = () => tweets.select('text', 'favourites').dropna()
// @ts-expect-error a text for a number
tweets.fillna({ favourites: 'none' })
// @ts-expect-error 'a column of type timestamp cannot be filled: use coalesce'
tweets.fillna({ tweeted_at: 0 })
// @ts-expect-error nulls of a column that is not there
tweets.dropna({ subset: ['followers'] })

// Statistics.
expectTypeOf(tweets.stat.corr('retweets', 'depth')).resolves.toEqualTypeOf<number>()
// @ts-expect-error the covariance of a text
void tweets.stat.cov('text', 'depth')
expectTypeOf<RowOf<ReturnType<typeof described>>>().toEqualTypeOf<{
  readonly summary: string | null
  readonly author_id: string | null
  readonly name: string | null
  readonly followers: string | null
}>()
const described = () => authors.describe()

// Structs, arrays, bits.
const person = F.struct({ id: c.author_id, n: c.favourites })
expectTypeOf(person.withField('n', c.retweets).getField('n')).toEqualTypeOf<Column<typeof t.long>>()
expectTypeOf(person.dropFields('n').type.fields).toEqualTypeOf<{ readonly id: typeof t.string }>()
// @ts-expect-error a field that is not there
person.dropFields('name')
// @ts-expect-error a field of what is no struct
c.retweets.withField('n', 1)
expectTypeOf(c.position.bitwiseOR(c.retweets)).toEqualTypeOf<Column<typeof t.long>>()
// @ts-expect-error bits of a fraction
c.depth.bitwiseAND(1)
// @ts-expect-error NaN of a text
c.text.isNaN()
expectTypeOf(c.text.substr(1, 2)).toEqualTypeOf<Column<typeof t.string.nullable>>()
expectTypeOf(c.author_id.substr(c.position, 2)).toEqualTypeOf<Column<typeof t.string>>()
expectTypeOf(c.author_id.contains(c.text)).toEqualTypeOf<Column<typeof t.boolean.nullable>>()
expectTypeOf(c.position.between(0, c.favourites)).toEqualTypeOf<Column<typeof t.boolean.nullable>>()
expectTypeOf(c.retweets.transform((x) => x.gt(1))).toEqualTypeOf<Column<typeof t.boolean>>()

// Merges: assignments are to columns of the target.
const merging = authors.mergeInto(
  { name: 'author', schema: schema({ author_id: t.string, name: t.string }) },
  (target, source) => target.author_id.eq(source.author_id),
)
merging.whenMatched().update((_, source) => ({ name: source.name }))
// @ts-expect-error a column that the target does not have
merging.whenNotMatched().insert((_, source) => ({ followers: source.followers }))
// @ts-expect-error a condition over a column that the source does not have
merging.whenMatched((_, source) => source.born.isNull())

expectTypeOf(authors).toEqualTypeOf<DataFrame<typeof Author>>()
