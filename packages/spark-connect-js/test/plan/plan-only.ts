import { toJson, type JsonValue } from '@bufbuild/protobuf'
import { DataFrame, schema, t } from 'spark-connect-js'

import type { Executor } from '../../src/frame/executor.ts'
import { CommandSchema } from '../../src/generated/spark/connect/commands_pb.js'
import { RelationSchema } from '../../src/generated/spark/connect/relations_pb.js'
import type { PlanNode } from '../../src/plan/command.ts'
import { readTable, type RelationNode } from '../../src/plan/relation.ts'

export const Tweet = schema({
  id: t.string,
  author_id: t.string,
  retweets: t.long,
  favourites: t.long.nullable,
})

const refuse = () => {
  throw new Error('a plan is compared without a server')
}

/** The executor of frames that are never run. */
export const NO_SERVER: Executor = {
  execute: refuse,
  command: refuse,
  schema: refuse,
  explain: refuse,
  checkSchema: refuse,
  analyze: refuse,
  checkpoint: refuse,
  observed: refuse,
}

/** An executor that keeps the plans it is given, and answers every one with no rows. */
export const recordingExecutor = (): Executor & { readonly plans: PlanNode[] } => {
  const plans: PlanNode[] = []
  return {
    ...NO_SERVER,
    plans,
    // oxlint-disable-next-line require-yield -- a plan that is only looked at gives no rows
    execute: async function* (plan) {
      plans.push(plan)
      yield* []
    },
  }
}

/** The table `tweet`, and what its plan is in JSON. */
export const tweets = (executor: Executor = NO_SERVER): DataFrame<typeof Tweet> =>
  new DataFrame(readTable('tweet'), executor)

export const TWEETS = { read: { namedTable: { unparsedIdentifier: 'tweet' } } }

/** A plan as protobuf's JSON, to compare with. */
export const jsonOf = (relation: RelationNode): JsonValue => toJson(RelationSchema, relation)

/** The command of a plan as protobuf's JSON. */
export const commandJson = (plan: PlanNode | undefined): JsonValue | undefined =>
  plan?.opType.case === 'command' ? toJson(CommandSchema, plan.opType.value) : undefined

export const attribute = (unparsedIdentifier: string) => ({ unresolvedAttribute: { unparsedIdentifier } })

export const integer = (value: number) => ({ literal: { integer: value } })

export const call = (functionName: string, ...args: readonly object[]) => ({
  unresolvedFunction: { functionName, ...(args.length > 0 && { arguments: args }) },
})

export const alias = (expr: object, name: string) => ({ alias: { expr, name: [name] } })
