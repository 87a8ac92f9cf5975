import { setTimeout as delay } from 'node:timers/promises'

import { WebSocket } from 'ws'

const MOST_MESSAGES = 2_000 // held; then the socket waits

export interface ConnectionOptions {
  readonly url: URL
  readonly lotMs: number // how long messages are gathered
  readonly silenceMs: number // after which a connection is taken for dead
  readonly signal: AbortSignal
  readonly onOpen: () => void
}

/**
 * The messages of a WebSocket in lots, until it ends; gives the reason. Who does not ask for the next lot holds the
 * server back.
 */
export async function* connectionLots(options: ConnectionOptions): AsyncGenerator<readonly string[], string> {
  await using connection = connect(options)
  const { inbox, ended } = connection
  for (;;) {
    const reason = await Promise.race([inbox.hasSome(), ended, silence(options.silenceMs, ended)])
    if (reason === undefined) await Promise.race([delay(options.lotMs), ended])
    const lot = inbox.takeAll()
    if (lot.length > 0) yield lot
    if (reason !== undefined) return reason
  }
}

/** An open socket, and why it ended once it did. */
function connect({ url, silenceMs, signal, onOpen }: ConnectionOptions) {
  // Bytes that are no text are replaced: to refuse them would end the connection at the same message each time.
  const socket = new WebSocket(url, { skipUTF8Validation: true, handshakeTimeout: silenceMs })
  const { promise: ended, resolve: end } = Promise.withResolvers<string>()
  const inbox = inboxOf(socket)
  const stop = (): void => end('told to end')
  socket.on('open', onOpen)
  socket.on('error', (error) => end(error.message || 'no connection'))
  socket.on('close', (code) => end(`the connection was closed (${code})`))
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  const dispose = (): Promise<void> => {
    signal.removeEventListener('abort', stop)
    socket.terminate()
    return Promise.resolve()
  }
  return { inbox, ended, [Symbol.asyncDispose]: dispose }
}

function inboxOf(socket: WebSocket) {
  let messages: string[] = []
  let some = Promise.withResolvers<undefined>()
  socket.on('message', (data) => {
    messages.push(Buffer.isBuffer(data) ? data.toString('utf8') : '')
    if (messages.length >= MOST_MESSAGES) socket.pause()
    some.resolve(undefined)
  })
  const takeAll = (): readonly string[] => {
    const taken = messages
    messages = []
    some = Promise.withResolvers()
    socket.resume()
    return taken
  }
  return { hasSome: () => some.promise, takeAll }
}

/** Says that nothing came for so long, unless the connection ended before. */
async function silence(silenceMs: number, ended: Promise<string>): Promise<string> {
  const over = new AbortController()
  try {
    const timer = delay(silenceMs, `nothing for ${silenceMs / 1_000} s`, { signal: over.signal })
    return await Promise.race([timer, ended])
  } finally {
    over.abort()
  }
}
