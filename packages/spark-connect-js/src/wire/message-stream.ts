import {
  InterceptingCall,
  type ClientReadableStream,
  type InterceptorOptions,
  type NextCall,
} from '@grpc/grpc-js'
import { SparkConnectError } from './error.ts'

/**
 * Lets a message in only when one is asked for. grpc-js itself reads up to 16 ahead, of 128 MiB each; and what is read
 * ahead may be too much for the server to send again (`observerRetryBufferSize`, 10 MB) when the connection breaks.
 */
export class ReadGate {
  #wanted = 0
  #held: (() => void)[] = []

  /** Allows one more message. */
  open(): void {
    const read = this.#held.shift()
    if (read) read()
    else this.#wanted++
  }

  readonly interceptor = (options: InterceptorOptions, next: NextCall): InterceptingCall =>
    new GatedCall(next(options), this)

  pass(read: () => void): void {
    if (this.#wanted === 0) this.#held.push(read)
    else {
      this.#wanted--
      read()
    }
  }
}

class GatedCall extends InterceptingCall {
  readonly #gate: ReadGate

  constructor(call: ConstructorParameters<typeof InterceptingCall>[0], gate: ReadGate) {
    super(call)
    this.#gate = gate
  }

  override startRead(): void {
    this.#gate.pass(() => super.startRead())
  }
}

/** The messages of one call, each fetched when it is asked for. */
export class MessageStream<T> {
  readonly #call: ClientReadableStream<T>
  readonly #gate: ReadGate
  readonly #messages: AsyncIterator<T>

  constructor(call: ClientReadableStream<T>, gate: ReadGate) {
    this.#call = call
    this.#gate = gate
    // After a cancellation, nobody may be there to hear of it.
    call.on('error', () => undefined)
    this.#messages = (call as AsyncIterable<T>)[Symbol.asyncIterator]()
  }

  /** The next message; undefined when the server has closed the stream. @throws SparkConnectError */
  async next(): Promise<T | undefined> {
    this.#gate.open()
    try {
      const { done, value } = await this.#messages.next()
      return done ? undefined : value
    } catch (cause) {
      throw SparkConnectError.from(cause)
    }
  }

  /** Ends the call; whoever waits for a message gets an error. */
  cancel(): void {
    this.#call.destroy(new DOMException('the call was cancelled', 'AbortError'))
    this.#call.cancel()
  }
}
