import type { MessageInitShape } from '@bufbuild/protobuf'
import type { ExecutePlanResponse } from '../generated/spark/connect/base_pb.js'
import type {
  StreamingQueryCommandSchema,
  StreamingQueryManagerCommandSchema,
} from '../generated/spark/connect/commands_pb.js'
import type { ReadSchema } from '../generated/spark/connect/relations_pb.js'
import { commandNode, type CommandNode } from './command.ts'
import { relationNode, type DataSource, type RelationNode } from './relation.ts'

/** What the server answers to a command, beside rows. */
export type CommandAnswer = ExecutePlanResponse['responseType']

const streamed = (readType: NonNullable<MessageInitShape<typeof ReadSchema>['readType']>): RelationNode =>
  relationNode({ case: 'read', value: { isStreaming: true, readType } })

/** Rows that a source will have, without an end. */
export const streamDataSource = ({ paths, ...source }: Omit<DataSource, 'predicates'>): RelationNode =>
  streamed({ case: 'dataSource', value: { ...source, paths: [...paths] } })

export const streamTable = (
  unparsedIdentifier: string,
  options: Readonly<Record<string, string>>,
): RelationNode => streamed({ case: 'namedTable', value: { unparsedIdentifier, options: { ...options } } })

/** When a query looks for new rows: as often as it can unless said. */
export type StreamTrigger =
  /** Every so often, such as `10 seconds`. */
  | { readonly processingTime: string }
  /** All that is there now, in as many batches as it needs; then it ends. */
  | { readonly availableNow: true }
  /** The same in one batch. */
  | { readonly once: true }
  /** Row by row, with a checkpoint every so often, such as `1 second`. */
  | { readonly continuous: string }

export interface StreamWriteParts {
  readonly input: RelationNode
  readonly format: string
  readonly options: Readonly<Record<string, string>>
  readonly partitioningColumnNames: readonly string[]
  /** Since Spark 4.0. */
  readonly clusteringColumnNames: readonly string[]
  readonly outputMode: string
  readonly queryName: string
  readonly trigger?: StreamTrigger | undefined
  readonly target?: { readonly path: string } | { readonly table: string } | undefined
}

export const startStream = ({ trigger, target, ...parts }: StreamWriteParts): CommandNode =>
  commandNode({
    case: 'writeStreamOperationStart',
    value: {
      ...parts,
      options: { ...parts.options },
      partitioningColumnNames: [...parts.partitioningColumnNames],
      clusteringColumnNames: [...parts.clusteringColumnNames],
      ...(trigger && { trigger: triggerOf(trigger) }),
      ...(target && {
        sinkDestination:
          'path' in target
            ? { case: 'path' as const, value: target.path }
            : { case: 'tableName' as const, value: target.table },
      }),
    },
  })

const triggerOf = (trigger: StreamTrigger) => {
  if ('processingTime' in trigger)
    return { case: 'processingTimeInterval' as const, value: trigger.processingTime }
  if ('continuous' in trigger)
    return { case: 'continuousCheckpointInterval' as const, value: trigger.continuous }
  return 'once' in trigger
    ? { case: 'once' as const, value: true }
    : { case: 'availableNow' as const, value: true }
}

/** One run of a query: `id` outlives a restart from its checkpoint, `runId` does not. */
export interface StreamingQueryId {
  readonly id: string
  readonly runId: string
}

export const streamingQueryCommand = (
  queryId: StreamingQueryId,
  question: NonNullable<MessageInitShape<typeof StreamingQueryCommandSchema>['command']>,
): CommandNode => commandNode({ case: 'streamingQueryCommand', value: { queryId, command: question } })

export const streamingManagerCommand = (
  question: NonNullable<MessageInitShape<typeof StreamingQueryManagerCommandSchema>['command']>,
): CommandNode => commandNode({ case: 'streamingQueryManagerCommand', value: { command: question } })

/** Asks for the events of all queries of the session, or no longer. Since Spark 4.0. */
export const listenerBusCommand = (isWanted: boolean): CommandNode =>
  commandNode({
    case: 'streamingQueryListenerBusCommand',
    value: {
      command: isWanted
        ? { case: 'addListenerBusListener', value: true }
        : { case: 'removeListenerBusListener', value: true },
    },
  })
