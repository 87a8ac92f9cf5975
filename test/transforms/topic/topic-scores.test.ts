import { beforeAll, describe, expect, it } from '@jest/globals'
import type { Row } from 'spark-connect-js'

import { Observation } from '../../../src/schema/observation.ts'
import { StopWord, type TopicScore } from '../../../src/schema/topic.ts'
import { toSpeech } from '../../../src/transforms/speech/to-speech.ts'
import { aggregateByText } from '../../../src/transforms/topic/aggregate-by-text.ts'
import { aggregateByTopic } from '../../../src/transforms/topic/aggregate-by-topic.ts'
import { explodeTopics } from '../../../src/transforms/topic/explode-topics.ts'
import { toTermFacts } from '../../../src/transforms/topic/to-term-facts.ts'
import { toTopicScores } from '../../../src/transforms/topic/to-topic-scores.ts'
import { withTopics } from '../../../src/transforms/topic/with-topics.ts'
import { transformBench } from '../cascade-frames.ts'
import { BEFORE, LONG_AGO, said, SPEECH_WINDOW, type SightingJson } from '../speech-frames.ts'

const seen = said('repeats', { root_text: 'The lanterns #glow', sentiment: null, author_followers: null })

/** A term a case, as terms share nothing. */
const CASES: readonly SightingJson[] = [
  // One tweet in three sightings, of which each knows a little; and a second one.
  seen,
  { ...seen, observed_at: BEFORE, sentiment: -0.5 },
  { ...seen, author_followers: 90, root_text: null },
  said('repeats', { root_text: 'The lanterns #glow', sentiment: 0.1 }),
  // Once before, twice now; the root is a sighting of its own.
  said('grows', { tweeted_at: LONG_AGO }),
  said('grows', { tweeted_at: BEFORE }),
  said('grows', { tweet_id: 'grows-root', kind: 'original', text: 'lanterns' }),
  said('grows'),
  said('begins', { tweeted_at: BEFORE }),
  said('begins'),
  said('returns', { tweeted_at: LONG_AGO }),
  said('returns'),
  said('fades', { tweeted_at: BEFORE }),
  // The same author three times, an unknown one once.
  ...['x', 'y', 'z'].map((id) => said('busy', { author_id: 'one', root_id: id })),
  said('busy', { author_id: null }),
  said('nobody', { author_id: null, author_followers: null, sentiment: null }),
  said('words', { kind: 'quote', text: 'die lanterns', lang: 'de' }),
  said('words', { kind: 'reply', text: 'die', lang: 'en-GB' }),
  said('silent', { kind: 'like' }),
  said('silent', { kind: 'delete' }),
  said('silent', { tweeted_at: '2026-03-02T00:00:01Z' }),
  said('ranks', { root_id: '1', root_text: '#beta #alpha #gamma first' }),
  said('ranks', { root_id: '2', root_text: '#gamma' }),
]

let scores: ReadonlyMap<string, readonly Row<typeof TopicScore>[]>

beforeAll(async () => {
  await using bench = await transformBench()
  const records = await bench.frameOf(Observation, CASES)
  const speech = records.transform(toSpeech(SPEECH_WINDOW))
  const stopWords = bench.spark.createDataFrame(
    [
      { lang: 'en', topic: 'the' },
      { lang: 'de', topic: 'die' },
    ],
    StopWord,
  )
  const terms = records.transform(toTermFacts())
  const uses = speech
    .transform(aggregateByText())
    .transform(withTopics({ observations: records, terms }))
    .transform(explodeTopics(stopWords))
  // As in the job: leading topics and their authors are read from what was kept.
  await Promise.all([speech.persist(), uses.persist()])
  const rows = await uses
    .transform(aggregateByTopic({ limit: 2 }))
    .transform(toTopicScores({ window: SPEECH_WINDOW, speech, uses, terms }))
    .orderBy((c) => [c.term, c.kind, c.rank_in_kind])
    .collect()
  scores = Map.groupBy(rows, (row) => row.term)
})

const only = (term: string) => {
  const found = scores.get(term) ?? []
  expect(found).toHaveLength(1)
  return found[0]
}

describe('a topic’s score', () => {
  it('counts a tweet once, with whatever any of its sightings knows', () => {
    const expected = { volume: 2n, authors: 2n, sentiment: -0.2, reach: 100n } // of 90 and 10 followers
    expect(scores.get('repeats')).toEqual([
      expect.objectContaining({ ...expected, kind: 'hashtag', topic: 'glow' }),
      expect.objectContaining({ ...expected, kind: 'word', topic: 'lanterns' }),
    ])
  })

  it('compares with the window before', () => {
    expect(only('grows')).toMatchObject({ volume: 2n, previous_volume: 1n, change_percent: 100 })
  })

  it('compares with nothing where the term was not observed all of the window before', () => {
    expect(only('begins')).toMatchObject({ volume: 1n, previous_volume: null, change_percent: null })
  })

  it('knows no change of what was not there', () => {
    expect(only('returns')).toMatchObject({ previous_volume: 0n, change_percent: null })
  })

  it('is there for what is said now alone', () => {
    expect(scores.has('fades')).toBe(false)
  })

  it('counts each author once, and unknown ones not at all', () => {
    expect(only('busy')).toMatchObject({ volume: 4n, authors: 1n, reach: 10n })
    expect(only('nobody')).toMatchObject({ volume: 1n, authors: null, reach: null, sentiment: null })
  })

  it('leaves out the stop words of its text’s language', () => {
    expect(scores.get('words')?.map(({ topic }) => topic)).toEqual(['die', 'lanterns'])
  })

  it('leaves out what says nothing, and what comes after the slot', () => {
    expect(scores.has('silent')).toBe(false)
  })

  it('ranks within its kind, and the first in the alphabet before its equals', () => {
    const ranks = scores.get('ranks')?.map(({ topic, rank_in_kind }) => [topic, rank_in_kind])
    expect(ranks).toEqual([
      ['gamma', 1],
      ['alpha', 2],
      ['first', 1],
    ])
  })
})
