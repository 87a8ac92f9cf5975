import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { DataFrame, Schema } from 'spark-connect-js'

import {
  Amplification,
  AuthorReach,
  AuthorScore,
  ProfiledAuthorScore,
} from '../../src/schema/author-score.ts'
import {
  CascadeReach,
  CascadeScore,
  CascadeSighting,
  Participant,
  Contribution,
  SpreadParticipant,
  WeightedParticipant,
} from '../../src/schema/cascade.ts'
import {
  Community,
  CommunityEdge,
  InfluenceEdge,
  Label,
  NetworkUser,
  NumberedEdge,
  Tie,
} from '../../src/schema/influence-edge.ts'
import { Observation, ParsedRecord } from '../../src/schema/observation.ts'
import { ParsedLine, RawRecord } from '../../src/schema/raw-record.ts'
import { Rejected } from '../../src/schema/rejected.ts'
import { GeographyScore, PlacedName, PlaceName } from '../../src/schema/geography.ts'
import { SentimentScore } from '../../src/schema/sentiment.ts'
import { Speech } from '../../src/schema/speech.ts'
import { LeadingTopic, StopWord, TopicScore, TopicUse } from '../../src/schema/topic.ts'
import { aggregateAmplification } from '../../src/transforms/author/aggregate-amplification.ts'
import { aggregateByAuthor } from '../../src/transforms/author/aggregate-by-author.ts'
import { withInfluence } from '../../src/transforms/author/with-influence.ts'
import { withProfile } from '../../src/transforms/author/with-profile.ts'
import { withRank } from '../../src/transforms/author/with-rank.ts'
import { aggregateByCascade } from '../../src/transforms/cascade/aggregate-by-cascade.ts'
import { aggregateByParticipant } from '../../src/transforms/cascade/aggregate-by-participant.ts'
import { KERNELS } from '../../src/transforms/cascade/kernel.ts'
import { toCascadeScores } from '../../src/transforms/cascade/to-cascade-scores.ts'
import { toContributions } from '../../src/transforms/cascade/to-contributions.ts'
import { withCascadeOrder } from '../../src/transforms/cascade/with-cascade-order.ts'
import { withExpectedDepth } from '../../src/transforms/cascade/with-expected-depth.ts'
import { withKernelWeight } from '../../src/transforms/cascade/with-kernel-weight.ts'
import { aggregateByAmplifier } from '../../src/transforms/network/aggregate-by-amplifier.ts'
import { filterStrongestEdges } from '../../src/transforms/network/filter-strongest-edges.ts'
import { propagateLabels } from '../../src/transforms/network/propagate-labels.ts'
import { toCommunities } from '../../src/transforms/network/to-communities.ts'
import { toTies } from '../../src/transforms/network/to-ties.ts'
import { toUsers } from '../../src/transforms/network/to-users.ts'
import { withCommunities } from '../../src/transforms/network/with-communities.ts'
import { withNumbers } from '../../src/transforms/network/with-numbers.ts'
import { toObservations } from '../../src/transforms/observation/to-observations.ts'
import { explodeRecords } from '../../src/transforms/record/explode-records.ts'
import { parseLines } from '../../src/transforms/record/parse-lines.ts'
import { toRejected } from '../../src/transforms/record/to-rejected.ts'
import { aggregateByCountry } from '../../src/transforms/geography/aggregate-by-country.ts'
import { aggregateByPlace } from '../../src/transforms/geography/aggregate-by-place.ts'
import { aggregateBySpreadAuthor } from '../../src/transforms/sentiment/aggregate-by-spread-author.ts'
import { toSentimentScores } from '../../src/transforms/sentiment/to-sentiment-scores.ts'
import { toSpeech } from '../../src/transforms/speech/to-speech.ts'
import { aggregateByText } from '../../src/transforms/topic/aggregate-by-text.ts'
import { aggregateByTopic } from '../../src/transforms/topic/aggregate-by-topic.ts'
import { explodeTopics } from '../../src/transforms/topic/explode-topics.ts'
import { toTermFacts } from '../../src/transforms/topic/to-term-facts.ts'
import { toTopicScores } from '../../src/transforms/topic/to-topic-scores.ts'
import { withTopics } from '../../src/transforms/topic/with-topics.ts'
import type { TransformBench } from '../transforms/cascade-frames.ts'
import { transformBench } from '../transforms/cascade-frames.ts'
import { schemaDifferences } from '../transforms/frame-equality.ts'

let bench: TransformBench
beforeAll(async () => {
  bench = await transformBench()
})
afterAll(() => bench[Symbol.asyncDispose]())

/** Nothing is computed: Spark resolves the columns of the plan. */
const differences = async <S extends Schema>(frame: DataFrame<S>, declared: S) =>
  schemaDifferences(await frame.schema(), declared)

describe('a transform gives the columns that its type declares', () => {
  const window = { slotEnd: new Date('2026-01-01T00:00:00Z'), windowHours: 24 }
  const observations = () => bench.frameOf(Observation, [])

  it('on the way from lines to observations', async () => {
    const lines = bench.spark.read.text(await bench.write('')).transform(parseLines())
    expect(await differences(lines, ParsedLine)).toEqual([])
    const records = lines.transform(explodeRecords())
    expect(await differences(records, RawRecord)).toEqual([])
    const parsed = records.transform(toObservations())
    expect(await differences(parsed, ParsedRecord)).toEqual([])
    expect(await differences(parsed.transform(toRejected()), Rejected)).toEqual([])
  })

  it.each(['calibrated', 'debatenight'] as const)('on the way to cascades, by %s', async (kernel) => {
    const sightings = (await observations()).transform(withCascadeOrder())
    expect(await differences(sightings, CascadeSighting)).toEqual([])
    const participants = sightings.transform(aggregateByParticipant(window))
    expect(await differences(participants, Participant)).toEqual([])
    const weighted = participants.transform(withKernelWeight(KERNELS[kernel]))
    expect(await differences(weighted, WeightedParticipant)).toEqual([])
    const spread = weighted.transform(withExpectedDepth(window, KERNELS[kernel]))
    expect(await differences(spread, SpreadParticipant)).toEqual([])
    const contributions = spread.transform(toContributions())
    expect(await differences(contributions, Contribution)).toEqual([])
    const cascades = contributions.transform(aggregateByCascade())
    expect(await differences(cascades, CascadeReach)).toEqual([])
    const scores = cascades.transform(toCascadeScores(await observations()))
    expect(await differences(scores, CascadeScore)).toEqual([])
  })

  it('on the way to authors', async () => {
    const cascades = await bench.frameOf(CascadeReach, [])
    const contributions = await bench.frameOf(Contribution, [])
    const reach = cascades.transform(aggregateByAuthor())
    expect(await differences(reach, AuthorReach)).toEqual([])
    const amplification = contributions.transform(aggregateAmplification())
    expect(await differences(amplification, Amplification)).toEqual([])
    const scores = reach
      .join(amplification, { on: ['term', 'author_id'], how: 'left' })
      .transform(withInfluence())
      .transform(withRank())
    expect(await differences(scores, AuthorScore)).toEqual([])
    const profiled = scores.transform(withProfile(await observations()))
    expect(await differences(profiled, ProfiledAuthorScore)).toEqual([])
  })

  it('on the way to topics, countries and moods', async () => {
    const seen = await observations()
    const speech = seen.transform(toSpeech(window))
    expect(await differences(speech, Speech)).toEqual([])
    const terms = seen.transform(toTermFacts())
    const uses = speech
      .transform(aggregateByText())
      .transform(withTopics({ observations: seen, terms }))
      .transform(explodeTopics(await bench.frameOf(StopWord, [])))
    expect(await differences(uses, TopicUse)).toEqual([])
    const leading = uses.transform(aggregateByTopic({ limit: 1 }))
    expect(await differences(leading, LeadingTopic)).toEqual([])
    const topics = leading.transform(toTopicScores({ window, speech, uses, terms }))
    expect(await differences(topics, TopicScore)).toEqual([])
    const places = seen.transform(aggregateByPlace({ window, limit: 1 }))
    expect(await differences(places, PlaceName)).toEqual([])
    const countries = speech.transform(aggregateByCountry(await bench.frameOf(PlacedName, [])))
    expect(await differences(countries, GeographyScore)).toEqual([])
    const authors = speech.transform(aggregateBySpreadAuthor({ limit: 1 }))
    const moods = speech.transform(toSentimentScores({ observations: seen, authors }))
    expect(await differences(moods, SentimentScore)).toEqual([])
  })

  it('on the way to communities', async () => {
    const contributions = await bench.frameOf(Contribution, [])
    const edges = contributions.transform(aggregateByAmplifier()).transform(filterStrongestEdges())
    expect(await differences(edges, InfluenceEdge)).toEqual([])
    const users = edges.transform(toUsers())
    expect(await differences(users, NetworkUser)).toEqual([])
    const numbered = edges.transform(withNumbers(users))
    expect(await differences(numbered, NumberedEdge)).toEqual([])
    const ties = numbered.transform(toTies())
    expect(await differences(ties, Tie)).toEqual([])
    const labels = (await bench.frameOf(Label, [])).transform(propagateLabels(ties))
    expect(await differences(labels, Label)).toEqual([])
    const communities = labels.transform(toCommunities(users))
    expect(await differences(communities, Community)).toEqual([])
    expect(await differences(numbered.transform(withCommunities(communities)), CommunityEdge)).toEqual([])
  })
})
