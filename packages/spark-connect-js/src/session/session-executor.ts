import { create } from '@bufbuild/protobuf'
import * as zlib from 'node:zlib'
import { registerCodecs } from '../arrow/codecs.ts'
import { decodeRows } from '../arrow/decode.ts'
import { aligned } from '../arrow/stream-bytes.ts'
import type { ActionOptions, Executor, ExplainMode, ResultBatch } from '../frame/executor.ts'
import {
  AnalyzePlanRequest_Explain_ExplainMode as Mode,
  type ExecutePlanResponse,
  type ExecutePlanResponse_ObservedMetrics,
} from '../generated/spark/connect/base_pb.js'
import { DataTypeSchema } from '../generated/spark/connect/types_pb.js'
import { rootPlan, type PlanNode } from '../plan/command.ts'
import type { AnalysisCase, Answer, Question } from '../plan/analysis.ts'
import type { CommandAnswer } from '../plan/streaming.ts'
import type { RelationNode } from '../plan/relation.ts'
import type { Schema } from '../types/data-type.ts'
import { discrepancies } from '../types/discrepancy.ts'
import { fromProtoSchema } from '../types/proto.ts'
import type { ExecuteOptions, SparkConnectClient } from '../wire/client.ts'
import { SparkConnectError } from '../wire/error.ts'
import { ArrowBatches, type ArrowData } from './arrow-batches.ts'
import { literalValue } from './literal-value.ts'
import { ProgressHandlers } from './progress.ts'
import { OperationTags } from './tags.ts'

const EXPLAIN_MODES: Readonly<Record<ExplainMode, Mode>> = {
  simple: Mode.SIMPLE,
  extended: Mode.EXTENDED,
  codegen: Mode.CODEGEN,
  cost: Mode.COST,
  formatted: Mode.FORMATTED,
}

// Node has Zstandard since 22.15; without it, such a column is an error of the decoder.
registerCodecs((bytes) => zlib.zstdDecompressSync(bytes))

/** Runs a session's plans: turns the server's responses into batches, progress and metrics. */
export class SessionExecutor implements Executor {
  readonly tags = new OperationTags()
  readonly progressHandlers = new ProgressHandlers()
  readonly #client: SparkConnectClient
  readonly #observed = new Map<string, Readonly<Record<string, unknown>>>()

  #streamStarted: ((json: string) => void) | undefined

  constructor(client: SparkConnectClient) {
    this.#client = client
  }

  async *execute(plan: PlanNode, { signal, onProgress }: ActionOptions): AsyncGenerator<ResultBatch> {
    const operation = this.#operation(signal)
    const progress = this.progressHandlers.follow(operation.operationId)
    const batches = new ArrowBatches()
    let columns: Schema | undefined
    try {
      for await (const response of this.#client.execute(plan, operation)) {
        if (response.schema) columns = fromProtoSchema(response.schema)
        this.#keepMetrics(response)
        const { case: kind, value } = response.responseType
        if (kind === 'executionProgress') {
          const totals = progress.report(value)
          onProgress?.(totals)
        }
        const batch = kind === 'arrowBatch' ? batches.add(value) : undefined
        if (batch) yield resultBatch(batch, columns)
      }
      batches.end()
    } finally {
      progress.end()
    }
  }

  async *command(plan: PlanNode, { signal }: ActionOptions): AsyncGenerator<CommandAnswer> {
    for await (const { responseType } of this.#client.execute(plan, this.#operation(signal))) {
      if (responseType.case === 'writeStreamOperationStartResult') {
        const json = responseType.value.queryStartedEventJson
        if (json !== undefined) this.#streamStarted?.(json)
      }
      yield responseType
    }
  }

  /** Tells of every streaming query that this session starts, by the event's JSON. */
  onStreamStarted(tell: (json: string) => void): void {
    this.#streamStarted = tell
  }

  async schema(relation: RelationNode, options: ActionOptions): Promise<Schema> {
    const value = { plan: rootPlan(relation) }
    const { schema } = await this.analyze({ case: 'schema', value }, options)
    return fromProtoSchema(schema ?? create(DataTypeSchema))
  }

  async explain(relation: RelationNode, mode: ExplainMode, options: ActionOptions): Promise<string> {
    const value = { plan: rootPlan(relation), explainMode: EXPLAIN_MODES[mode] }
    const { explainString } = await this.analyze({ case: 'explain', value }, options)
    return explainString
  }

  async analyze<C extends AnalysisCase>(
    question: Question<C>,
    { signal }: ActionOptions,
  ): Promise<Answer<C>> {
    const { result } = await this.#client.analyze(question, signal)
    if (result.case !== (question as Question).case) {
      throw new SparkConnectError(`the server answered ${result.case} to ${(question as Question).case}`, {
        code: 'INTERNAL',
      })
    }
    return result.value as Answer<C>
  }

  async checkpoint(plan: PlanNode, options: ActionOptions): Promise<string> {
    let id: string | undefined
    for await (const answer of this.command(plan, options)) {
      if (answer.case === 'checkpointCommandResult') id = answer.value.relation?.relationId
    }
    if (id !== undefined) return id
    throw new SparkConnectError('the server made no checkpoint: it knows them since Spark 4.0', {
      code: 'UNIMPLEMENTED',
    })
  }

  async checkSchema(relation: RelationNode, declared: Schema, options: ActionOptions): Promise<void> {
    const found = discrepancies(declared, await this.schema(relation, options))
    if (found.length === 0) return
    throw new SparkConnectError(`the frame is not as declared: ${found.join('; ')}`, {
      code: 'FAILED_PRECONDITION',
    })
  }

  observed(name: string): Readonly<Record<string, unknown>> | undefined {
    return this.#observed.get(name)
  }

  #operation(signal: AbortSignal | undefined): ExecuteOptions {
    return { operationId: crypto.randomUUID(), tags: [...this.tags.all], signal }
  }

  #keepMetrics({ observedMetrics }: ExecutePlanResponse): void {
    for (const metrics of observedMetrics) {
      if (metrics.keys.length > 0) this.#observed.set(metrics.name, metricValues(metrics))
    }
  }
}

const resultBatch = ({ data, rowCount }: ArrowData, columns: Schema | undefined): ResultBatch => {
  if (!columns) {
    throw new SparkConnectError('the server sent rows before their schema', { code: 'INTERNAL' })
  }
  return {
    rows: decodeRows(data, columns, rowCount),
    rowCount,
    get data() {
      return aligned(data)
    },
  }
}

const metricValues = ({ keys, values }: ExecutePlanResponse_ObservedMetrics) =>
  Object.fromEntries(keys.map((key, index) => [key, literalValue(values[index])]))
