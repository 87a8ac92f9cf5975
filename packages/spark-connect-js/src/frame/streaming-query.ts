import { commandPlan } from '../plan/command.ts'
import { streamingQueryCommand, type CommandAnswer, type StreamingQueryId } from '../plan/streaming.ts'
import type { ActionOptions, Executor } from './executor.ts'
import { queryProgress, type StreamingQueryProgress } from './streaming-event.ts'

/** What a query is doing. */
export interface StreamingQueryStatus {
  readonly message: string
  readonly isDataAvailable: boolean
  readonly isTriggerActive: boolean
}

/** What a query failed with. */
export interface StreamingQueryException {
  readonly message: string
  readonly errorClass: string | undefined
  readonly stackTrace: string | undefined
}

export interface AwaitOptions extends ActionOptions {
  /** How long to wait; for ever unless said. */
  readonly timeoutMs?: number
}

type Question = Parameters<typeof streamingQueryCommand>[1]
type Answer = Extract<CommandAnswer, { case: 'streamingQueryCommandResult' }>['value']['resultType']
type AnswerTo<C> = Extract<Answer, { case: C }>['value']

/** The server is asked again after this, so that no call is open for ever. */
const LONGEST_WAIT_MS = 10_000

/** A streaming query on the server. It goes on when this object is forgotten, and ends with the session. */
export class StreamingQuery {
  /** Survives a restart from the same checkpoint; of this run alone is `runId`. */
  readonly id: string
  readonly runId: string
  /**
   * What `queryName` called it.
   * @example await spark.readStream.format('rate').load().writeStream.format('noop').start().then((query) => query.stop().then(() => query.name)) // => null
   */
  readonly name: string | null
  readonly #executor: Executor

  constructor({ id, runId }: StreamingQueryId, name: string | null, executor: Executor) {
    this.id = id
    this.runId = runId
    this.name = name
    this.#executor = executor
  }

  /**
   * Whether it still runs.
   * @example await spark.readStream.format('rate').load().writeStream.format('noop').start().then((query) => query.stop().then(() => query.isActive())) // => false
   */
  async isActive(options: ActionOptions = {}): Promise<boolean> {
    return (await this.#status(options))?.isActive ?? false
  }

  /**
   * What it is doing now.
   * @example await spark.readStream.format('rate').load().writeStream.format('noop').start().then((query) => query.status().finally(() => query.stop())) // what it is doing
   */
  async status(options: ActionOptions = {}): Promise<StreamingQueryStatus> {
    const status = await this.#status(options)
    return {
      message: status?.statusMessage ?? '',
      isDataAvailable: status?.isDataAvailable ?? false,
      isTriggerActive: status?.isTriggerActive ?? false,
    }
  }

  /**
   * The last triggers, the newest last; as many as `spark.sql.streaming.numRecentProgressUpdates`.
   * @example await spark.readStream.format('rate').load().writeStream.format('noop').start().then((query) => query.recentProgress().finally(() => query.stop())) // what its triggers did
   */
  async recentProgress(options: ActionOptions = {}): Promise<readonly StreamingQueryProgress[]> {
    return this.#progress({ case: 'recentProgress', value: true }, options)
  }

  /**
   * The last trigger; null before the first.
   * @example await spark.readStream.format('rate').load().writeStream.format('noop').start().then((query) => query.lastProgress().finally(() => query.stop())) // what its last trigger did
   */
  async lastProgress(options: ActionOptions = {}): Promise<StreamingQueryProgress | null> {
    return (await this.#progress({ case: 'lastProgress', value: true }, options)).at(-1) ?? null
  }

  /**
   * What it failed with; null if it runs, was stopped or came to its end.
   * @example await spark.readStream.format('rate').load().writeStream.format('noop').trigger({ availableNow: true }).start().then((query) => query.awaitTermination().then(() => query.exception())) // => null
   */
  async exception(options: ActionOptions = {}): Promise<StreamingQueryException | null> {
    // The server leaves the answer out where there is nothing to tell.
    const answer = await this.#ask('exception', { case: 'exception', value: true }, options)
    if (answer?.exceptionMessage === undefined) return null
    const { exceptionMessage: message, errorClass, stackTrace } = answer
    return { message, errorClass, stackTrace }
  }

  /**
   * The plan of the last trigger, as text; with `extended` the logical plans too.
   * @example await spark.readStream.format('rate').load().writeStream.format('noop').start().then((query) => query.explain().finally(() => query.stop())) // the plan
   */
  async explain(extended: boolean = false, options: ActionOptions = {}): Promise<string> {
    return (await this.#ask('explain', { case: 'explain', value: { extended } }, options))?.result ?? ''
  }

  /**
   * Waits until all rows that are there now have been written. For tests: rows that keep coming keep it waiting.
   * @throws SparkConnectError STREAM_FAILED if the query fails.
   * @example await spark.readStream.format('rate').load().writeStream.format('noop').trigger({ availableNow: true }).start().then((query) => query.processAllAvailable()) // => undefined
   */
  async processAllAvailable(options: ActionOptions = {}): Promise<void> {
    await this.#ask(undefined, { case: 'processAllAvailable', value: true }, options)
  }

  /**
   * Ends it, and waits until it has.
   * @example await spark.readStream.format('rate').load().writeStream.format('noop').start().then((query) => query.stop()) // => undefined
   */
  async stop(options: ActionOptions = {}): Promise<void> {
    await this.#ask(undefined, { case: 'stop', value: true }, options)
  }

  /**
   * Waits until it ends: true if it did, false if `timeoutMs` passed before. Aborting ends the wait, not the query.
   * @throws SparkConnectError STREAM_FAILED if the query fails, CANCELLED if the wait was aborted.
   * @example await spark.readStream.format('rate').load().writeStream.format('noop').trigger({ availableNow: true }).start().then((query) => query.awaitTermination({ timeoutMs: 60_000 })) // => true
   */
  awaitTermination({ timeoutMs = Infinity, ...options }: AwaitOptions = {}): Promise<boolean> {
    return waitInSteps(timeoutMs, async (stepMs) => {
      const command = { case: 'awaitTermination', value: { timeoutMs: BigInt(stepMs) } } as const
      return (await this.#ask('awaitTermination', command, options))?.terminated ?? false
    })
  }

  #status(options: ActionOptions): Promise<AnswerTo<'status'> | undefined> {
    return this.#ask('status', { case: 'status', value: true }, options)
  }

  async #progress(question: Question, options: ActionOptions): Promise<StreamingQueryProgress[]> {
    const answer = await this.#ask('recentProgress', question, options)
    return (answer?.recentProgressJson ?? []).map((json) => queryProgress(JSON.parse(json)))
  }

  async #ask<C extends Answer['case']>(
    expected: C,
    question: Question,
    options: ActionOptions,
  ): Promise<AnswerTo<C> | undefined> {
    const plan = commandPlan(streamingQueryCommand({ id: this.id, runId: this.runId }, question))
    let found: unknown
    for await (const answer of this.#executor.command(plan, options)) {
      if (answer.case === 'streamingQueryCommandResult' && answer.value.resultType.case === expected)
        found = answer.value.resultType.value
    }
    return found as AnswerTo<C> | undefined
  }
}

/** Asks `step` until it is true or the time is up; each time for no longer than the server should hold a call. */
export const waitInSteps = async (
  timeoutMs: number,
  step: (stepMs: number) => Promise<boolean>,
): Promise<boolean> => {
  for (let leftMs = timeoutMs; leftMs > 0; leftMs -= LONGEST_WAIT_MS) {
    if (await step(Math.ceil(Math.min(leftMs, LONGEST_WAIT_MS)))) return true
  }
  return false
}
