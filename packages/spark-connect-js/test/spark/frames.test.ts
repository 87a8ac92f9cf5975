import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { schema, t, Window, type DataFrame, type SparkSession } from 'spark-connect-js'
import * as F from 'spark-connect-js/functions'

import { failureOf, openSession } from './open-session.ts'

const Retweet = schema({ author: t.string.nullable, at: t.integer, n: t.long.nullable })
const Author = schema({ author: t.string.nullable, followers: t.long })

let spark: SparkSession
let retweets: DataFrame<typeof Retweet>
let authors: DataFrame<typeof Author>
beforeAll(async () => {
  spark = await openSession()
  retweets = spark.sql(
    "select * from values ('ann', 1, 10L), ('ann', 2, null), ('bob', 3, 30L), (null, 4, 40L) as v(author, at, n)",
  )
  authors = spark.sql("select * from values ('ann', 1L), ('cat', 3L), (null, 4L) as v(author, followers)")
})
afterAll(() => spark[Symbol.asyncDispose]())

/** Rows in an order of their own, so that a test does not depend on Spark's. */
const sorted = <R>(rows: readonly R[]): R[] =>
  rows.toSorted((a, b) => (textOf(a) < textOf(b) ? -1 : textOf(a) > textOf(b) ? 1 : 0))
const textOf = (row: unknown): string =>
  JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value))

describe('a join', () => {
  const named = (author: string | null, at: number | null, followers: bigint | null) => ({
    author,
    at,
    followers,
  })

  it.each([
    ['inner', [named('ann', 1, 1n), named('ann', 2, 1n)]],
    ['left', [named('ann', 1, 1n), named('ann', 2, 1n), named('bob', 3, null), named(null, 4, null)]],
    ['right', [named('ann', 1, 1n), named('ann', 2, 1n), named('cat', null, 3n), named(null, null, 4n)]],
    [
      'full',
      [
        named('ann', 1, 1n),
        named('ann', 2, 1n),
        named('bob', 3, null),
        named(null, 4, null),
        named('cat', null, 3n),
        named(null, null, 4n),
      ],
    ],
  ] as const)('by name, %s: null matches nothing, and the key is there once', async (how, expected) => {
    const joined = await retweets.drop('n').join(authors, { on: 'author', how }).collect()
    expect(sorted<object>(joined)).toEqual(sorted<object>(expected))
  })

  it('by name, left_semi and left_anti: keeps or leaves what has a match, and adds nothing', async () => {
    const on = ['author'] as const
    expect(await retweets.join(authors, { on, how: 'left_semi' }).select('at').collect()).toEqual([
      { at: 1 },
      { at: 2 },
    ])
    expect(await retweets.join(authors, { on, how: 'left_anti' }).select('at').collect()).toEqual([
      { at: 3 },
      { at: 4 },
    ])
  })

  it('of a frame with itself by a condition tells its sides apart', async () => {
    const later = retweets.withColumnsRenamed({ author: 'later_author', at: 'later_at', n: 'later_n' })
    const pairs = retweets.join(later, {
      on: (l, r) => l.author.eq(r.later_author).and(l.at.lt(r.later_at)),
      how: 'inner',
    })
    expect(await pairs.select('at', 'later_at').collect()).toEqual([{ at: 1, later_at: 2 }])
  })

  it('by a condition with equal nulls', async () => {
    const other = authors.withColumnsRenamed({ author: 'name' })
    const joined = retweets.join(other, { on: (l, r) => l.author.eqNullSafe(r.name), how: 'inner' })
    expect(sorted(await joined.select('at', 'followers').collect())).toEqual([
      { at: 1, followers: 1n },
      { at: 2, followers: 1n },
      { at: 4, followers: 4n },
    ])
  })

  it('without a condition pairs every row with every other', async () => {
    expect(await retweets.select('at').crossJoin(authors).count()).toBe(12n)
  })
})

describe('a group', () => {
  it('has null for a key, and aggregates that leave nulls out', async () => {
    const grouped = retweets.groupBy('author').agg((c) => ({
      rows: F.count(),
      known: F.count(c.n),
      total: F.sum(c.n),
      list: F.collectList(c.n),
      latest: F.maxBy(c.n, c.at),
    }))
    expect(sorted(await grouped.collect())).toEqual([
      { author: 'ann', rows: 2n, known: 1n, total: 10n, list: [10n], latest: null },
      { author: 'bob', rows: 1n, known: 1n, total: 30n, list: [30n], latest: 30n },
      { author: null, rows: 1n, known: 1n, total: 40n, list: [40n], latest: 40n },
    ])
  })

  it('of nothing is one row over the whole frame, or none over keys', async () => {
    const nothing = retweets.filter((c) => c.at.gt(99))
    expect(await nothing.agg((c) => ({ rows: F.count(), total: F.sum(c.n) })).collect()).toEqual([
      { rows: 0n, total: null },
    ])
    expect(
      await nothing
        .groupBy('author')
        .agg(() => ({ rows: F.count() }))
        .collect(),
    ).toEqual([])
    expect(await nothing.count()).toBe(0n)
    expect(await nothing.first()).toBeUndefined()
  })
})

describe('a window', () => {
  it('ranks, looks back and adds up within its partition', async () => {
    const measured = retweets
      .withColumns((c) => {
        const window = Window.partitionBy(c.author).orderBy(c.at)
        return {
          position: F.rowNumber().over(window),
          before: F.lag(c.at).over(window),
          so_far: F.sum(c.n).over(window.rowsBetween(Window.unboundedPreceding, Window.currentRow)),
          near: F.count().over(Window.orderBy(c.at).rangeBetween(-1, 1)),
        }
      })
      .orderBy((c) => c.at)
      .select('position', 'before', 'so_far', 'near')
    expect(await measured.collect()).toEqual([
      { position: 1, before: null, so_far: 10n, near: 2n },
      { position: 2, before: 1, so_far: 10n, near: 3n },
      { position: 1, before: null, so_far: 30n, near: 3n },
      { position: 1, before: null, so_far: 40n, near: 2n },
    ])
  })
})

describe('rows', () => {
  it('are ordered with nulls where they were asked for', async () => {
    const n = async (frame: DataFrame<typeof Retweet>) => (await frame.collect()).map((row) => row.n)
    expect(await n(retweets.orderBy((c) => c.n))).toEqual([null, 10n, 30n, 40n])
    expect(await n(retweets.orderBy((c) => c.n.ascNullsLast()))).toEqual([10n, 30n, 40n, null])
    expect(await n(retweets.orderBy((c) => c.n.desc()))).toEqual([40n, 30n, 10n, null])
    expect(await n(retweets.orderBy((c) => [c.n.descNullsFirst(), c.at]).limit(2))).toEqual([null, 40n])
  })

  it('of two frames are matched by name, whatever the order of the columns, repeats kept', async () => {
    const union = authors.unionByName(authors.select('followers', 'author').filter((c) => c.author.eq('ann')))
    expect(sorted(await union.collect())).toEqual([
      { author: 'ann', followers: 1n },
      { author: 'ann', followers: 1n },
      { author: 'cat', followers: 3n },
      { author: null, followers: 4n },
    ])
  })

  it('lose those with nulls, and repeats by some columns', async () => {
    expect((await retweets.dropna('author', 'n').collect()).map((row) => row.at)).toEqual([1, 3])
    expect(await retweets.dropDuplicates('author').count()).toBe(3n)
  })

  it('stay the same however they are partitioned', async () => {
    const frame = spark.range(0n, 100n)
    for (const parts of [frame.repartition(3), frame.repartition(3, 'id'), frame.coalesce(1)])
      expect(await parts.agg((c) => ({ sum: F.sum(c.id) })).collect()).toEqual([{ sum: 4950n }])
    const partition = F.expr('spark_partition_id()', t.integer)
    const used = frame
      .repartition(3)
      .select(() => ({ partition }))
      .dropDuplicates()
    expect(await used.count()).toBe(3n)
  })

  it('are kept on the server, and let go', async () => {
    const kept = await spark
      .range(0n, 5n)
      .withColumns((c) => ({ twice: c.id.times(2n) }))
      .persist()
    expect(await kept.count()).toBe(5n)
    expect(await kept.explain()).toContain('InMemoryRelation')
    await kept.unpersist()
    expect(await kept.explain()).not.toContain('InMemoryRelation')
  })
})

describe('metrics', () => {
  it('are observed as the rows pass, as values of the frame', async () => {
    await retweets
      .observe('passed', (c) => ({ rows: F.count(), total: F.sum(c.n), last: F.max(c.author) }))
      .observe('typed', () => ({
        day: F.max(F.lit('2020-01-02', t.date)),
        clock: F.max(F.lit('2020-01-02T03:04:05.000006', t.timestampNtz)),
        price: F.max(F.lit('1.50', t.decimal(10, 2))),
        at: F.max(F.lit(new Date(0))),
      }))
      .collect()
    expect(spark.observed('passed')).toEqual({ rows: 4n, total: 80n, last: 'bob' })
    const [row] = await spark
      .range(0n, 1n)
      .select(() => ({
        day: F.lit('2020-01-02', t.date),
        clock: F.lit('2020-01-02T03:04:05.000006', t.timestampNtz),
        price: F.lit('1.50', t.decimal(10, 2)),
        at: F.lit(new Date(0)),
      }))
      .collect()
    expect(spark.observed('typed')).toEqual(row)
  })
})

describe('a frame', () => {
  it('explains itself in the mode that was asked for', async () => {
    expect(await retweets.explain()).toContain('== Physical Plan ==')
    expect(await retweets.explain('extended')).toContain('== Parsed Logical Plan ==')
    expect(await retweets.explain('simple')).not.toContain('== Parsed Logical Plan ==')
  })

  it('fails where its plan is resolved, with the culprit', async () => {
    const wrong = retweets as unknown as DataFrame<{ readonly retweets: typeof t.long }>
    for (const work of [
      () => wrong.select('retweets').schema(),
      () => wrong.filter((c) => c.retweets.gt(0)).count(),
    ]) {
      const error = await failureOf(work())
      expect(error).toMatchObject({ errorClass: 'UNRESOLVED_COLUMN.WITH_SUGGESTION', sqlState: '42703' })
      expect(error.message).toContain('`retweets`')
    }
  })

  it('fails where its rows are computed, with Spark’s error class', async () => {
    const broken = retweets.dropna('author').select((c) => ({ x: c.author.cast(t.integer) }))
    const error = await failureOf(broken.collect())
    expect(error).toMatchObject({ errorClass: 'CAST_INVALID_INPUT', sqlState: '22018' })
    expect(await retweets.select((c) => ({ x: c.author.tryCast(t.integer) })).collect()).toEqual(
      Array.from({ length: 4 }, () => ({ x: null })),
    )
  })

  it('is a view for Spark SQL', async () => {
    await authors.createOrReplaceTempView('author_view')
    expect(await spark.sql('select sum(followers) as n from author_view').collect()).toEqual([{ n: 8n }])
  })
})
