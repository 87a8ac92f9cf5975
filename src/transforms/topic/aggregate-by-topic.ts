import { Window, type DataFrame } from 'spark-connect-js'
import { rowNumber, substring, sum, when } from 'spark-connect-js/functions'
import type { LeadingTopic, TopicUse } from '../../schema/topic.ts'

/** The `limit` topics of each term and kind that were said most, ranked; of equals the first in the alphabet leads. */
export const aggregateByTopic =
  ({ limit }: { readonly limit: number }) =>
  (uses: DataFrame<typeof TopicUse>): DataFrame<typeof LeadingTopic> =>
    uses
      .groupBy('term', 'topic')
      .agg((c) => ({
        volume: sum(c.volume),
        previous_volume: sum(c.previous_volume),
        followers_sum: sum(c.followers_sum),
        followers_count: sum(c.followers_count),
        sentiment_sum: sum(c.sentiment_sum),
        sentiment_count: sum(c.sentiment_count),
      }))
      .filter((c) => c.volume.gt(0n))
      .withColumns((c) => ({ mark: substring(c.topic, 1, 1) }))
      .withColumns((c) => ({
        kind: when(c.mark.eq('#'), 'hashtag')
          .when(c.mark.eq('@'), 'mention')
          .when(c.mark.eq('/'), 'domain')
          .otherwise('word'),
      }))
      .withColumns((c) => ({
        rank_in_kind: rowNumber().over(
          Window.partitionBy(c.term, c.kind).orderBy(c.volume.desc(), c.topic.asc()),
        ),
      }))
      .filter((c) => c.rank_in_kind.leq(limit))
      .drop('mark')
