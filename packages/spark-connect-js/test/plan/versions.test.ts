import { describe, expect, it } from '@jest/globals'
import { create, toJson } from '@bufbuild/protobuf'
import { lit, array } from 'spark-connect-js/functions'
import { t, type AnyType, type Column } from 'spark-connect-js'

import { PlanSchema } from '../../src/generated/spark/connect/base_pb.js'
import { RelationSchema } from '../../src/generated/spark/connect/relations_pb.js'
import { commandPlan, rootPlan } from '../../src/plan/command.ts'
import { filter, project, range, sqlQuery, type RelationNode } from '../../src/plan/relation.ts'
import { withPlainCasts } from '../../src/plan/plain-casts.ts'
import { listenerBusCommand } from '../../src/plan/streaming.ts'
import { firstNeed, has } from '../../src/plan/versions.ts'

const needOf = (plan: ReturnType<typeof rootPlan>, version: string) => firstNeed(plan, PlanSchema, version)

const numbers = range({ start: 0n, end: 9n, step: 1n })
const transposed: RelationNode = create(RelationSchema, {
  relType: { case: 'transpose', value: { input: numbers } },
})

describe('a plan that only knows what Spark 3.5 knows', () => {
  it('needs nothing of a server', () => {
    const plan = project(filter(numbers, lit(true).expression), [lit(1).cast(t.string).expression])
    expect(needOf(rootPlan(plan), '3.5.7')).toBeUndefined()
    expect(needOf(rootPlan(sqlQuery('select :x', { x: lit(1).expression })), '3.5.7')).toBeUndefined()
  })
})

describe('a plan that knows more', () => {
  it.each([
    ['a relation', transposed, 'Relation.transpose', '4.0'],
    [
      'a relation below others',
      filter(filter(transposed, lit(true).expression), lit(true).expression),
      'Relation.transpose',
      '4.0',
    ],
    [
      'an expression',
      project(numbers, [lit('1').tryCast(t.long).expression]),
      'Expression.Cast.eval_mode',
      '4.0',
    ],
    ['an expression in a list', sqlQuery('?', [array(lit(1)).expression]), 'SQL.pos_arguments', '4.0'],
    ['an expression in a map', sqlQuery(':x', { x: array(lit(1)).expression }), 'SQL.named_arguments', '4.0'],
  ])('needs a later server for %s', (_, relation, what, since) => {
    expect(needOf(rootPlan(relation), '3.5.7')).toEqual({ what, since })
    expect(needOf(rootPlan(relation), '4.0.1')).toBeUndefined()
  })

  it('needs the release in which a relation came', () => {
    const chunked = create(RelationSchema, {
      relType: { case: 'chunkedCachedLocalRelation', value: { dataHashes: ['a'] } },
    })
    expect(needOf(rootPlan(chunked), '4.0.1')).toEqual({
      what: 'Relation.chunked_cached_local_relation',
      since: '4.1',
    })
    expect(needOf(rootPlan(chunked), '4.1.0')).toBeUndefined()
  })

  it('needs a later server for a command', () => {
    const what = 'Command.streaming_query_listener_bus_command'
    expect(needOf(commandPlan(listenerBusCommand(true)), '3.5.7')).toEqual({ what, since: '4.0' })
  })
})

describe('a plan for Spark 3.5', () => {
  const tried = (...columns: readonly Column<AnyType>[]) =>
    rootPlan(
      project(
        numbers,
        columns.map(({ expression }) => expression),
      ),
    )

  it('casts as it is asked for, where null comes of what does not convert', () => {
    const plan = tried(lit('x').tryCast(t.double), array(lit('x').tryCast(t.timestamp)))
    const plain = tried(lit('x').cast(t.double), array(lit('x').cast(t.timestamp)))
    expect(withPlainCasts(plan)).toEqual(plain)
    expect(needOf(withPlainCasts(plan), '3.5.7')).toBeUndefined()
  })

  it('takes whole numbers from text without a point alone', () => {
    const plan = withPlainCasts(tried(lit('1.5').tryCast(t.long)))
    expect(needOf(plan, '3.5.7')).toBeUndefined()
    expect(JSON.stringify(toJson(PlanSchema, plan))).toContain('"contains"')
  })

  it('is the same where nothing is tried', () => {
    const plan = tried(lit('x').cast(t.long))
    expect(withPlainCasts(plan)).toBe(plan)
  })
})

describe('a version', () => {
  it.each([
    ['3.5.7', '3.5', true],
    ['3.5.7-amzn-0', '4.0', false],
    ['4.0.1', '4.1', false],
    ['4.2.0-preview4', '4.1', true],
    ['10.0.0', '4.1', true],
    ['', '3.5', false],
  ] as const)('%s has what came with %s: %s', (version, release, expected) => {
    expect(has(version, release)).toBe(expected)
  })
})
