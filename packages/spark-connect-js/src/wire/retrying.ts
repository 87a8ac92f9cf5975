import { setTimeout as sleep } from 'node:timers/promises'
import { SparkConnectError } from './error.ts'
import { afterFailure, unspent, type RetryPolicy } from './retry-policy.ts'

interface RetryingOptions {
  readonly policy: RetryPolicy
  readonly signal?: AbortSignal | undefined
  /** Work in the background does not keep the process alive while it waits. */
  readonly isBackground?: boolean
}

/** One call's patience: waits after each failure, until its policy gives up. */
export class Patience {
  readonly #options: RetryingOptions
  #state

  constructor(options: RetryingOptions) {
    this.#options = options
    this.#state = unspent(options.policy)
  }

  /** Waits as long as the policy says. @throws SparkConnectError the failure itself, where it gives up. */
  async afterFailure(error: SparkConnectError): Promise<void> {
    const { policy, signal, isBackground } = this.#options
    const decision = afterFailure(policy, { error, state: this.#state, random: Math.random })
    if (decision.kind === 'give up') throw givenUp(error, this.#state.retries)
    this.#state = decision.state
    try {
      await sleep(decision.waitMs, undefined, { ...(signal && { signal }), ref: isBackground !== true })
    } catch (cause) {
      throw SparkConnectError.from(cause)
    }
  }

  /** After a success, the next failure begins a new count. */
  reset(): void {
    this.#state = unspent(this.#options.policy)
  }
}

const givenUp = (error: SparkConnectError, retries: number): SparkConnectError =>
  retries === 0 ? error : error.with({ message: `${error.message} (given up after ${retries} retries)` })

/** Makes a call until it succeeds, fails for good, or its policy gives up. @throws SparkConnectError */
export const retrying = async <T>(call: () => Promise<T>, options: RetryingOptions): Promise<T> => {
  const patience = new Patience(options)
  for (;;) {
    try {
      return await call()
    } catch (cause) {
      await patience.afterFailure(SparkConnectError.from(cause))
    }
  }
}
