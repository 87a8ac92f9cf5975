import { expectTypeOf } from 'expect-type'
import {
  schema,
  t,
  type DataFrame,
  type Schema,
  type SparkSession,
  type StreamingQuery,
} from 'spark-connect-js'
import { array, lit } from 'spark-connect-js/functions'

declare const spark: SparkSession

const Like = schema({ author: t.string, likes: t.long.nullable, tags: t.array(t.string) })

expectTypeOf(spark.createDataFrame([{ author: 'ann', likes: null, tags: [] }], Like)).toEqualTypeOf<
  DataFrame<typeof Like>
>()
// @ts-expect-error a column is missing
spark.createDataFrame([{ author: 'ann', likes: 1n }], Like)
// @ts-expect-error a long is a bigint, not a number
spark.createDataFrame([{ author: 'ann', likes: 1, tags: [] }], Like)
// @ts-expect-error an author is never null
spark.createDataFrame([{ author: null, likes: 1n, tags: [] }], Like)
// @ts-expect-error the name of a column is wrong
spark.createDataFrame([{ author: 'ann', likes: 1n, tags: [], tag: 'x' }], Like)

expectTypeOf(spark.sql('select 1', {}, { schema: Like })).toEqualTypeOf<DataFrame<typeof Like>>()
expectTypeOf(spark.sql('select ?, ?', [1n, array(lit(1))])).toEqualTypeOf<DataFrame<Schema>>()
// @ts-expect-error a parameter is a constant or a column
spark.sql('select :x', { x: [1, 2] })

expectTypeOf(spark.range(3n)).toEqualTypeOf<DataFrame<{ readonly id: typeof t.long }>>()
// @ts-expect-error a range is counted in longs
spark.range(3)

expectTypeOf(spark.conf.get('key')).resolves.toEqualTypeOf<string>()
expectTypeOf(spark.conf.get('key', null)).resolves.toEqualTypeOf<string | null>()

const stream = spark.readStream.schema(Like).json('in')
expectTypeOf((await stream.first())?.author).toEqualTypeOf<string | null | undefined>()
expectTypeOf(
  stream.writeStream.trigger({ availableNow: true }).start(),
).resolves.toEqualTypeOf<StreamingQuery>()
// @ts-expect-error a trigger is one of four
stream.writeStream.trigger({ every: '1 second' })
// @ts-expect-error an output mode that there is not
stream.writeStream.outputMode('overwrite')
