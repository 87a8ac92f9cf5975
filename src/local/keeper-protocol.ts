import { readFile } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import type { Environment } from './leashed-process.ts'
import type { LocalErrorCode } from './local-error.ts'

export type EmbeddedService = 'spark' | 'mariadb' | 's3'

/** What a guest asks the keeper for, as one line of JSON. It is served for as long as the guest keeps the connection open. */
export type GuestRequest = {
  /** From the instance file, which only its owner can read. */
  readonly key: string
  readonly services: readonly EmbeddedService[]
  /** What the services' processes see. */
  readonly environment: Environment
}

/** What the keeper answers, a line of JSON each: progress, then the variables or an error; `lost` may come at any time later. */
export type KeeperMessage =
  | { readonly kind: 'progress'; readonly line: string }
  | { readonly kind: 'ready'; readonly environment: Readonly<Record<string, string>> }
  | KeeperError

export type KeeperError = {
  readonly kind: 'error' | 'lost'
  readonly code: LocalErrorCode
  readonly message: string
  readonly hint: string
}

/** Where a running keeper is found: `instance.json` in the state folder. */
export type Instance = { readonly pid: number; readonly port: number; readonly key: string }

/** The keeper's arguments, in this order. */
export type KeeperArguments = readonly [stateDirectory: string, lifetime: 'persistent' | 'temporary']

export const instanceFile = (stateDirectory: string): string => join(stateDirectory, 'instance.json')

/** Reads the instance file; undefined when no keeper has written one. It may be left over from one that was killed. */
export async function readInstance(stateDirectory: string): Promise<Instance | undefined> {
  try {
    return JSON.parse(await readFile(instanceFile(stateDirectory), 'utf8')) as Instance
  } catch {
    return undefined
  }
}

/** Sends one message. */
export function send(socket: Socket, message: GuestRequest | KeeperMessage): void {
  if (socket.writable) socket.write(`${JSON.stringify(message)}\n`)
}

/** The messages that come in, until the other side closes. */
export async function* receive<T extends GuestRequest | KeeperMessage>(
  socket: Socket,
): AsyncGenerator<T, void, void> {
  for await (const line of createInterface({ input: socket })) yield JSON.parse(line) as T
}
