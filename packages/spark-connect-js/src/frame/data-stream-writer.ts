import { commandPlan } from '../plan/command.ts'
import type { RelationNode } from '../plan/relation.ts'
import { startStream, type StreamTrigger, type StreamWriteParts } from '../plan/streaming.ts'
import type { ActionOptions, Executor } from './executor.ts'
import { optionTexts, type Options, type OptionValue } from './source-options.ts'
import { StreamingQuery } from './streaming-query.ts'

/** Which rows a trigger writes: the new ones, all of them, or those that changed. */
export type OutputMode = 'append' | 'complete' | 'update'

const DEFAULTS: Omit<StreamWriteParts, 'input'> = {
  format: '',
  options: {},
  partitioningColumnNames: [],
  clusteringColumnNames: [],
  outputMode: '',
  queryName: '',
}

/** Writes a frame whose rows keep coming. Immutable: each setting gives a new writer; `start` and `toTable` run it. */
export class DataStreamWriter {
  readonly #executor: Executor
  readonly #parts: StreamWriteParts

  constructor(input: RelationNode, executor: Executor, parts: Omit<StreamWriteParts, 'input'> = DEFAULTS) {
    this.#executor = executor
    this.#parts = { ...parts, input }
  }

  /**
   * Where rows go: `memory`, `console`, `kafka`, `noop`, or a format of files.
   * @example await spark.readStream.format('rate').load().writeStream.format('noop').start().then((query) => query.stop()) // => undefined
   */
  format(format: string): DataStreamWriter {
    return this.#with({ format })
  }

  /**
   * One setting of the sink; `checkpointLocation` is where a query finds what it has done when it starts again.
   * @example await spark.readStream.format('rate').load().writeStream.format('noop').option('checkpointLocation', `${folder}/checkpoint`).start().then((query) => query.stop()) // => undefined
   */
  option(key: string, value: OptionValue): DataStreamWriter {
    return this.options({ [key]: value })
  }

  /**
   * Settings of the sink.
   * @example await spark.readStream.format('rate').load().writeStream.format('noop').options({ checkpointLocation: `${folder}/checkpoints` }).start().then((query) => query.stop()) // => undefined
   */
  options(options: Options): DataStreamWriter {
    return this.#with({ options: { ...this.#parts.options, ...optionTexts(options) } })
  }

  /**
   * Which rows a trigger writes; `append` unless said.
   * @example await spark.readStream.format('rate').load().writeStream.format('noop').outputMode('update').start().then((query) => query.stop()) // => undefined
   */
  outputMode(outputMode: OutputMode): DataStreamWriter {
    return this.#with({ outputMode })
  }

  /**
   * Files go to folders by the values of these columns.
   * @example await spark.readStream.format('rate').load().writeStream.format('parquet').partitionBy('timestamp').option('checkpointLocation', `${folder}/parts-done`).trigger({ availableNow: true }).start(`${folder}/parts`).then((query) => query.awaitTermination()) // => true
   */
  partitionBy(...partitioningColumnNames: readonly string[]): DataStreamWriter {
    return this.#with({ partitioningColumnNames })
  }

  /**
   * Rows are kept together by the values of these columns. Needs Spark 4.0.
   * @example spark.readStream.format('rate').load().writeStream.clusterBy('value') // a writer
   */
  clusterBy(...clusteringColumnNames: readonly string[]): DataStreamWriter {
    return this.#with({ clusteringColumnNames })
  }

  /**
   * Names the query, uniquely in its session; the table of a memory sink is called so.
   * @example await spark.readStream.format('rate').load().writeStream.format('memory').queryName('ticks').start().then((query) => query.stop().then(() => query.name)) // => 'ticks'
   */
  queryName(queryName: string): DataStreamWriter {
    return this.#with({ queryName })
  }

  /**
   * When the query looks for new rows; as often as it can unless said.
   * @example await spark.readStream.format('rate').load().writeStream.format('noop').trigger({ processingTime: '10 seconds' }).start().then((query) => query.stop()) // => undefined
   */
  trigger(trigger: StreamTrigger): DataStreamWriter {
    return this.#with({ trigger })
  }

  /**
   * Starts the query; into a path if the sink has one.
   * @throws SparkConnectError for what can be known before the first row, such as an output mode that does not fit.
   * @example await spark.readStream.format('rate').load().writeStream.format('noop').trigger({ availableNow: true }).start().then((query) => query.awaitTermination()) // => true
   */
  start(path?: string, options: ActionOptions = {}): Promise<StreamingQuery> {
    return this.#run(path === undefined ? undefined : { path }, options)
  }

  /**
   * Starts the query; into a table, which is made if there is none.
   * @throws SparkConnectError for what can be known before the first row.
   * @example await spark.readStream.format('rate').load().writeStream.option('checkpointLocation', `${folder}/table-done`).trigger({ availableNow: true }).toTable('ticked').then((query) => query.awaitTermination()) // => true
   */
  toTable(table: string, options: ActionOptions = {}): Promise<StreamingQuery> {
    return this.#run({ table }, options)
  }

  #with(settings: Partial<StreamWriteParts>): DataStreamWriter {
    return new DataStreamWriter(this.#parts.input, this.#executor, { ...this.#parts, ...settings })
  }

  async #run(target: StreamWriteParts['target'], options: ActionOptions): Promise<StreamingQuery> {
    const plan = commandPlan(startStream({ ...this.#parts, target }))
    let query: StreamingQuery | undefined
    for await (const answer of this.#executor.command(plan, options)) {
      if (answer.case !== 'writeStreamOperationStartResult' || !answer.value.queryId) continue
      query = new StreamingQuery(answer.value.queryId, answer.value.name || null, this.#executor)
    }
    if (!query) throw new TypeError('the server started the query without telling its id')
    return query
  }
}
