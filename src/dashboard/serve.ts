import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { serve } from '@hono/node-server'

import type { Reader } from '../store/reading/reader.ts'
import { createDashboard } from './app.ts'
import { readAssets } from './assets.ts'
import { createAccess } from './safety/access.ts'

export interface ServeOptions {
  readonly reader: Reader
  readonly host: string
  /** 0 for any that is free. */
  readonly port: number
  /** Hashes of passwords by name, and a token; without either, everybody who reaches it may see it. */
  readonly users?: ReadonlyMap<string, string>
  readonly token?: string | undefined
  /** What an hour of computing costs, in whatever currency. */
  readonly pricePerHour?: number | undefined
  /** Milliseconds since 1970. Default: the machine's clock. */
  readonly nowMs?: () => number
  readonly onError: (error: unknown, path: string) => void
}

/** A dashboard that listens. */
export interface RunningDashboard extends AsyncDisposable {
  /** `http://127.0.0.1:8080/` */
  readonly url: string
}

const LOOPBACK_NAMES: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

// Longer than proxies and browsers keep a connection: who closes it first may cut the other's next request.
const OPTIONS = { keepAliveTimeout: 125_000 }

/** True where only this machine can reach a host. */
export const isLoopbackHost = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)

/**
 * Listens until it is disposed.
 * @throws Error by Node where the port is taken or the host is not this machine's
 */
export async function serveDashboard(options: ServeOptions): Promise<RunningDashboard> {
  const {
    reader,
    host,
    port,
    users = new Map<string, string>(),
    token,
    pricePerHour,
    onError,
    nowMs,
  } = options
  const ending = new AbortController()
  const app = createDashboard({
    reader,
    assets: await readAssets(),
    access:
      users.size > 0 || token !== undefined
        ? createAccess({ users, token, ...(nowMs && { nowMs }) })
        : undefined,
    hosts: isLoopbackHost(host) ? new Set([...LOOPBACK_NAMES, host]) : undefined,
    pricePerHour,
    onError,
    ...(nowMs && { nowMs }),
    signal: ending.signal,
  })
  const { promise: listening, resolve, reject } = Promise.withResolvers<AddressInfo>()
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- without TLS it is Node's HTTP server
  const server = serve({ fetch: app.fetch, hostname: host, port, serverOptions: OPTIONS }, resolve) as Server
  server.once('error', reject)
  const address = await listening
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address
  return {
    url: `http://${name}:${address.port}/`,
    [Symbol.asyncDispose]: async () => {
      ending.abort()
      const closed = new Promise((settle) => server.close(settle))
      server.closeAllConnections()
      await closed
    },
  }
}
