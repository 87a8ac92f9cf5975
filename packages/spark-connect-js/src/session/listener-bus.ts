import type { Executor } from '../frame/executor.ts'
import {
  queryProgress,
  type QueryIdleEvent,
  type QueryTerminatedEvent,
  type StreamingQueryListener,
} from '../frame/streaming-event.ts'
import { StreamingQueryEventType } from '../generated/spark/connect/commands_pb.js'
import { commandPlan } from '../plan/command.ts'
import { listenerBusCommand } from '../plan/streaming.ts'

/** Carries the events of a session's streaming queries to its listeners, while it has any. */
export class ListenerBus {
  readonly #executor: Executor
  readonly #listeners = new Set<StreamingQueryListener>()
  #events: { readonly abort: AbortController; readonly ready: Promise<void> } | undefined

  constructor(executor: Executor) {
    this.#executor = executor
  }

  /** Resolves once no later event will be missed. @throws SparkConnectError UNIMPLEMENTED before Spark 4.0. */
  async add(listener: StreamingQueryListener): Promise<void> {
    this.#listeners.add(listener)
    this.#events ??= this.#open()
    try {
      await this.#events.ready
    } catch (cause) {
      this.#listeners.delete(listener)
      this.#events = undefined
      throw cause
    }
  }

  /** Asks for no more events once the last listener has gone. */
  async remove(listener: StreamingQueryListener): Promise<void> {
    this.#listeners.delete(listener)
    if (this.#listeners.size > 0 || !this.#events) return
    this.#events = undefined
    for await (const _ of this.#executor.command(commandPlan(listenerBusCommand(false)), {}));
  }

  /** A query of this session has started, which the server tells where it was started. */
  started(json: string): void {
    const event = JSON.parse(json) as never
    for (const { onQueryStarted } of this.#listeners) onQueryStarted?.(event)
  }

  close(): void {
    this.#listeners.clear()
    this.#events?.abort.abort()
    this.#events = undefined
  }

  #open() {
    const abort = new AbortController()
    const { promise: ready, resolve, reject } = Promise.withResolvers<void>()
    void this.#listen(abort.signal, resolve).catch((cause: unknown) => {
      reject(cause)
      if (!abort.signal.aborted) for (const { onError } of this.#listeners) onError?.(cause)
    })
    return { abort, ready }
  }

  async #listen(signal: AbortSignal, isReady: () => void): Promise<void> {
    for await (const answer of this.#executor.command(commandPlan(listenerBusCommand(true)), { signal })) {
      if (answer.case !== 'streamingQueryListenerEventsResult') continue
      if (answer.value.listenerBusListenerAdded) isReady()
      for (const { eventType, eventJson } of answer.value.events) this.#tell(eventType, eventJson)
    }
  }

  #tell(type: StreamingQueryEventType, json: string): void {
    const event = JSON.parse(json) as { readonly progress?: unknown }
    for (const listener of this.#listeners) {
      if (type === StreamingQueryEventType.QUERY_PROGRESS_EVENT)
        listener.onQueryProgress?.({ progress: queryProgress(event.progress) })
      if (type === StreamingQueryEventType.QUERY_IDLE_EVENT) listener.onQueryIdle?.(event as QueryIdleEvent)
      if (type === StreamingQueryEventType.QUERY_TERMINATED_EVENT)
        listener.onQueryTerminated?.(event as QueryTerminatedEvent)
    }
  }
}
