import { beforeAll, describe, expect, it } from '@jest/globals'
import type { DataFrame } from 'spark-connect-js'

import { readObservations } from '../../src/jobs/read-observations.ts'
import { scoreAuthors } from '../../src/jobs/score-authors.ts'
import type { Observation } from '../../src/schema/observation.ts'
import { StopWord } from '../../src/schema/topic.ts'
import { toCascadeScores } from '../../src/transforms/cascade/to-cascade-scores.ts'
import { aggregateByAmplifier } from '../../src/transforms/network/aggregate-by-amplifier.ts'
import { filterStrongestEdges } from '../../src/transforms/network/filter-strongest-edges.ts'
import { aggregateBySpreadAuthor } from '../../src/transforms/sentiment/aggregate-by-spread-author.ts'
import { toSentimentScores } from '../../src/transforms/sentiment/to-sentiment-scores.ts'
import { toSpeech } from '../../src/transforms/speech/to-speech.ts'
import { aggregateByText } from '../../src/transforms/topic/aggregate-by-text.ts'
import { aggregateByTopic } from '../../src/transforms/topic/aggregate-by-topic.ts'
import { explodeTopics } from '../../src/transforms/topic/explode-topics.ts'
import { toTermFacts } from '../../src/transforms/topic/to-term-facts.ts'
import { withTopics } from '../../src/transforms/topic/with-topics.ts'
import { COMPLIANCE, FLAT, JETSTREAM, X_V1, X_V2 } from '../collect/record/fixtures.ts'
import type { TransformBench } from '../transforms/cascade-frames.ts'
import { transformBench } from '../transforms/cascade-frames.ts'
import { rowDifferences } from '../transforms/frame-equality.ts'

/** The tweets of the fixtures are of 2015 to 2022. */
const WINDOW = { slotEnd: new Date('2026-01-01T00:00:00Z'), windowHours: 20 * 366 * 24 } as const

/** Three retweeters of the same root, so that there are places in a tree to be told. */
const CASCADE = [1, 2, 3].map((second) => ({
  status_id: `2${second}`,
  status_created_at: `Tue Mar 24 10:45:1${second} +0000 2015`,
  status_user_id: `v${second}`,
  status_user_followers_count: '9',
  status_user_location: 'Tarn',
  sentiment: '-1',
  rt_status_id: '20',
  rt_status_created_at: 'Tue Mar 24 10:45:02 +0000 2015',
  rt_status_text: 'More #lamps by @somebody on https://lamps.example/1',
  rt_status_user_id: 'v0',
  rt_status_user_followers_count: '70',
}))
const RECORDS = [...FLAT, ...X_V1, ...X_V2, ...JETSTREAM, ...COMPLIANCE, ...CASCADE, '{"a":1}{"b":2}']

type Rows = readonly Readonly<Record<string, unknown>>[]

/** What the records come to, table by table. */
async function rowsOn(bench: TransformBench): Promise<Readonly<Record<string, Rows>>> {
  const { spark } = bench
  const path = await bench.write(
    RECORDS.map((record) => (typeof record === 'string' ? record : JSON.stringify(record))).join('\n'),
  )
  const silver = `${path}-silver`
  const { records } = await readObservations({ spark, inputs: [path], silver, term: 'lamps', options: {} })
  const observations = records.filter((c) => c.reject_reason.isNull())
  const { written } = await scoreAuthors({
    spark,
    observations,
    evidence: { namesParents: true, hasLikes: true },
    window: WINDOW,
    kernel: 'calibrated',
    write: async ({ authors, cascades, contributions }) => ({
      authors: await authors.collect(),
      cascades: await cascades.transform(toCascadeScores(observations)).collect(),
      edges: await contributions
        .transform(aggregateByAmplifier())
        .transform(filterStrongestEdges())
        .collect(),
    }),
    options: {},
  })
  const read = await records.drop('source_object').collect()
  return {
    read: read.map((row) => ({ ...row, links: row.links?.join(' ') })),
    ...written,
    ...(await spoken(bench, observations)),
  }
}

async function spoken({ spark }: TransformBench, observations: DataFrame<typeof Observation>) {
  const speech = observations.transform(toSpeech(WINDOW))
  const terms = observations.transform(toTermFacts())
  const topics = speech
    .transform(aggregateByText())
    .transform(withTopics({ observations, terms }))
    .transform(explodeTopics(spark.createDataFrame([{ lang: 'en', topic: 'text' }], StopWord)))
    .transform(aggregateByTopic({ limit: 9 }))
  const authors = speech.transform(aggregateBySpreadAuthor({ limit: 9 }))
  const moods = speech.transform(toSentimentScores({ observations, authors }))
  return { topics: await topics.collect(), moods: await moods.collect() }
}

let interpreted: Readonly<Record<string, Rows>>
let compiled: Readonly<Record<string, Rows>>
beforeAll(async () => {
  await using few = await transformBench()
  interpreted = await rowsOn(few)
  await using many = await transformBench({ isCompiled: true })
  compiled = await rowsOn(many)
})

describe('a slot on a session for many records', () => {
  it.each(['read', 'authors', 'cascades', 'edges', 'topics', 'moods'])(
    'has the %s of one for few, whose expressions are not compiled',
    (table) => {
      expect(interpreted[table]).not.toEqual([])
      expect(rowDifferences(compiled[table] ?? [], interpreted[table] ?? [])).toEqual([])
    },
  )
})
