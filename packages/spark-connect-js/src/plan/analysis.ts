import type { MessageInitShape } from '@bufbuild/protobuf'
import type { AnalyzePlanRequestSchema, AnalyzePlanResponse } from '../generated/spark/connect/base_pb.js'
import type { StorageLevel as StorageLevelMessage } from '../generated/spark/connect/common_pb.js'
import { rootPlan } from './command.ts'
import type { RelationNode } from './relation.ts'

type AnyQuestion = NonNullable<MessageInitShape<typeof AnalyzePlanRequestSchema>['analyze']>
export type AnalysisCase = Exclude<AnyQuestion['case'], undefined>

/** What the server is asked about a plan without running it. */
export type Question<C extends AnalysisCase = AnalysisCase> = Extract<AnyQuestion, { case: C }>

/** What it answers. */
export type Answer<C extends AnalysisCase> = Extract<AnalyzePlanResponse['result'], { case: C }>['value']

/** Where the server keeps a frame's rows. */
export interface StorageLevel {
  readonly useDisk: boolean
  readonly useMemory: boolean
  readonly useOffHeap: boolean
  readonly deserialized: boolean
  readonly replication: number
}

export const storageLevelOf = (level: StorageLevelMessage | undefined): StorageLevel => ({
  useDisk: level?.useDisk ?? false,
  useMemory: level?.useMemory ?? false,
  useOffHeap: level?.useOffHeap ?? false,
  deserialized: level?.deserialized ?? false,
  replication: level?.replication ?? 1,
})

type PlanQuestion = 'isLocal' | 'isStreaming' | 'inputFiles' | 'semanticHash'

/** A question that needs no more than the plan. */
export const askOf = <C extends PlanQuestion>(kind: C, relation: RelationNode): Question<C> =>
  ({ case: kind, value: { plan: rootPlan(relation) } }) as unknown as Question<C>

export const treeString = (relation: RelationNode, level: number | undefined): Question<'treeString'> => ({
  case: 'treeString',
  value: { plan: rootPlan(relation), ...(level !== undefined && { level }) },
})

export const sameSemantics = (target: RelationNode, other: RelationNode): Question<'sameSemantics'> => ({
  case: 'sameSemantics',
  value: { targetPlan: rootPlan(target), otherPlan: rootPlan(other) },
})

export const persist = (relation: RelationNode, storageLevel?: StorageLevel): Question<'persist'> => ({
  case: 'persist',
  value: { relation, ...(storageLevel && { storageLevel }) },
})

export const unpersist = (relation: RelationNode, blocking: boolean): Question<'unpersist'> => ({
  case: 'unpersist',
  value: { relation, blocking },
})

export const storageLevel = (relation: RelationNode): Question<'getStorageLevel'> => ({
  case: 'getStorageLevel',
  value: { relation },
})
