import { expectTypeOf } from 'expect-type'
import { schema, t, type DataFrame, type Row } from 'spark-connect-js'
import * as F from 'spark-connect-js/functions'

// A chain of 60 calls on 40 columns: `tsc --extendedDiagnostics` says what it costs. Mapped types stay flat, and a
// frame's methods take it as a typed `this`, so that no call compares the methods of the frames before it.

const Wide = schema({
  id: t.string,
  author: t.string,
  at: t.timestamp,
  text: t.string.nullable,
  a00: t.long,
  a01: t.long,
  a02: t.long,
  a03: t.long,
  a04: t.long,
  a05: t.long,
  a06: t.long.nullable,
  a07: t.long.nullable,
  a08: t.long.nullable,
  b00: t.double,
  b01: t.double,
  b02: t.double,
  b03: t.double,
  b04: t.double,
  b05: t.double,
  b06: t.double.nullable,
  b07: t.double.nullable,
  b08: t.double.nullable,
  c00: t.string,
  c01: t.string,
  c02: t.string,
  c03: t.string,
  c04: t.string.nullable,
  c05: t.string.nullable,
  c06: t.string.nullable,
  c07: t.string.nullable,
  c08: t.string.nullable,
  d00: t.boolean,
  d01: t.boolean,
  d02: t.boolean.nullable,
  d03: t.boolean.nullable,
  e00: t.array(t.string),
  e01: t.map(t.string, t.long.nullable),
  e02: t.struct({ x: t.integer, y: t.double.nullable }),
  e03: t.date,
  e04: t.decimal(18, 2),
})
const Other = schema({ author: t.string, score: t.double, rank: t.integer })

declare const wide: DataFrame<typeof Wide>
declare const other: DataFrame<typeof Other>

const chained = wide
  .filter((c) => c.a00.gt(0))
  .withColumn('n00', (c) => c.a00.plus(c.a01))
  .withColumn('n01', (c) => c.n00.times(2))
  .withColumns((c) => ({ n02: c.b00.dividedBy(c.b01), n03: c.c04.isNull() }))
  .withColumnRenamed('n02', 'ratio')
  .filter((c) => c.ratio.isNotNull())
  .withColumns((c) => ({ a00: c.a00.cast(t.double), a01: c.a01.minus(1) }))
  .join(other, { on: 'author', how: 'left' })
  .withColumn('n04', (c) => c.score.times(c.b02))
  .drop('score')
  .fillna({ n04: 0, a06: 0n })
  .withColumn('n05', (c) => c.n04.plus(1))
  .dropna('a07')
  .withColumn('n06', (c) => c.a07.plus(c.a06))
  .where((c) => c.n06.lt(100))
  .orderBy((c) => [c.n06.desc(), c.id])
  .limit(1000)
  .withColumn('n07', (c) => F.upper(c.c00))
  .withColumn('n08', (c) => F.coalesce(c.c04, c.c05, c.c00))
  .withColumn('n09', (c) => c.e02.getField('x'))
  .withColumn('n10', (c) => c.e00.getItem(0))
  .withColumn('n11', (c) => F.when(c.d00, 'yes').otherwise('no'))
  .withColumnsRenamed({ n09: 'x', n10: 'first_tag' })
  .filter((c) => c.first_tag.startswith('a'))
  .distinct()
  .withColumn('n12', (c) => c.x.bitwiseAND(3))
  .withColumn('n13', (c) => c.n12.eq(1))
  .repartition(8, 'author')
  .withColumn('n14', (c) => c.n13.and(c.d01))
  .sortWithinPartitions('author', 'at')
  .withColumn('n15', (c) => F.length(c.text))
  .hint('broadcast')
  .withColumn('n16', (c) => c.n15.plus(c.x))
  .sample(0.5)
  .withColumn('n17', (c) => F.sqrt(c.b03))
  .withColumn('n18', (c) => c.n17.plus(c.n05))
  .filter((c) => c.n18.gt(0).or(c.n13))
  .drop('n17', 'n18')
  .withColumn('n19', (c) => c.b04.times(0.5))
  .offset(1)
  .withColumn('n20', (c) => c.n19.minus(c.b05))
  .withColumn('n21', (c) => c.n20.gt(0))
  .dropDuplicates('id', 'n21')
  .withColumn('n22', (c) => F.concat(c.c01, c.c02))
  .withColumn('n23', (c) => F.concat(c.n22, c.c06))
  .withColumnRenamed('n23', 'joined')
  .filter((c) => c.joined.contains('x'))
  .coalesce(2)
  .withColumn('n24', (c) => c.a02.mod(7))
  .withColumn('n25', (c) => c.e02.withField('z', c.a03))
  .withColumn('n26', (c) => c.n25.getField('z'))
  .filter((c) => c.n26.between(0, 10))
  .withColumn('n27', (c) => c.n25.dropFields('y'))
  .observe('seen', (c) => ({ most: F.max(c.n26) }))
  .withColumn('n28', (c) => c.rank.eq(1))
  .transform((frame) => frame.filter((c) => c.n28.eqNullSafe(true)))
  .withColumn('n29', () => F.lit(1))
  .unionByName(wide.select('id').limit(0), { allowMissingColumns: true })
  .drop('n27', 'n25')
  .select('id', 'a00', 'a06', 'n04', 'n24', 'n26', 'first_tag', 'rank', 'n29')

expectTypeOf<Row<typeof chained.rowSchema>>().toEqualTypeOf<{
  readonly id: string
  readonly a00: number | null
  readonly a06: bigint | null
  readonly n04: number | null
  readonly n24: bigint | null
  readonly n26: bigint | null
  readonly first_tag: string | null
  readonly rank: number | null
  readonly n29: number | null
}>()
