import { describe, expect, it } from '@jest/globals'
import { schema, t, TableValuedFunction } from 'spark-connect-js'
import * as F from 'spark-connect-js/functions'

import { DataFrameReader } from '../../src/frame/reader.ts'
import {
  alias,
  attribute,
  call,
  commandJson,
  integer,
  jsonOf,
  NO_SERVER,
  recordingExecutor,
  TWEETS,
  tweets,
} from './plan-only.ts'

const planOf = (frame: { readonly relation: Parameters<typeof jsonOf>[0] }) => jsonOf(frame.relation)
const long = (value: number) => ({ literal: { long: String(value) } })
const text = (string: string) => ({ literal: { string } })

describe('a plan', () => {
  it('names, types and describes columns', () => {
    const frame = tweets()
    expect(planOf(frame.toDF('a', 'b'))).toEqual({ toDf: { input: TWEETS, columnNames: ['a', 'b'] } })
    expect(planOf(frame.to(schema({ id: t.string })))).toEqual({
      toSchema: {
        input: TWEETS,
        schema: { struct: { fields: [{ name: 'id', dataType: { string: {} } }] } },
      },
    })
    expect(planOf(frame.withMetadata('id', { unit: 's' }))).toEqual({
      withColumns: {
        input: TWEETS,
        aliases: [{ expr: attribute('id'), name: ['id'], metadata: '{"unit":"s"}' }],
      },
    })
    expect(planOf(frame.colRegex('r`.*'))).toEqual({
      project: { input: TWEETS, expressions: [{ unresolvedRegex: { colName: '`r``.*`' } }] },
    })
    expect(planOf(frame.selectExpr('id', '1 as one'))).toEqual({
      project: {
        input: TWEETS,
        expressions: [
          { expressionString: { expression: 'id' } },
          { expressionString: { expression: '1 as one' } },
        ],
      },
    })
    expect(planOf(frame.filter(() => frame.metadataColumn('_part', t.boolean)))).toEqual({
      filter: {
        input: TWEETS,
        condition: { unresolvedAttribute: { unparsedIdentifier: '_part', isMetadataColumn: true } },
      },
    })
    expect(planOf(frame.alias('tw'))).toEqual({ subqueryAlias: { input: TWEETS, alias: 'tw' } })
  })

  it('leaves rows out, by watermark, at random or from the front', () => {
    expect(planOf(tweets().dropDuplicatesWithinWatermark('id'))).toEqual({
      deduplicate: { input: TWEETS, columnNames: ['id'], allColumnsAsKeys: false, withinWatermark: true },
    })
    expect(planOf(tweets().sample(0.5, { seed: 7n, withReplacement: true }))).toEqual({
      sample: { input: TWEETS, upperBound: 0.5, withReplacement: true, seed: '7' },
    })
    const [first, second] = tweets().randomSplit([1, 3], 7n).map(planOf)
    const split = { input: TWEETS, withReplacement: false, seed: '7', deterministicOrder: true }
    expect(first).toEqual({ sample: { ...split, upperBound: 0.25 } })
    expect(second).toEqual({ sample: { ...split, lowerBound: 0.25, upperBound: 1 } })
    // Ten tenths add up to less than one.
    const last = tweets()
      .randomSplit(
        Array.from({ length: 10 }, () => 1),
        7n,
      )
      .at(-1)
    expect(last && planOf(last)).toMatchObject({ sample: { upperBound: 1 } })
    expect(planOf(tweets().offset(3))).toEqual({ offset: { input: TWEETS, offset: 3 } })
  })

  it('puts rows into partitions by range or by number, and hints', () => {
    expect(planOf(tweets().repartitionByRange(3, (c) => c.retweets.desc()))).toEqual({
      repartitionByExpression: {
        input: TWEETS,
        numPartitions: 3,
        partitionExprs: [
          {
            sortOrder: {
              child: attribute('retweets'),
              direction: 'SORT_DIRECTION_DESCENDING',
              nullOrdering: 'SORT_NULLS_LAST',
            },
          },
        ],
      },
    })
    expect(planOf(tweets().repartitionById(3, 'retweets'))).toEqual({
      repartitionByExpression: {
        input: TWEETS,
        numPartitions: 3,
        partitionExprs: [{ directShufflePartitionId: { child: attribute('retweets') } }],
      },
    })
    expect(planOf(tweets().repartition('id'))).toEqual({
      repartitionByExpression: { input: TWEETS, partitionExprs: [attribute('id')] },
    })
    expect(planOf(tweets().hint('rebalance', 3, F.lit('id')))).toEqual({
      hint: { input: TWEETS, name: 'rebalance', parameters: [integer(3), text('id')] },
    })
  })

  it('changes fields of structs', () => {
    const made = F.struct({ a: 1 })
    const structNode = call('struct', alias(integer(1), 'a'))
    expect(planOf(tweets().select(() => ({ s: made.withField('b', 2).dropFields('a') })))).toEqual({
      project: {
        input: TWEETS,
        expressions: [
          alias(
            {
              updateFields: {
                structExpression: {
                  updateFields: {
                    structExpression: structNode,
                    fieldName: 'b',
                    valueExpression: integer(2),
                  },
                },
                fieldName: 'a',
              },
            },
            's',
          ),
        ],
      },
    })
  })

  it('fills with longs, doubles, texts and booleans, as the server takes no other', () => {
    expect(planOf(tweets().fillna({ favourites: 0, id: '-' }))).toEqual({
      fillNa: {
        input: TWEETS,
        cols: ['favourites', 'id'],
        values: [long(0), text('-')].map((v) => v.literal),
      },
    })
    expect(planOf(tweets().fillna(0.5, 'favourites'))).toEqual({
      fillNa: { input: TWEETS, cols: ['favourites'], values: [{ double: 0.5 }] },
    })
    expect(planOf(tweets().dropna({ how: 'all' }))).toEqual({ dropNa: { input: TWEETS, minNonNulls: 1 } })
    expect(planOf(tweets().dropna({ how: 'all', thresh: 2, subset: ['id'] }))).toEqual({
      dropNa: { input: TWEETS, cols: ['id'], minNonNulls: 2 },
    })
  })
})

describe('a subquery', () => {
  const numberOf = (json: unknown) => Number(/"planId":"(\d+)"/.exec(JSON.stringify(json))?.[1])

  it('comes along with the step that speaks of it, under its number', () => {
    const frame = tweets().filter(() => tweets().limit(1).exists())
    const planId = String(numberOf(planOf(frame)))
    expect(planOf(frame)).toEqual({
      withRelations: {
        root: {
          filter: {
            input: TWEETS,
            condition: { subqueryExpression: { planId, subqueryType: 'SUBQUERY_TYPE_EXISTS' } },
          },
        },
        references: [{ common: { planId }, limit: { input: TWEETS, limit: 1 } }],
      },
    })
  })

  it('is found wherever it is in an expression, once, and not again in later steps', () => {
    const most = tweets().select('retweets').scalar()
    const frame = tweets().orderBy((c) => c.retweets.minus(most).times(most).desc())
    expect(planOf(frame)).toMatchObject({ withRelations: { references: [{ project: { input: TWEETS } }] } })
    expect(Object.keys(planOf(frame.limit(1)) as object)).toEqual(['limit'])
  })

  it('speaks of the frame around it by an alias, which only then is given', () => {
    const frame = tweets().filter((c) =>
      tweets()
        .filter((d) => d.id.eq(c.id.outer()))
        .exists(),
    )
    const json = JSON.stringify(planOf(frame))
    const name = /__outer_\d+/.exec(json)?.[0]
    expect(planOf(frame)).toMatchObject({
      withRelations: {
        root: { filter: { input: { subqueryAlias: { input: TWEETS, alias: name } } } },
        references: [
          { filter: { input: TWEETS, condition: call('==', attribute('id'), attribute(`${name}.id`)) } },
        ],
      },
    })
    expect(() => F.lit(1).outer()).toThrow(TypeError)
    expect(() => tweets().filter((c) => c.retweets.plus(1).outer().gt(0))).toThrow(/on the column itself/)
  })

  it('as a table is partitioned once, before it is ordered', () => {
    const table = tweets().asTable()
    const argument = table.partitionBy((c) => [c.id]).orderBy((c) => c.retweets.desc())
    const tvf = tweets().select(() => ({ x: argument.toColumn() }))
    expect(JSON.stringify(planOf(tvf))).toContain('"subqueryType":"SUBQUERY_TYPE_TABLE_ARG"')
    expect(JSON.stringify(planOf(tvf))).toContain('"partitionSpec":[{"unresolvedAttribute"')
    expect(() => argument.withSinglePartition()).toThrow(TypeError)
    expect(() => table.withSinglePartition().partitionBy((c) => [c.id])).toThrow(TypeError)
    expect(() => table.orderBy((c) => c.id)).toThrow(TypeError)
  })
})

describe('a table-valued function', () => {
  it('is called by Spark’s name', () => {
    const tvf = new TableValuedFunction(NO_SERVER)
    expect(planOf(tvf.jsonTuple(F.lit('{}'), 'a'))).toEqual({
      unresolvedTableValuedFunction: { functionName: 'json_tuple', arguments: [text('{}'), text('a')] },
    })
    expect(planOf(tvf.range(0n, 9n, { step: 3n, numPartitions: 2 }))).toEqual({
      range: { start: '0', end: '9', step: '3', numPartitions: 2 },
    })
    // @ts-expect-error without fields there would be no column
    expect(() => tvf.jsonTuple(F.lit('{}')).limit('x')).toThrow(TypeError)
  })
})

describe('a reader of databases', () => {
  const reader = new DataFrameReader(NO_SERVER)

  it('reads ranges of a column, or by predicates, not both', () => {
    const source = { url: 'jdbc:x', table: 'author' }
    const partitioned = { column: 'id', lowerBound: 1, upperBound: 9n, numPartitions: 4 }
    expect(planOf(reader.jdbc({ ...source, properties: { user: 'me' }, partitioned }))).toEqual({
      read: {
        dataSource: {
          format: 'jdbc',
          options: {
            user: 'me',
            url: 'jdbc:x',
            dbtable: 'author',
            partitionColumn: 'id',
            lowerBound: '1',
            upperBound: '9',
            numPartitions: '4',
          },
        },
      },
    })
    expect(planOf(reader.jdbc({ ...source, predicates: ['a', 'b'] }))).toMatchObject({
      read: { dataSource: { predicates: ['a', 'b'] } },
    })
    expect(() => reader.jdbc({ ...source, partitioned, predicates: [] })).toThrow(TypeError)
  })

  it('takes numbers and booleans for options, and the server’s default format', () => {
    expect(planOf(reader.option('header', true).options({ n: 1 }).load('/a'))).toEqual({
      read: { dataSource: { options: { header: 'true', n: '1' }, paths: ['/a'] } },
    })
    expect(planOf(reader.option('k', 'v').table('a.b'))).toEqual({
      read: { namedTable: { unparsedIdentifier: 'a.b', options: { k: 'v' } } },
    })
  })
})

describe('a command', () => {
  const commandOf = async (run: (frame: ReturnType<typeof tweets>) => Promise<unknown>) => {
    const executor = recordingExecutor()
    await run(tweets(executor))
    return commandJson(executor.plans[0])
  }

  it('writes to a table of a catalog in each of its ways', async () => {
    const writer = (frame: ReturnType<typeof tweets>) => frame.writeTo('cat.t').option('a', 'b')
    const base = { input: TWEETS, tableName: 'cat.t', options: { a: 'b' } }
    const mode = (name: string) => ({ writeOperationV2: { ...base, mode: `MODE_${name}` } })
    expect(await commandOf((frame) => writer(frame).append())).toEqual(mode('APPEND'))
    expect(await commandOf((frame) => writer(frame).replace())).toEqual(mode('REPLACE'))
    expect(await commandOf((frame) => writer(frame).createOrReplace())).toEqual(mode('CREATE_OR_REPLACE'))
    expect(await commandOf((frame) => writer(frame).overwritePartitions())).toEqual(
      mode('OVERWRITE_PARTITIONS'),
    )
    expect(await commandOf((frame) => writer(frame).overwrite((c) => c.id.eq('a')))).toEqual({
      writeOperationV2: {
        ...base,
        mode: 'MODE_OVERWRITE',
        overwriteCondition: call('==', attribute('id'), text('a')),
      },
    })
    const made = (frame: ReturnType<typeof tweets>) =>
      writer(frame).using('iceberg').clusterBy('id').tableProperty('p', 'q')
    expect(
      await commandOf((frame) =>
        made(frame)
          .partitionedBy((c) => [c.retweets.plus(1)])
          .create(),
      ),
    ).toEqual({
      writeOperationV2: {
        ...base,
        provider: 'iceberg',
        mode: 'MODE_CREATE',
        tableProperties: { p: 'q' },
        clusteringColumns: ['id'],
        partitioningColumns: [call('+', attribute('retweets'), integer(1))],
      },
    })
  })

  it('merges into a table, clause by clause', async () => {
    const target = { name: 'cat.author', schema: schema({ id: t.string, n: t.long }) }
    const merged = await commandOf((frame) =>
      frame
        .mergeInto(target, (to, from) => to.id.eq(from.id))
        .whenMatched((to, from) => to.n.lt(from.retweets))
        .update((_, from) => ({ n: from.retweets }))
        .whenMatched()
        .delete()
        .whenNotMatched()
        .insertAll()
        .whenNotMatchedBySource()
        .updateAll()
        .withSchemaEvolution()
        .merge(),
    )
    const action = (actionType: string, rest: object = {}) => ({
      mergeAction: { actionType: `ACTION_TYPE_${actionType}`, ...rest },
    })
    expect(merged).toEqual({
      mergeIntoTableCommand: {
        targetTableName: 'cat.author',
        sourceTablePlan: { subqueryAlias: { input: TWEETS, alias: '__source' } },
        mergeCondition: call('==', attribute('cat.author.id'), attribute('__source.id')),
        matchActions: [
          action('UPDATE', {
            condition: call('<', attribute('cat.author.n'), attribute('__source.retweets')),
            assignments: [{ key: attribute('n'), value: attribute('__source.retweets') }],
          }),
          action('DELETE'),
        ],
        notMatchedActions: [action('INSERT_STAR')],
        notMatchedBySourceActions: [action('UPDATE_STAR')],
        withSchemaEvolution: true,
      },
    })
  })

  it('inserts into tables, by buckets and clusters, and names views', async () => {
    const written = await commandOf((frame) =>
      frame.write
        .bucketBy(4, 'id')
        .sortBy('retweets')
        .clusterBy('author_id')
        .insertInto('t', { overwrite: true }),
    )
    expect(written).toEqual({
      writeOperation: {
        input: TWEETS,
        table: { tableName: 't', saveMethod: 'TABLE_SAVE_METHOD_INSERT_INTO' },
        mode: 'SAVE_MODE_OVERWRITE',
        bucketBy: { numBuckets: 4, bucketColumnNames: ['id'] },
        sortColumnNames: ['retweets'],
        clusteringColumns: ['author_id'],
      },
    })
    const view = (isGlobal: boolean, replace: boolean) => ({
      createDataframeView: {
        input: TWEETS,
        name: 'v',
        ...(isGlobal && { isGlobal }),
        ...(replace && { replace }),
      },
    })
    expect(await commandOf((frame) => frame.createTempView('v'))).toEqual(view(false, false))
    expect(await commandOf((frame) => frame.createGlobalTempView('v'))).toEqual(view(true, false))
    expect(await commandOf((frame) => frame.createOrReplaceGlobalTempView('v'))).toEqual(view(true, true))
  })
})
