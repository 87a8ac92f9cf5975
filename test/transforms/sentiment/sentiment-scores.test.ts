import { beforeAll, describe, expect, it } from '@jest/globals'
import type { Row } from 'spark-connect-js'

import { Observation } from '../../../src/schema/observation.ts'
import type { SentimentScore } from '../../../src/schema/sentiment.ts'
import { aggregateBySpreadAuthor } from '../../../src/transforms/sentiment/aggregate-by-spread-author.ts'
import { toSentimentScores } from '../../../src/transforms/sentiment/to-sentiment-scores.ts'
import { toSpeech } from '../../../src/transforms/speech/to-speech.ts'
import { transformBench } from '../cascade-frames.ts'
import { BEFORE, said, SPEECH_WINDOW, type SightingJson } from '../speech-frames.ts'

const RECORDS: readonly SightingJson[] = [
  ...[0.05, 0.049, -0.049, -0.05, null].map((sentiment) => said('moods', { sentiment, root_text: null })),
  said('moods', { kind: 'reply', sentiment: 1 }),
  said('moods', { kind: 'quote', root_author_id: 'quoted', sentiment: -1 }),
  said('moods', { sentiment: -1, tweeted_at: BEFORE }),
  said('moods', { root_author_id: 'unknown', sentiment: null }),
  said('moods', { root_author_id: 'unknown', sentiment: null }),
]

let scores: ReadonlyMap<string | null, Row<typeof SentimentScore>>

beforeAll(async () => {
  await using bench = await transformBench()
  const records = await bench.frameOf(Observation, RECORDS)
  const speech = records.transform(toSpeech(SPEECH_WINDOW))
  const authors = speech.transform(aggregateBySpreadAuthor({ limit: 10 }))
  const rows = await speech.transform(toSentimentScores({ observations: records, authors })).collect()
  scores = new Map(rows.map((row) => [row.author_id, row]))
})

describe('a mood', () => {
  it('is positive from 0.05 and negative from -0.05 on', () => {
    const mood = { positive: 1n, neutral: 2n, negative: 1n, unknown: 1n }
    expect(scores.get('moods-author')).toEqual({
      term: 'moods',
      author_id: 'moods-author',
      volume: 5n,
      ...mood,
      mean: expect.closeTo(0, 9),
    })
  })

  it('is there for authors who are quoted', () => {
    expect(scores.get('quoted')).toMatchObject({ volume: 1n, negative: 1n, mean: -1 })
  })

  it('of a whole term has replies too, and what is unknown', () => {
    expect(scores.get('')).toMatchObject({ volume: 9n, positive: 2n, neutral: 2n, negative: 2n, unknown: 3n })
  })

  it('is left out of authors of whom none is known', () => {
    expect(scores.has('unknown')).toBe(false)
  })
})
