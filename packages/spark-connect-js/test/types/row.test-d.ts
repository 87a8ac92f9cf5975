import { expectTypeOf } from 'expect-type'
import { schema, t, type DataFrame, type Row, type Timestamp, type ValueOf } from 'spark-connect-js'
import type { Tweet, TweetFrame } from './frames.ts'

declare const tweets: TweetFrame

// A row is what collect and iteration give.
expectTypeOf(await tweets.collect()).toEqualTypeOf<Row<typeof Tweet>[]>()
expectTypeOf(await tweets.first()).toEqualTypeOf<Row<typeof Tweet> | undefined>()
for await (const row of tweets) expectTypeOf(row.retweets).toEqualTypeOf<bigint>()

expectTypeOf<Row<typeof Tweet>>().toEqualTypeOf<{
  readonly tweet_id: string
  readonly author_id: string
  readonly text: string | null
  readonly retweets: bigint
  readonly favourites: bigint | null
  readonly depth: number
  readonly position: number
  readonly tweeted_at: Timestamp
}>()

// `.nullable` puts `boolean` in the type parameter, so that a never-null column fits where null is allowed.
expectTypeOf(t.long.isNullable).toEqualTypeOf<false>()
expectTypeOf(t.long.nullable.isNullable).toEqualTypeOf<boolean>()
expectTypeOf(t.long).toExtend<typeof t.long.nullable>()
expectTypeOf(t.long.nullable).not.toExtend<typeof t.long>()

declare const known: DataFrame<{ readonly n: typeof t.long }>
declare const unknown: DataFrame<{ readonly n: typeof t.long.nullable }>
declare const takesNullable: (frame: DataFrame<{ readonly n: typeof t.long.nullable }>) => void
declare const takesKnown: (frame: DataFrame<{ readonly n: typeof t.long }>) => void
takesNullable(known)
takesKnown(known)
takesNullable(unknown)
// @ts-expect-error a column that may be null where null is not expected
takesKnown(unknown)

// Nothing loses digits: no number for a long, a decimal or a timestamp.
expectTypeOf<ValueOf<typeof t.long>>().toEqualTypeOf<bigint>()
expectTypeOf<ValueOf<ReturnType<typeof t.decimal>>>().toEqualTypeOf<string>()
expectTypeOf<ValueOf<typeof t.timestamp>>().toEqualTypeOf<Timestamp>()
expectTypeOf<ValueOf<typeof t.timestampNtz>>().toEqualTypeOf<string>()
expectTypeOf<ValueOf<typeof t.date>>().toEqualTypeOf<string>()
expectTypeOf<ValueOf<typeof t.binary>>().toEqualTypeOf<Uint8Array>()
expectTypeOf<ValueOf<typeof t.null>>().toEqualTypeOf<null>()

// Nesting keeps the nullability of each level.
const Nested = schema({
  tags: t.array(t.string.nullable),
  counts: t.map(t.string, t.long.nullable).nullable,
  parts: t.array(t.struct({ id: t.long, name: t.string.nullable })),
})
expectTypeOf<Row<typeof Nested>>().toEqualTypeOf<{
  readonly tags: readonly (string | null)[]
  readonly counts: ReadonlyMap<string, bigint | null> | null
  readonly parts: readonly { readonly id: bigint; readonly name: string | null }[]
}>()

declare const row: Row<typeof Tweet>
// @ts-expect-error a row is read-only
row.retweets = 1n
// @ts-expect-error a wrong column name
void row.like_count
