import { describe, expect, it } from '@jest/globals'
import { DataFrame, schema, t } from 'spark-connect-js'
import * as F from 'spark-connect-js/functions'

import { DataFrameReader } from '../../src/frame/reader.ts'
import { readTable } from '../../src/plan/relation.ts'
import { alias, attribute, call, integer, jsonOf, NO_SERVER, TWEETS, tweets } from './plan-only.ts'

const planOf = (frame: { readonly relation: Parameters<typeof jsonOf>[0] }) => jsonOf(frame.relation)

describe('a projection', () => {
  it('selects by name and by expression', () => {
    expect(planOf(tweets().select('id', 'retweets'))).toEqual({
      project: { input: TWEETS, expressions: [attribute('id'), attribute('retweets')] },
    })
    expect(planOf(tweets().select((c) => ({ tweet: c.id, one: 1 })))).toEqual({
      project: { input: TWEETS, expressions: [alias(attribute('id'), 'tweet'), alias(integer(1), 'one')] },
    })
  })

  it('adds, renames and drops columns', () => {
    expect(planOf(tweets().withColumns((c) => ({ next: c.retweets.plus(1) })))).toEqual({
      withColumns: {
        input: TWEETS,
        aliases: [{ expr: call('+', attribute('retweets'), integer(1)), name: ['next'] }],
      },
    })
    expect(planOf(tweets().withColumnsRenamed({ id: 'tweet_id' }))).toEqual({
      withColumnsRenamed: {
        input: TWEETS,
        renameColumnsMap: { id: 'tweet_id' },
        renames: [{ colName: 'id', newColName: 'tweet_id' }],
      },
    })
    expect(planOf(tweets().drop('id', 'retweets'))).toEqual({
      drop: { input: TWEETS, columnNames: ['id', 'retweets'] },
    })
  })

  it('quotes a name that Spark would take apart', () => {
    const odd = new DataFrame<{ readonly 'a.b`c': typeof t.string }>(readTable('odd'), NO_SERVER)
    expect(planOf(odd.select('a.b`c'))).toMatchObject({ project: { expressions: [attribute('`a.b``c`')] } })
  })
})

describe('a choice of rows', () => {
  it('filters', () => {
    expect(planOf(tweets().filter((c) => c.favourites.isNull()))).toEqual({
      filter: { input: TWEETS, condition: call('isNull', attribute('favourites')) },
    })
  })

  it('drops rows with nulls, and repeats', () => {
    expect(planOf(tweets().dropna('favourites'))).toEqual({ dropNa: { input: TWEETS, cols: ['favourites'] } })
    expect(planOf(tweets().dropDuplicates('id'))).toEqual({
      deduplicate: { input: TWEETS, columnNames: ['id'], allColumnsAsKeys: false },
    })
    expect(planOf(tweets().dropDuplicates())).toEqual({
      deduplicate: { input: TWEETS, allColumnsAsKeys: true },
    })
  })

  it('orders all rows or those of each partition, nulls where Spark has them', () => {
    const order = (direction: string, nulls: string) => ({
      child: attribute('favourites'),
      direction: `SORT_DIRECTION_${direction}`,
      nullOrdering: `SORT_NULLS_${nulls}`,
    })
    expect(planOf(tweets().orderBy((c) => c.favourites))).toEqual({
      sort: { input: TWEETS, order: [order('ASCENDING', 'FIRST')], isGlobal: true },
    })
    expect(planOf(tweets().sortWithinPartitions((c) => [c.favourites.desc()]))).toEqual({
      sort: { input: TWEETS, order: [order('DESCENDING', 'LAST')], isGlobal: false },
    })
    expect(
      planOf(tweets().orderBy((c) => [c.favourites.ascNullsLast(), c.favourites.descNullsFirst()])),
    ).toMatchObject({ sort: { order: [order('ASCENDING', 'LAST'), order('DESCENDING', 'FIRST')] } })
  })

  it('limits', () => {
    expect(planOf(tweets().limit(3))).toEqual({ limit: { input: TWEETS, limit: 3 } })
  })

  it('repartitions by number, by columns, or both, and coalesces without a shuffle', () => {
    const repartition = (shuffle: boolean) => ({
      repartition: { input: TWEETS, numPartitions: 4, shuffle },
    })
    expect(planOf(tweets().repartition(4))).toEqual(repartition(true))
    expect(planOf(tweets().coalesce(4))).toEqual(repartition(false))
    expect(planOf(tweets().repartition(4, 'id'))).toEqual({
      repartitionByExpression: { input: TWEETS, partitionExprs: [attribute('id')], numPartitions: 4 },
    })
    expect(planOf(tweets().repartition(undefined, 'id'))).toEqual({
      repartitionByExpression: { input: TWEETS, partitionExprs: [attribute('id')] },
    })
  })

  it('passes hints and metrics on', () => {
    expect(planOf(tweets().hint('broadcast'))).toEqual({ hint: { input: TWEETS, name: 'broadcast' } })
    expect(planOf(tweets().observe('seen', (c) => ({ most: F.max(c.retweets) })))).toEqual({
      collectMetrics: {
        input: TWEETS,
        name: 'seen',
        metrics: [alias(call('max', attribute('retweets')), 'most')],
      },
    })
  })
})

describe('a group', () => {
  const GROUP_BY = 'GROUP_TYPE_GROUPBY'
  const n = alias(call('count', integer(1)), 'n')

  it('is named, computed, or the whole frame', () => {
    expect(
      planOf(
        tweets()
          .groupBy('author_id')
          .agg(() => ({ n: F.count() })),
      ),
    ).toEqual({
      aggregate: {
        input: TWEETS,
        groupType: GROUP_BY,
        groupingExpressions: [alias(attribute('author_id'), 'author_id')],
        aggregateExpressions: [n],
      },
    })
    expect(
      planOf(
        tweets()
          .groupBy((c) => ({ hit: c.retweets.gt(9) }))
          .agg(() => ({ n: F.count() })),
      ),
    ).toMatchObject({
      aggregate: { groupingExpressions: [alias(call('>', attribute('retweets'), integer(9)), 'hit')] },
    })
    const whole = { aggregate: { input: TWEETS, groupType: GROUP_BY, aggregateExpressions: [n] } }
    expect(planOf(tweets().agg(() => ({ n: F.count() })))).toEqual(whole)
    expect(
      planOf(
        tweets()
          .groupBy()
          .agg(() => ({ n: F.count() })),
      ),
    ).toEqual(whole)
  })
})

describe('two frames', () => {
  const authors = new DataFrame<{ readonly author_id: typeof t.string; readonly name: typeof t.string }>(
    readTable('author'),
    NO_SERVER,
  )
  const AUTHORS = { read: { namedTable: { unparsedIdentifier: 'author' } } }

  it.each([
    ['inner', 'JOIN_TYPE_INNER'],
    ['left', 'JOIN_TYPE_LEFT_OUTER'],
    ['right', 'JOIN_TYPE_RIGHT_OUTER'],
    ['full', 'JOIN_TYPE_FULL_OUTER'],
    ['left_semi', 'JOIN_TYPE_LEFT_SEMI'],
    ['left_anti', 'JOIN_TYPE_LEFT_ANTI'],
  ] as const)('join by name: %s', (how, joinType) => {
    expect(planOf(tweets().join(authors, { on: 'author_id', how }))).toEqual({
      join: { left: TWEETS, right: AUTHORS, joinType, usingColumns: ['author_id'] },
    })
  })

  it('join by a condition under two aliases, so that a frame can be joined to itself', () => {
    const other = tweets().select((c) => ({ other: c.id }))
    const joined = planOf(tweets().join(other, { on: (l, r) => l.id.lt(r.other), how: 'inner' }))
    expect(joined).toEqual({
      join: {
        left: { subqueryAlias: { input: TWEETS, alias: '__left' } },
        right: { subqueryAlias: { input: planOf(other), alias: '__right' } },
        joinType: 'JOIN_TYPE_INNER',
        joinCondition: call('<', attribute('__left.id'), attribute('__right.other')),
      },
    })
  })

  it('are crossed without a condition', () => {
    expect(planOf(tweets().select('id').crossJoin(authors))).toEqual({
      join: { left: planOf(tweets().select('id')), right: AUTHORS, joinType: 'JOIN_TYPE_CROSS' },
    })
  })

  it('are united by name with all their rows', () => {
    expect(planOf(tweets().unionByName(tweets()))).toEqual({
      setOp: {
        leftInput: TWEETS,
        rightInput: TWEETS,
        setOpType: 'SET_OP_TYPE_UNION',
        isAll: true,
        byName: true,
      },
    })
  })
})

describe('a reader', () => {
  const reader = new DataFrameReader(NO_SERVER)

  it('names format, paths, options and a schema in which every column may be null', () => {
    const json = reader.schema(schema({ id: t.string, n: t.long })).options({ mode: 'PERMISSIVE' })
    expect(planOf(json.json('/a', '/b'))).toEqual({
      read: {
        dataSource: {
          format: 'json',
          schema: 'id STRING, n BIGINT',
          options: { mode: 'PERMISSIVE' },
          paths: ['/a', '/b'],
        },
      },
    })
    expect(planOf(reader.parquet('/p'))).toEqual({
      read: { dataSource: { format: 'parquet', paths: ['/p'] } },
    })
  })

  it('reads text as lines, whatever schema was set before', () => {
    expect(planOf(reader.schema(schema({ id: t.string })).text('/t'))).toEqual({
      read: { dataSource: { format: 'text', paths: ['/t'] } },
    })
  })

  it('is not changed by a setting', () => {
    reader.options({ mode: 'FAILFAST' })
    expect(planOf(reader.json('/a'))).toEqual({ read: { dataSource: { format: 'json', paths: ['/a'] } } })
  })
})

describe('a plan', () => {
  it('shares its input with every frame made from it, and cannot be changed', () => {
    const base = tweets()
    const filtered = base.filter((c) => c.retweets.gt(0))
    const limited = base.limit(1)
    const inputs = [filtered, limited].map(({ relation }) =>
      relation.relType.case === 'filter' || relation.relType.case === 'limit'
        ? relation.relType.value.input
        : undefined,
    )
    expect(inputs[0]).toBe(base.relation)
    expect(inputs[1]).toBe(base.relation)
    for (const { relation } of [base, filtered, limited]) expect(Object.isFrozen(relation)).toBe(true)
  })

  it('is chained by transforms', () => {
    const top = (frame: ReturnType<typeof tweets>) => frame.orderBy((c) => c.retweets.desc()).limit(1)
    expect(planOf(tweets().transform(top))).toEqual(planOf(top(tweets())))
  })
})
