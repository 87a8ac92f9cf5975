import { SparkConnectError } from './error.ts'

interface Answer {
  readonly sessionId?: string
  readonly serverSideSessionId?: string
}

/** Knows the server's own id of a session, which changes when the server is restarted and the session's state is lost. */
export class ServerSession {
  readonly #sessionId: string
  #observed: string | undefined

  constructor(sessionId: string) {
    this.#sessionId = sessionId
  }

  /** What every request says, so that a restarted server refuses it. */
  get requestFields(): { readonly clientObservedServerSideSessionId?: string } {
    return this.#observed === undefined ? {} : { clientObservedServerSideSessionId: this.#observed }
  }

  /** Passes an answer of this session on. @throws SparkConnectError if another session or another server gave it. */
  checked<A extends Answer>(answer: A): A {
    // Servers before 4.0 leave one or both empty.
    if (answer.sessionId && answer.sessionId !== this.#sessionId) {
      throw new SparkConnectError(
        `the server answered for session ${answer.sessionId}, not for ${this.#sessionId}`,
        { code: 'INTERNAL' },
      )
    }
    if (answer.serverSideSessionId) {
      this.#observed ??= answer.serverSideSessionId
      if (answer.serverSideSessionId !== this.#observed) throw restarted()
    }
    return answer
  }

  /** The error to report: one sentence for all signs of a server that knows the session no more. */
  explained(error: SparkConnectError): SparkConnectError {
    if (error.errorClass === 'INVALID_HANDLE.SESSION_CHANGED') return restarted(error)
    const isForgotten = error.errorClass === 'INVALID_HANDLE.SESSION_NOT_FOUND'
    return isForgotten && this.#observed !== undefined ? restarted(error) : error
  }
}

const restarted = (cause?: SparkConnectError): SparkConnectError =>
  new SparkConnectError(
    'the server was restarted or has ended this session, so its temporary views, configuration and results are gone; ' +
      'create a new SparkSession',
    {
      code: 'FAILED_PRECONDITION',
      errorClass: cause?.errorClass ?? 'INVALID_HANDLE.SESSION_CHANGED',
      sqlState: cause?.sqlState,
      cause,
    },
  )
