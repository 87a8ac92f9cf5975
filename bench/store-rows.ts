import type { DataFrame, SparkSession } from 'spark-connect-js'
import { t } from 'spark-connect-js'
import { ProfiledAuthorScore } from '../src/schema/author-score.ts'

const StagedAuthor = { ...ProfiledAuthorScore, kernel: t.string }

/** Authors as a slot leaves them: texts of common lengths, and ids in no order. */
export function authorRows(spark: SparkSession, authors: number): DataFrame<typeof StagedAuthor> {
  const query = `
    SELECT 'everything' AS term, cast(conv(substr(sha2(cast(id AS string), 256), 1, 14), 16, 10) AS string) AS author_id,
      'calibrated' AS kernel, 'expected' AS depth_method, 1 + id % 9 AS tweets, id % 500 AS retweets, id % 600 AS claimed_retweets,
      0.9D AS coverage, id % 700 AS favourites, id * 7 AS followers, id % 500 AS retweeters, id / 3.0D AS non_primary_retweets,
      id / 4.0D AS non_primary_low, id / 2.0D AS non_primary_high, 1.178D AS mean_depth, 1.9D AS max_depth, id / 7.0D AS amplification,
      0.001D AS engagement_rate, (id % 21 - 10) / 10.0D AS sentiment, id % 101 / 1.01D AS retweets_part, 46D AS favourites_part,
      72D AS followers_part, 35D AS depth_part, id % 10007 / 101D AS influence, cast(id + 1 AS int) AS rank_in_term,
      timestamp_micros(1767323045678901 + id) AS seen_at, 50D AS percentile, concat('Author ', id) AS name,
      concat('author_', id) AS screen_name, concat('Place ', id % 500) AS location,
      concat('https://pictures.example.org/profile_images/', id, '/a_picture_normal.jpg') AS image, 'en' AS language
    FROM range(${authors})`
  return spark.sql<typeof StagedAuthor>(query)
}
