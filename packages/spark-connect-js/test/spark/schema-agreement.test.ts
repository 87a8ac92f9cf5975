import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { schema, t, type DataFrame, type Schema, type SparkSession } from 'spark-connect-js'
import * as F from 'spark-connect-js/functions'

import { openSession } from './open-session.ts'

/** `D` if the compiler takes a frame's rows to be exactly that, column by column and null by null. */
type Exactly<S, D> = [S] extends [D] ? ([D] extends [S] ? D : never) : never

const Left = schema({ id: t.long, n: t.integer, name: t.string.nullable, tags: t.array(t.string) })
const Right = schema({ id: t.long, at: t.timestamp, score: t.double.nullable })

let spark: SparkSession
let left: DataFrame<typeof Left>
let right: DataFrame<typeof Right>
beforeAll(async () => {
  spark = await openSession()
  left = spark.range(3n).select((c) => ({
    id: c.id,
    n: F.lit(1),
    name: F.nullOf(t.string),
    tags: F.array(F.lit('a')),
  }))
  right = spark.range(2n).select((c) => ({ id: c.id, at: F.lit(new Date(0)), score: F.nullOf(t.double) }))
})
afterAll(() => spark[Symbol.asyncDispose]())

/** What both see, frame by frame, in one test. */
const views: Record<'server' | 'compiler', unknown[]> = { server: [], compiler: [] }
beforeEach(() => {
  views.server = []
  views.compiler = []
})

/** Without what every type can be asked for besides. */
const plain = (columns: Schema): unknown => JSON.parse(JSON.stringify(columns))

/** Compiles only where the compiler sees what is declared; notes what the server sees. */
const agree = async <S extends Schema, D extends Schema>(
  frame: DataFrame<S>,
  declared: D & Exactly<S, D>,
): Promise<void> => {
  views.server.push(plain(await frame.schema()))
  views.compiler.push(plain(declared))
}

/** For what cannot be null though Spark's analysis says it could: both, each with its own view. */
const knowsMore = async <S extends Schema, D extends Schema>(
  frame: DataFrame<S>,
  declared: D & Exactly<S, D>,
  analysed: Schema,
): Promise<void> => {
  views.server.push(plain(await frame.schema()))
  views.compiler.push(plain(analysed))
  expect(Object.keys(analysed)).toEqual(Object.keys(declared))
}

const { id, n, name, tags } = Left
const { at, score } = Right

describe('compiler and server see the same columns', () => {
  it('of the frames that this test begins with', async () => {
    await agree(left, Left)
    await agree(right, Right)
    expect(views.server).toEqual(views.compiler)
  })

  it('of projections', async () => {
    await agree(left.select('id', 'name'), schema({ id, name }))
    await agree(
      left.withColumn('twice', (c) => c.id.times(2)),
      schema({ ...Left, twice: t.long }),
    )
    await agree(
      left.withColumns((c) => ({ n: c.n.eq(1), is_named: c.name.eq('a') })),
      schema({ ...Left, n: t.boolean, is_named: t.boolean.nullable }),
    )
    await agree(left.withColumnRenamed('n', 'm'), schema({ id, m: n, name, tags }))
    await agree(left.withColumnsRenamed({ n: 'm', id: 'key' }), schema({ key: id, m: n, name, tags }))
    await agree(left.drop('n', 'tags'), schema({ id, name }))
    await agree(left.withMetadata('n', { unit: 's' }), Left)
    await agree(left.to(schema({ n: t.long, id })), schema({ n: t.long, id }))
    await knowsMore(left.toJSON(), schema({ value: t.string }), schema({ value: t.string.nullable }))
    await agree(
      left.select((c) => ({ tag: F.explode(c.tags), maybe: F.explodeOuter(c.tags) })).select('tag'),
      schema({ tag: t.string }),
    )
    expect(views.server).toEqual(views.compiler)
  })

  it('of joins by name', async () => {
    const all = { ...Left, at, score }
    await agree(left.join(right, { on: 'id', how: 'inner' }), schema(all))
    await agree(left.join(right, { on: 'id', how: 'left' }), schema({ ...all, at: at.nullable }))
    await agree(
      left.join(right, { on: 'id', how: 'right' }),
      schema({ ...all, n: n.nullable, tags: tags.nullable }),
    )
    const outer = { ...all, n: n.nullable, tags: tags.nullable, at: at.nullable }
    await knowsMore(
      left.join(right, { on: 'id', how: 'full' }),
      schema(outer),
      schema({ ...outer, id: id.nullable }),
    )
    await agree(left.join(right, { on: 'id', how: 'left_semi' }), Left)
    await agree(left.join(right, { on: 'id', how: 'left_anti' }), Left)
    expect(views.server).toEqual(views.compiler)
  })

  it('of joins by a condition, crossed and lateral', async () => {
    const other = right.withColumnRenamed('id', 'key')
    const all = { ...Left, key: id, at, score }
    const missing = { key: id.nullable, at: at.nullable }
    await agree(left.join(other, { on: (l, r) => l.id.eq(r.key), how: 'inner' }), schema(all))
    await agree(
      left.join(other, { on: (l, r) => l.id.eq(r.key), how: 'left' }),
      schema({ ...all, ...missing }),
    )
    await agree(
      left.join(other, { on: (l, r) => l.id.eq(r.key), how: 'right' }),
      schema({ ...all, id: id.nullable, n: n.nullable, tags: tags.nullable }),
    )
    await agree(
      left.join(other, { on: (l, r) => l.id.eq(r.key), how: 'full' }),
      schema({ ...all, ...missing, id: id.nullable, n: n.nullable, tags: tags.nullable }),
    )
    await agree(left.crossJoin(other), schema(all))
    await agree(
      left.lateralJoin((o) => spark.tvf.explode(o.tags)),
      schema({ ...Left, col: t.string }),
    )
    await agree(
      left.lateralJoin((o) => spark.tvf.explode(o.tags), { how: 'left' }),
      schema({ ...Left, col: t.string.nullable }),
    )
    expect(views.server).toEqual(views.compiler)
  })

  it('of set operations', async () => {
    const ids = left.select('id')
    const maybe = left.select((c) => ({ id: F.nullif(c.id, 1n) }))
    await agree(ids.union(maybe), schema({ id: id.nullable }))
    await agree(ids.unionAll(ids), schema({ id }))
    await agree(ids.intersect(maybe), schema({ id }))
    await agree(maybe.intersectAll(maybe), schema({ id: id.nullable }))
    await agree(ids.subtract(maybe), schema({ id }))
    await agree(maybe.exceptAll(ids), schema({ id: id.nullable }))
    await agree(left.select('name', 'id').unionByName(left.select('id', 'name')), schema({ name, id }))
    await agree(
      left.select('id', 'n').unionByName(right.select('id', 'at'), { allowMissingColumns: true }),
      schema({ id, n: n.nullable, at: at.nullable }),
    )
    expect(views.server).toEqual(views.compiler)
  })

  it('of groups', async () => {
    const most = (frame: DataFrame<typeof Left>) => frame.groupBy('name', 'n')
    await agree(
      most(left).agg((c) => ({ most: F.max(c.id) })),
      schema({ name, n, most: id.nullable }),
    )
    await agree(most(left).count(), schema({ name, n, count: t.long }))
    await agree(left.groupBy('n').sum('id'), schema({ n, 'sum(id)': t.long.nullable }))
    await agree(
      left.groupBy('name').avg('n', 'id'),
      schema({ name, 'avg(n)': t.double.nullable, 'avg(id)': t.double.nullable }),
    )
    await agree(left.groupBy().max('n'), schema({ 'max(n)': n.nullable }))
    await agree(left.groupBy().min('id'), schema({ 'min(id)': id.nullable }))
    await agree(left.rollup('n', 'id').count(), schema({ n: n.nullable, id: id.nullable, count: t.long }))
    await agree(left.cube((c) => ({ key: c.id })).count(), schema({ key: id.nullable, count: t.long }))
    await agree(left.groupingSets([['n', 'name'], ['n']]).count(), schema({ n, name, count: t.long }))
    await agree(
      left.agg(() => ({ rows: F.count() })),
      schema({ rows: t.long }),
    )
    expect(views.server).toEqual(views.compiler)
  })

  it('of pivots with a list', async () => {
    await agree(
      left
        .groupBy('n')
        .pivot('name', ['a', 'b'])
        .agg(() => ({ rows: F.count() })),
      schema({ n, a: t.long.nullable, b: t.long.nullable }),
    )
    await agree(
      left
        .groupBy('n')
        .pivot('id', [1n])
        .agg((c) => ({ rows: F.count(), least: F.min(c.name) })),
      schema({ n, '1_rows': t.long, '1_least': t.string.nullable }),
    )
    expect(views.server).toEqual(views.compiler)
  })

  it('of columns turned into rows', async () => {
    const wide = left.select((c) => ({ id: c.id, a: c.n, b: F.nullif(c.n, 1) }))
    const names = { variableColumnName: 'k', valueColumnName: 'v' } as const
    const long = wide.unpivot({ ids: ['id'], values: ['a', 'b'], ...names })
    await agree(long, schema({ id, k: t.string, v: t.integer.nullable }))
    await agree(wide.melt({ ids: [], values: ['a'], ...names }), schema({ k: t.string, v: t.integer }))
    expect(views.server).toEqual(views.compiler)
  })

  it('of missing values filled or replaced', async () => {
    const holes = left.select((c) => ({
      l: F.nullif(c.id, 1n),
      i: F.nullif(c.n, 1),
      d: F.nullOf(t.double),
      f: F.nullOf(t.float),
      x: F.nullOf(t.decimal(9, 2)),
      s: c.name,
      b: F.nullOf(t.boolean),
    }))
    const s = t.string.nullable
    const filled = { l: t.long, i: t.integer, d: t.double, f: t.float, x: t.decimal(9, 2).nullable }
    await agree(holes.fillna(0), schema({ ...filled, s, b: t.boolean.nullable }))
    await knowsMore(holes.select('l').fillna(0.5), schema({ l: t.long }), schema({ l: t.long.nullable }))
    await agree(holes.select('s', 'b').fillna('-'), schema({ s: t.string, b: t.boolean.nullable }))
    await agree(holes.select('s', 'b').fillna(true), schema({ s, b: t.boolean }))
    await agree(holes.select('l', 'i').fillna(1n, 'l'), schema({ l: t.long, i: t.integer.nullable }))
    await agree(
      holes.select('l', 's', 'i').fillna({ l: 1n, s: '' }),
      schema({ l: t.long, s: t.string, i: t.integer.nullable }),
    )
    const [some, all] = [schema({ l: t.long, s: t.string.nullable }), schema({ l: t.long, s: t.string })]
    const nullable = schema({ l: t.long.nullable, s: t.string.nullable })
    await knowsMore(holes.select('l', 's').dropna('l'), some, nullable)
    await knowsMore(holes.select('l', 's').na.drop(), all, nullable)
    await agree(holes.select('l', 's').dropna({ thresh: 1 }), nullable)
    await knowsMore(
      left.select('n', 'id').replace(new Map([[1, 2]]), 'n'),
      schema({ n, id }),
      schema({ n: n.nullable, id }),
    )
    await agree(left.select('n', 'id').replace(new Map([[1, null]]), 'n'), schema({ n: n.nullable, id }))
    expect(views.server).toEqual(views.compiler)
  })

  it('of statistics', async () => {
    const text = t.string.nullable
    await agree(left.describe(), schema({ summary: text, id: text, n: text, name: text }))
    await agree(left.describe('n'), schema({ summary: text, n: text }))
    await agree(left.summary('max'), schema({ summary: text, id: text, n: text, name: text }))
    await agree(
      left.stat.freqItems(['n', 'name']),
      schema({ n_freqItems: t.array(n), name_freqItems: t.array(name) }),
    )
    await agree(left.stat.sampleBy('n', { fractions: new Map([[1, 1]]) }), Left)
    expect(views.server).toEqual(views.compiler)
  })

  it('of structs, arrays and maps', async () => {
    const nested = left.select((c) => ({
      all: F.struct({ id: c.id, name: c.name }),
      set: F.struct({ id: c.id }).withField('id', c.name).withField('n', c.n),
      less: F.struct({ id: c.id, name: c.name }).dropFields('id'),
      item: c.tags.getItem(0),
      field: F.struct({ id: c.id }).getField('id'),
    }))
    await agree(
      nested,
      schema({
        all: t.struct({ id, name }),
        set: t.struct({ id: name, n }),
        less: t.struct({ name }),
        item: t.string.nullable,
        field: id,
      }),
    )
    expect(views.server).toEqual(views.compiler)
  })

  it('of operators', async () => {
    const bits = left.select((c) => ({
      and: c.n.bitwiseAND(c.id),
      or: c.n.bitwiseOR(1),
      xor: c.id.bitwiseXOR(F.nullif(c.n, 1)),
      nan: F.nullOf(t.double).isNaN(),
      ilike: c.name.ilike('a%'),
      in: c.n.isin(1, 2),
      between: c.n.between(0, F.nullif(c.n, 1)),
      part: c.tags.getItem(0).substr(c.n, 1),
      not: c.n.eq(1).not(),
      text: c.n.astype(t.string),
      tried: c.n.cast(t.string).tryCast(t.long),
    }))
    await agree(
      bits,
      schema({
        and: t.long,
        or: t.integer,
        xor: t.long.nullable,
        nan: t.boolean,
        ilike: t.boolean.nullable,
        in: t.boolean,
        between: t.boolean.nullable,
        part: t.string.nullable,
        not: t.boolean,
        text: t.string,
        tried: t.long.nullable,
      }),
    )
    expect(views.server).toEqual(views.compiler)
  })

  it('of subqueries', async () => {
    const most = right.agg((c) => ({ most: F.max(c.id) }))
    await agree(
      left.select((c) => ({ most: most.scalar(), any: right.exists(), in: c.id.isin(right.select('id')) })),
      schema({ most: t.long.nullable, any: t.boolean, in: t.boolean }),
    )
    expect(views.server).toEqual(views.compiler)
  })

  it('of table-valued functions', async () => {
    const { tvf } = spark
    const list = F.array(F.lit('a'))
    const rows = F.array(F.struct({ id: 1n, name: 'a' }))
    await agree(tvf.range(0n, 1n), schema({ id: t.long }))
    await agree(tvf.explode(list), schema({ col: t.string }))
    await agree(tvf.explodeOuter(list), schema({ col: t.string.nullable }))
    await agree(tvf.posexplode(list), schema({ pos: t.integer, col: t.string }))
    await agree(tvf.posexplodeOuter(list), schema({ pos: t.integer.nullable, col: t.string.nullable }))
    await agree(tvf.inline(rows), schema({ id: t.long, name: t.string }))
    await agree(tvf.inlineOuter(rows), schema({ id: t.long.nullable, name: t.string.nullable }))
    await agree(
      tvf.jsonTuple(F.lit('{}'), 'a', 'b'),
      schema({ c0: t.string.nullable, c1: t.string.nullable }),
    )
    await agree(tvf.sqlKeywords(), schema({ keyword: t.string, reserved: t.boolean }))
    expect(views.server).toEqual(views.compiler)
  })
})
