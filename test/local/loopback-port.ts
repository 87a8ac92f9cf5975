import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** True when somebody listens at the URL's host and port. */
export function isListening(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url)
  return new Promise((settle) => {
    const socket = connect({ host: hostname, port: Number(port) })
    const finish = (answer: boolean) => (): void => {
      socket.destroy()
      settle(answer)
    }
    socket.once('connect', finish(true)).once('error', finish(false))
  })
}

/** Waits until nobody listens any more; false when somebody still does after `timeoutMs`. */
export async function hasClosed(url: string, timeoutMs = 8_000): Promise<boolean> {
  const giveUpAt = performance.now() + timeoutMs
  while (await isListening(url)) {
    if (performance.now() > giveUpAt) return false
    await sleep(50)
  }
  return true
}
