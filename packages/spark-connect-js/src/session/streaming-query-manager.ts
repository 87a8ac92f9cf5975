import type { Executor } from '../frame/executor.ts'
import type { StreamingQueryListener } from '../frame/streaming-event.ts'
import { StreamingQuery, waitInSteps, type AwaitOptions } from '../frame/streaming-query.ts'
import type { StreamingQueryManagerCommandResult_StreamingQueryInstance as Instance } from '../generated/spark/connect/commands_pb.js'
import { commandPlan } from '../plan/command.ts'
import { streamingManagerCommand, type CommandAnswer } from '../plan/streaming.ts'
import type { ListenerBus } from './listener-bus.ts'

type Question = Parameters<typeof streamingManagerCommand>[0]
type Answer = Extract<CommandAnswer, { case: 'streamingQueryManagerCommandResult' }>['value']['resultType']

/** The streaming queries of a session. */
export class StreamingQueryManager {
  readonly #executor: Executor
  readonly #bus: ListenerBus

  constructor(executor: Executor, bus: ListenerBus) {
    this.#executor = executor
    this.#bus = bus
  }

  /**
   * The queries that run.
   * @example await spark.streams.active() // => []
   */
  async active(): Promise<readonly StreamingQuery[]> {
    const answer = await this.#ask({ case: 'active', value: true })
    return answer?.case === 'active' ? answer.value.activeQueries.map((query) => this.#query(query)) : []
  }

  /**
   * The query of an id if it runs, else null.
   * @example await spark.streams.get('00000000-0000-0000-0000-000000000000') // => null
   */
  async get(id: string): Promise<StreamingQuery | null> {
    const answer = await this.#ask({ case: 'getQuery', value: id })
    return answer?.case === 'query' && answer.value.id ? this.#query(answer.value) : null
  }

  /**
   * Waits until any query of the session ends: true if one did, also before this call unless `resetTerminated` was
   * called since; false if `timeoutMs` passed before.
   * @throws SparkConnectError STREAM_FAILED if one fails, CANCELLED if the wait was aborted.
   * @example await spark.streams.resetTerminated().then(() => spark.streams.awaitAnyTermination({ timeoutMs: 10 })) // => false
   */
  awaitAnyTermination({ timeoutMs = Infinity, ...options }: AwaitOptions = {}): Promise<boolean> {
    return waitInSteps(timeoutMs, async (stepMs) => {
      const question = { case: 'awaitAnyTermination', value: { timeoutMs: BigInt(stepMs) } } as const
      const answer = await this.#ask(question, options)
      return answer?.case === 'awaitAnyTermination' && answer.value.terminated
    })
  }

  /**
   * Forgets the queries that have ended, so that `awaitAnyTermination` waits for the next.
   * @example await spark.streams.resetTerminated() // => undefined
   */
  async resetTerminated(): Promise<void> {
    await this.#ask({ case: 'resetTerminated', value: true })
  }

  /**
   * Calls a listener as queries of the session start, go on and end, from when this resolves. It runs here, and keeps
   * the process alive until it is removed. Needs Spark 4.0.
   * @throws SparkConnectError UNIMPLEMENTED on an older server.
   * @example await Promise.resolve({ onQueryIdle: () => undefined }).then((quiet) => spark.streams.addListener(quiet).then(() => spark.streams.removeListener(quiet))) // => undefined
   */
  addListener(listener: StreamingQueryListener): Promise<void> {
    return this.#bus.add(listener)
  }

  /**
   * Calls a listener no longer.
   * @example await spark.streams.removeListener({}) // => undefined
   */
  removeListener(listener: StreamingQueryListener): Promise<void> {
    return this.#bus.remove(listener)
  }

  /**
   * Calls no listener any longer, and lets the process end; the queries go on.
   * @example spark.streams.close()
   */
  close(): void {
    this.#bus.close()
  }

  #query({ id, name }: Instance): StreamingQuery {
    return new StreamingQuery({ id: id?.id ?? '', runId: id?.runId ?? '' }, name || null, this.#executor)
  }

  async #ask(question: Question, options: AwaitOptions = {}): Promise<Answer | undefined> {
    let found: Answer | undefined
    for await (const answer of this.#executor.command(
      commandPlan(streamingManagerCommand(question)),
      options,
    )) {
      if (answer.case === 'streamingQueryManagerCommandResult') found = answer.value.resultType
    }
    return found
  }
}
