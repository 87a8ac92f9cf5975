import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { type WebSocket, WebSocketServer } from 'ws'

/** A connection of Jetstream: what it sends, and how it ends. */
export type Connection = (socket: WebSocket, url: URL) => void

export const sends =
  (messages: readonly (object | string | Uint8Array)[], { ends = false } = {}): Connection =>
  (socket) => {
    for (const message of messages) {
      if (message instanceof Uint8Array) socket.send(message, { binary: false })
      else socket.send(typeof message === 'string' ? message : JSON.stringify(message))
    }
    if (ends) socket.close(1012, 'restart')
  }

/** Jetstream: one script a connection, the last one for all further ones. */
export async function startJetstream(connections: readonly Connection[]) {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  const urls: URL[] = []
  server.on('connection', (socket, request) => {
    const url = new URL(request.url ?? '', 'http://jetstream')
    urls.push(url)
    connections[Math.min(urls.length, connections.length) - 1]?.(socket, url)
  })
  await new Promise((done) => {
    server.once('listening', done)
  })
  const { port } = server.address() as AddressInfo
  return {
    jetstreamUrl: `ws://127.0.0.1:${port}/subscribe`,
    urls,
    [Symbol.asyncDispose]: async () => {
      for (const client of server.clients) client.terminate()
      await new Promise((done) => {
        server.close(done)
      })
    },
  }
}

interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** Bluesky's public API: profiles and posts, unless an answer stands first in line. */
export async function startAppView({ first = [] }: { readonly first?: readonly Answer[] } = {}) {
  const urls: URL[] = []
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://appview')
    urls.push(url)
    const { status = 200, headers = {}, body } = first[urls.length - 1] ?? {}
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(body ?? JSON.stringify({ profiles: profiles(url), posts: posts(url) }))
  })
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done)
  })
  const { port } = server.address() as AddressInfo
  return {
    appViewUrl: `http://127.0.0.1:${port}`,
    urls,
    asked: (param: string) =>
      urls.map((url) => url.searchParams.getAll(param)).filter((ids) => ids.length > 0),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((done) => {
        server.close(done)
      })
    },
  }
}

const profiles = (url: URL) =>
  url.searchParams
    .getAll('actors')
    .filter((did) => !did.includes('gone'))
    .map((did) => ({
      did,
      handle: `${did.slice('did:plc:'.length)}.example`,
      displayName: 'Ann',
      followersCount: did.length,
      followsCount: 5,
      postsCount: 6,
    }))

const posts = (url: URL) =>
  url.searchParams.getAll('uris').map((uri) => ({
    uri,
    record: { text: 'what was looked up is great', langs: ['en'] },
    likeCount: 11,
    repostCount: 12,
  }))
