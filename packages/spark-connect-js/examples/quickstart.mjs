// SPARK_REMOTE=sc://localhost node quickstart.mjs: rows of one's own, a question to them, and the answer.
import { schema, SparkSession, t } from 'spark-connect-js'
import { count, max, sum } from 'spark-connect-js/functions'

const Tweet = schema({ author: t.string, likes: t.long, tags: t.array(t.string) })

const spark = await SparkSession.builder()
  .remote(process.env.SPARK_REMOTE ?? 'sc://localhost')
  .getOrCreate()
try {
  const tweets = spark.createDataFrame(
    [
      { author: 'ann', likes: 3n, tags: ['tide', 'moon'] },
      { author: 'bob', likes: 9_007_199_254_740_993n, tags: [] },
      { author: 'ann', likes: 4n, tags: ['tide'] },
    ],
    Tweet,
  )
  const authors = tweets
    .groupBy('author')
    .agg((c) => ({ tweets: count(), likes: sum(c.likes), best: max(c.likes) }))
    .orderBy((c) => c.author)

  console.log(`Spark ${await spark.version()}`)
  for await (const { author, tweets: written, likes, best } of authors) {
    console.log(`${author}: ${written} tweets, ${likes} likes, ${best} for the best`)
  }
} finally {
  await spark.stop()
}
