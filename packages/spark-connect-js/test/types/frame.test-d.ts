import { expectTypeOf } from 'expect-type'
import { t, type DataFrame, type Row } from 'spark-connect-js'
import * as F from 'spark-connect-js/functions'
import type { Author, AuthorFrame, PlaceFrame, Tweet, TweetFrame } from './frames.ts'

declare const tweets: TweetFrame
declare const authors: AuthorFrame
declare const places: PlaceFrame

type RowOf<F> = F extends DataFrame<infer S> ? Row<S> : never

// Projections.
expectTypeOf(tweets.select('tweet_id', 'favourites')).toEqualTypeOf<
  DataFrame<{ readonly tweet_id: typeof t.string; readonly favourites: typeof t.long.nullable }>
>()
const doubled = tweets.select((c) => ({ id: c.tweet_id, twice: c.retweets.times(2), one: 1 }))
expectTypeOf<RowOf<typeof doubled>>().toEqualTypeOf<{
  readonly id: string
  readonly twice: bigint
  readonly one: number
}>()
const replaced = tweets.select('tweet_id', 'retweets').withColumns((c) => ({
  retweets: c.retweets.cast(t.string),
  is_new: c.retweets.eq(0),
}))
expectTypeOf<RowOf<typeof replaced>>().toEqualTypeOf<{
  readonly tweet_id: string
  readonly retweets: string
  readonly is_new: boolean
}>()
const renamed = authors.withColumnsRenamed({ author_id: 'id' })
expectTypeOf<RowOf<typeof renamed>>().toEqualTypeOf<{
  readonly id: string
  readonly name: string
  readonly followers: bigint | null
}>()
expectTypeOf<RowOf<ReturnType<typeof dropFollowers>>>().toEqualTypeOf<{
  readonly author_id: string
  readonly name: string
}>()
const dropFollowers = () => authors.drop('followers')
const complete = authors.dropna('followers')
expectTypeOf<RowOf<typeof complete>['followers']>().toEqualTypeOf<bigint>()
expectTypeOf(tweets.filter((c) => c.favourites.gt(0))).toEqualTypeOf<TweetFrame>()

// @ts-expect-error a wrong column name
tweets.select('like_count')
// @ts-expect-error a wrong column name in an expression
tweets.filter((c) => c.like_count.gt(0))
// @ts-expect-error a wrong column name in groupBy
tweets.groupBy('like_count')
// @ts-expect-error dropping a column that is not there
tweets.drop('like_count')
// @ts-expect-error renaming a column that is not there
tweets.withColumnsRenamed({ like_count: 'likes' })
// @ts-expect-error a column that an earlier select left out
tweets.select('tweet_id').orderBy((c) => c.retweets)
// @ts-expect-error a condition that is not a boolean
tweets.filter((c) => c.retweets)

// Groups: the keys, then the aggregates.
const grouped = tweets.groupBy('author_id').agg((c) => ({ tweets: F.count(), best: F.max(c.retweets) }))
expectTypeOf<RowOf<typeof grouped>>().toEqualTypeOf<{
  readonly author_id: string
  readonly tweets: bigint
  readonly best: bigint | null
}>()
const computed = tweets.groupBy((c) => ({ is_hit: c.retweets.gt(99) })).agg(() => ({ n: F.count() }))
expectTypeOf<RowOf<typeof computed>>().toEqualTypeOf<{ readonly is_hit: boolean; readonly n: bigint }>()
const whole = tweets.agg((c) => ({ depth: F.avg(c.depth) }))
expectTypeOf<RowOf<typeof whole>>().toEqualTypeOf<{ readonly depth: number | null }>()
const one = tweets.groupBy().agg(() => ({ n: F.count() }))
expectTypeOf<RowOf<typeof one>>().toEqualTypeOf<{ readonly n: bigint }>()

// Joins: the side that may be missing becomes nullable.
const inner = tweets.select('author_id', 'retweets').join(authors, { on: 'author_id', how: 'inner' })
expectTypeOf<RowOf<typeof inner>>().toEqualTypeOf<{
  readonly author_id: string
  readonly retweets: bigint
  readonly name: string
  readonly followers: bigint | null
}>()
const left = tweets.select('author_id', 'retweets').join(authors, { on: 'author_id', how: 'left' })
expectTypeOf<RowOf<typeof left>>().toEqualTypeOf<{
  readonly author_id: string
  readonly retweets: bigint
  readonly name: string | null
  readonly followers: bigint | null
}>()
const right = tweets.select('author_id', 'retweets').join(authors, { on: ['author_id'], how: 'right' })
expectTypeOf<RowOf<typeof right>['retweets']>().toEqualTypeOf<bigint | null>()
expectTypeOf<RowOf<typeof right>['name']>().toEqualTypeOf<string>()
const full = tweets.select('author_id', 'retweets').join(authors, { on: 'author_id', how: 'full' })
expectTypeOf<RowOf<typeof full>['retweets']>().toEqualTypeOf<bigint | null>()
expectTypeOf<RowOf<typeof full>['name']>().toEqualTypeOf<string | null>()

expectTypeOf(tweets.join(authors, { on: 'author_id', how: 'left_semi' })).toEqualTypeOf<TweetFrame>()
expectTypeOf(tweets.join(authors, { on: 'author_id', how: 'left_anti' })).toEqualTypeOf<TweetFrame>()
// A semi join takes nothing of the right side, so no name can collide.
expectTypeOf(authors.join(places, { on: 'author_id', how: 'left_semi' })).toEqualTypeOf<AuthorFrame>()

const byCondition = tweets
  .select('tweet_id')
  .join(authors, { on: (l, r) => l.tweet_id.eq(r.author_id), how: 'left' })
expectTypeOf<RowOf<typeof byCondition>>().toEqualTypeOf<{
  readonly tweet_id: string
  readonly author_id: string | null
  readonly name: string | null
  readonly followers: bigint | null
}>()
const crossed = tweets.select('tweet_id').crossJoin(authors.select('name'))
expectTypeOf<RowOf<typeof crossed>>().toEqualTypeOf<{ readonly tweet_id: string; readonly name: string }>()

// The key of a right or full join comes from the side whose rows are all kept.
declare const sparse: DataFrame<{ readonly author_id: typeof t.string.nullable; readonly n: typeof t.long }>
const rightKey = authors.join(sparse, { on: 'author_id', how: 'right' })
expectTypeOf<RowOf<typeof rightKey>['author_id']>().toEqualTypeOf<string | null>()
const fullKey = authors.join(sparse, { on: 'author_id', how: 'full' })
expectTypeOf<RowOf<typeof fullKey>['author_id']>().toEqualTypeOf<string | null>()
const leftKey = authors.join(sparse, { on: 'author_id', how: 'left' })
expectTypeOf<RowOf<typeof leftKey>['author_id']>().toEqualTypeOf<string>()

// @ts-expect-error `name` is on both sides: an ambiguous column
authors.join(places, { on: 'author_id', how: 'inner' })
// @ts-expect-error a condition makes the key ambiguous too
tweets.join(authors, { on: (l, r) => l.author_id.eq(r.author_id), how: 'inner' })
// @ts-expect-error a cross join of frames that share a name
authors.crossJoin(places)
// @ts-expect-error a key that the right side does not have
tweets.join(authors, { on: 'tweet_id', how: 'inner' })
// @ts-expect-error an unknown way to join
tweets.join(authors, { on: 'author_id', how: 'outer' })
// @ts-expect-error a condition over a column that is not there
tweets.select('tweet_id').join(authors, { on: (l, r) => l.retweets.eq(r.followers), how: 'inner' })

// Unions: the same names and kinds, in any order; null on one side is null in the union.
const union = authors
  .select('author_id', 'followers')
  .unionByName(tweets.select((c) => ({ followers: c.retweets, author_id: c.author_id })))
expectTypeOf<RowOf<typeof union>>().toEqualTypeOf<{
  readonly author_id: string
  readonly followers: bigint | null
}>()
const widened = tweets
  .select((c) => ({ n: c.retweets }))
  .unionByName(tweets.select((c) => ({ n: c.favourites })))
expectTypeOf<RowOf<typeof widened>>().toEqualTypeOf<{ readonly n: bigint | null }>()

// @ts-expect-error `followers` is missing on one side of the union
authors.unionByName(places)
// @ts-expect-error one name, two types
authors.select('name').unionByName(tweets.select((c) => ({ name: c.retweets })))

// A transform is a function from frame to frame.
const onlyPopular = (frame: AuthorFrame): DataFrame<Pick<typeof Author, 'name'>> =>
  frame.filter((c) => c.followers.gt(1000)).select('name')
expectTypeOf(authors.transform(onlyPopular)).toEqualTypeOf<DataFrame<Pick<typeof Author, 'name'>>>()
// @ts-expect-error a transform of other rows
tweets.transform(onlyPopular)

expectTypeOf(tweets).toEqualTypeOf<DataFrame<typeof Tweet>>()
