import type { AnalysisCase, Answer, Question } from '../plan/analysis.ts'
import type { PlanNode } from '../plan/command.ts'
import type { CommandAnswer } from '../plan/streaming.ts'
import type { RelationNode } from '../plan/relation.ts'
import type { Schema } from '../types/data-type.ts'

/** How far the server has come with an operation: sums over its Spark stages so far. */
export interface Progress {
  readonly tasks: number
  readonly tasksDone: number
  readonly tasksRunning: number
  readonly inputBytes: number
}

export interface ActionOptions {
  /** Aborting it interrupts the operation on the server. */
  readonly signal?: AbortSignal | undefined
  /** Called as the server reports, every few seconds on long operations. */
  readonly onProgress?: ((progress: Progress) => void) | undefined
}

export interface ResultBatch {
  /** Decoded as they are taken; can be taken once, and then `data` is gone. */
  readonly rows: Iterable<Record<string, unknown>>
  readonly rowCount: number
  /** The same rows as one Arrow IPC stream, for those who want columns. */
  readonly data: Uint8Array
}

export type ExplainMode = 'simple' | 'extended' | 'codegen' | 'cost' | 'formatted'

/** What a frame needs of its session: plans go in, batches come out. */
export interface Executor {
  /** Result batches in order; observed metrics reach those who asked for them by name. */
  execute(plan: PlanNode, options: ActionOptions): AsyncIterable<ResultBatch>
  /** Runs a plan that checkpoints a frame, and gives the id under which the server keeps the rows. */
  checkpoint(plan: PlanNode, options: ActionOptions): Promise<string>
  /** What the server says of a plan without running it. */
  analyze<C extends AnalysisCase>(question: Question<C>, options: ActionOptions): Promise<Answer<C>>
  /** What the server answers to a command as it does, beside rows. */
  command(plan: PlanNode, options: ActionOptions): AsyncIterable<CommandAnswer>
  schema(relation: RelationNode, options: ActionOptions): Promise<Schema>
  /** @throws SparkConnectError with everything in which a frame differs from what was declared. */
  checkSchema(relation: RelationNode, declared: Schema, options: ActionOptions): Promise<void>
  explain(relation: RelationNode, mode: ExplainMode, options: ActionOptions): Promise<string>
  /** The values of the metrics that were observed under a name, by key. */
  observed(name: string): Readonly<Record<string, unknown>> | undefined
}
