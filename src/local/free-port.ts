import { createServer } from 'node:net'

/**
 * A TCP port on loopback that was free a moment ago. For servers that cannot take port 0; another program may be faster, so
 * whoever uses it must be ready to try again.
 */
export function freePort(): Promise<number> {
  return new Promise((settle, fail) => {
    const server = createServer()
    server.once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => settle(address !== null && typeof address === 'object' ? address.port : 0))
    })
  })
}
