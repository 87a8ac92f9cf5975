import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { schema, t, type DataFrame, type SparkSession } from 'spark-connect-js'
import * as F from 'spark-connect-js/functions'

import { openSession } from './open-session.ts'

const Tweet = schema({ id: t.long, author: t.string, likes: t.integer })

let spark: SparkSession
let tweets: DataFrame<typeof Tweet>
beforeAll(async () => {
  spark = await openSession()
  tweets = spark.sql<typeof Tweet>(
    "select * from values (1L, 'ann', 5), (2L, 'ann', 7), (3L, 'bob', 0) as v(id, author, likes)",
  )
})
afterAll(() => spark[Symbol.asyncDispose]())

const ids = async (frame: DataFrame<Pick<typeof Tweet, 'id'>>) =>
  (await frame.select('id').orderBy('id').collect()).map(({ id }) => Number(id))

describe('a frame within another', () => {
  it('is one value, also of the same frame', async () => {
    const most = tweets.agg((c) => ({ most: F.max(c.likes) })).scalar()
    expect(await ids(tweets.filter((c) => c.likes.eq(most)))).toEqual([2])
    const mine = tweets.withColumn('share', (c) =>
      c.likes.dividedBy(
        tweets
          .filter((d) => d.author.eq(c.author.outer()))
          .agg((d) => ({ total: F.sum(d.likes) }))
          .scalar()
          .plus(1n),
      ),
    )
    const shares = (await mine.orderBy('id').collect()).map(({ share }) => share)
    expect(shares).toEqual([5 / 13, 7 / 13, 0])
  })

  it('exists for some rows, where a name is that of both frames', async () => {
    const liked = (frame: DataFrame<typeof Tweet>) =>
      frame.filter((c) =>
        tweets.filter((d) => d.author.eq(c.author.outer()).and(d.likes.gt(c.likes.outer()))).exists(),
      )
    expect(await ids(liked(tweets))).toEqual([1])
    expect(await ids(liked(tweets.filter((c) => c.likes.gt(5))))).toEqual([])
    expect(
      await ids(
        tweets.filter((c) =>
          tweets
            .filter((d) => d.id.gt(c.id.outer()))
            .exists()
            .not(),
        ),
      ),
    ).toEqual([3])
  })

  it('within a third sees both around it', async () => {
    const nested = tweets.filter((c) =>
      tweets
        .filter((d) =>
          tweets
            .filter((e) =>
              e.id.eq(c.id.outer()).and(e.author.eq(d.author.outer())).and(e.id.lt(d.id.outer())),
            )
            .exists(),
        )
        .exists(),
    )
    // Spark correlates a subquery with the frame right around it only, and says so.
    await expect(nested.collect()).rejects.toMatchObject({ sqlState: expect.any(String) })
  })

  it('is a list to look in, as a condition, a column or a key', async () => {
    const loved = tweets.filter((c) => c.likes.gt(4)).select('id')
    expect(await ids(tweets.filter((c) => c.id.isin(loved)))).toEqual([1, 2])
    const chosen = await tweets
      .select((c) => ({ id: c.id, is_loved: c.id.isin(loved) }))
      .orderBy('id')
      .collect()
    expect(chosen.map(({ is_loved }) => is_loved)).toEqual([true, true, false])
    const grouped = await tweets
      .groupBy((c) => ({ is_loved: c.id.isin(loved) }))
      .count()
      .orderBy('is_loved')
      .collect()
    expect(grouped.map(({ count }) => count)).toEqual([1n, 2n])
  })

  it('is made anew for each row', async () => {
    const tagged = tweets.select((c) => ({ id: c.id, tags: F.split(c.author, 'n') }))
    const rows = await tagged
      .lateralJoin((o) => spark.tvf.posexplode(o.tags))
      .select('id', 'pos', 'col')
      .orderBy('id', 'pos')
      .collect()
    expect(rows.map(({ id, pos, col }) => [Number(id), pos, col])).toEqual([
      [1, 0, 'a'],
      [1, 1, ''],
      [1, 2, ''],
      [2, 0, 'a'],
      [2, 1, ''],
      [2, 2, ''],
      [3, 0, 'bob'],
    ])
    const best = tweets
      .select('id', 'author')
      .lateralJoin(
        (o) =>
          tweets
            .filter((d) => d.author.eq(o.author).and(d.id.gt(o.id)))
            .select((d) => ({ later: d.id }))
            .limit(1),
        { how: 'left' },
      )
      .orderBy('id')
    expect((await best.collect()).map(({ later }) => later)).toEqual([2n, null, null])
  })
})

describe('groups', () => {
  it('of several sets leave keys out, and rows of a pivot become columns in their place', async () => {
    const totals = tweets.groupingSets([['author'], []]).agg((c) => ({ likes: F.sum(c.likes) }))
    expect(await totals.orderBy('author').collect()).toEqual([
      { author: null, likes: 12n },
      { author: 'ann', likes: 12n },
      { author: 'bob', likes: 0n },
    ])
    const pivoted = tweets
      .groupBy('author')
      .pivot('likes', [5, 0])
      .agg((c) => ({ n: F.count(c.id) }))
    expect(await pivoted.orderBy('author').collect()).toEqual([
      { author: 'ann', 5: 1n, 0: null },
      { author: 'bob', 5: null, 0: 1n },
    ])
    const free = tweets
      .groupBy('author')
      .pivot('likes')
      .agg((c) => ({ n: F.count(c.id) }))
    expect(await free.columns()).toEqual(expect.arrayContaining(['0', '5', '7', 'author']))
    expect(() => tweets.rollup('author').pivot('likes')).toThrow(TypeError)
  })

  it('of a column are summed up one by one', async () => {
    const by = tweets.groupBy('author')
    const summed = by.sum('likes', 'id').orderBy('author')
    expect(await summed.first()).toEqual({ author: 'ann', 'sum(likes)': 12n, 'sum(id)': 3n })
    expect(await by.mean('likes').orderBy('author').first()).toEqual({ author: 'ann', 'avg(likes)': 6 })
    expect(await by.min('likes').orderBy('author').first()).toEqual({ author: 'ann', 'min(likes)': 5 })
    expect(await by.max('likes').orderBy('author').first()).toEqual({ author: 'ann', 'max(likes)': 7 })
  })
})

describe('sets of rows', () => {
  const numbers = (...values: readonly number[]) =>
    spark.sql<{ readonly n: typeof t.integer.nullable }>(
      `select * from values ${values.map((n) => `(${Number.isNaN(n) ? 'null' : n})`).join(', ')} as v(n)`,
    )
  const values = async (frame: DataFrame<{ readonly n: typeof t.integer.nullable }>) =>
    (await frame.orderBy('n').collect()).map(({ n }) => n)

  it('meet and part, with repeats or without, and null equals null', async () => {
    const [left, right] = [numbers(1, 1, 2, Number.NaN), numbers(1, 1, 1, 3, Number.NaN)]
    expect(await values(left.intersect(right))).toEqual([null, 1])
    expect(await values(left.intersectAll(right))).toEqual([null, 1, 1])
    expect(await values(right.subtract(left))).toEqual([3])
    expect(await values(right.exceptAll(left))).toEqual([1, 3])
    expect(await values(left.union(right).distinct())).toEqual([null, 1, 2, 3])
    expect(await values(left.unionAll(left))).toEqual([null, null, 1, 1, 1, 1, 2, 2])
  })

  it('are filled with nulls where one side has no such column', async () => {
    const both = tweets.select('id').unionByName(tweets.select('author'), { allowMissingColumns: true })
    expect(await both.limit(1).union(both.offset(5)).collect()).toEqual([
      { id: 1n, author: null },
      { id: null, author: 'bob' },
    ])
  })
})

describe('values', () => {
  it('that are missing are dropped, filled or replaced', async () => {
    const holes = spark.sql<{
      readonly a: typeof t.integer.nullable
      readonly b: typeof t.string.nullable
      readonly d: typeof t.double.nullable
    }>("select * from values (1, 'x', 1.5D), (null, 'y', double('NaN')), (null, null, null) as v(a, b, d)")
    expect(await holes.dropna().count()).toBe(1n)
    expect(await holes.dropna('b').count()).toBe(2n)
    expect(await holes.dropna({ how: 'all' }).count()).toBe(2n)
    expect(await holes.dropna({ thresh: 2, subset: ['a', 'b'] }).count()).toBe(1n)
    expect(await holes.fillna(0).collect()).toEqual([
      { a: 1, b: 'x', d: 1.5 },
      { a: 0, b: 'y', d: 0 },
      { a: 0, b: null, d: 0 },
    ])
    expect(await holes.fillna({ a: 7n, b: '-' }).select('a', 'b').tail(1)).toEqual([{ a: 7, b: '-' }])
    expect(
      await holes
        .replace(
          new Map([
            ['x', 'z'],
            ['y', null],
          ]),
          'b',
        )
        .select('b')
        .collect(),
    ).toEqual([{ b: 'z' }, { b: null }, { b: null }])
  })

  it('are described', async () => {
    const { stat } = tweets
    expect(await stat.corr('id', 'likes')).toBeCloseTo(-0.6933752)
    expect(await stat.cov('id', 'likes')).toBeCloseTo(-2.5)
    expect(await stat.approxQuantile('likes', { probabilities: [0, 0.5, 1], relativeError: 0 })).toEqual([
      0, 5, 7,
    ])
    expect(await stat.approxQuantile(['id', 'likes'], { probabilities: [1], relativeError: 0 })).toEqual([
      [3],
      [7],
    ])
    const table = await stat.crosstab('author', 'likes').collect()
    expect(table).toContainEqual({ author_likes: 'ann', 0: 0n, 5: 1n, 7: 1n })
    const [{ author_freqItems: frequent } = { author_freqItems: [] }] = await stat
      .freqItems(['author'], 0.6)
      .collect()
    expect(frequent).toContain('ann')
    const sampled = stat.sampleBy('author', { fractions: new Map([['ann', 1]]), seed: 1n })
    expect(await ids(sampled)).toEqual([1, 2])
    const described = await tweets.describe('likes').collect()
    expect(described).toContainEqual({ summary: 'max', likes: '7' })
    expect(await tweets.select('likes').summary('count', '50%').collect()).toEqual([
      { summary: 'count', likes: '3' },
      { summary: '50%', likes: '5' },
    ])
  })

  it('change sides', async () => {
    const wide = tweets.select('id', 'likes').limit(2)
    const names = { variableColumnName: 'name', valueColumnName: 'value' } as const
    const long = wide
      .withColumn('likes', (c) => c.likes.cast(t.long))
      .unpivot({ ids: [], values: ['id', 'likes'], ...names })
    expect(await long.collect()).toEqual([
      { name: 'id', value: 1n },
      { name: 'likes', value: 5n },
      { name: 'id', value: 2n },
      { name: 'likes', value: 7n },
    ])
    expect(await wide.transpose('id').collect()).toEqual([{ key: 'likes', 1: 5, 2: 7 }])
  })
})
