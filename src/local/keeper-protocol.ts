import { readFile } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { z } from 'zod'
import { localErrorCodes } from './local-error.ts'

const EmbeddedService = z.enum(['spark', 'mariadb', 's3', 'firehose'])
export type EmbeddedService = z.infer<typeof EmbeddedService>

/** What a guest asks the keeper for. It is served for as long as the guest keeps the connection open. */
export const GuestRequest = z.object({
  /** From the instance file, which only its owner can read. */
  key: z.string(),
  services: z.array(EmbeddedService).readonly(),
  /** What the services' processes see. */
  environment: z.record(z.string(), z.string()).readonly(),
})
export type GuestRequest = z.infer<typeof GuestRequest>

const Complaint = { code: z.enum(localErrorCodes), message: z.string(), hint: z.string() }

/** What the keeper answers: progress, then the variables or an error; `lost` may come at any time later. */
export const KeeperMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), line: z.string() }),
  z.object({ kind: z.literal('ready'), environment: z.record(z.string(), z.string()).readonly() }),
  z.object({ kind: z.literal('error'), ...Complaint }),
  z.object({ kind: z.literal('lost'), ...Complaint }),
])
export type KeeperMessage = z.infer<typeof KeeperMessage>

/** Where a running keeper is found: `instance.json` in the state folder. */
const Instance = z.object({ pid: z.int().positive(), port: z.int().positive(), key: z.string() })
export type Instance = z.infer<typeof Instance>

/** The keeper's arguments, in this order: the state folder, and whether it goes with the keeper. */
export const KeeperArguments = z.tuple([z.string().min(1), z.enum(['persistent', 'temporary'])]).readonly()
export type KeeperArguments = z.infer<typeof KeeperArguments>

export const instanceFile = (stateDirectory: string): string => join(stateDirectory, 'instance.json')

/** Reads the instance file; undefined when no keeper has written one. It may be left over from one that was killed. */
export async function readInstance(stateDirectory: string): Promise<Instance | undefined> {
  try {
    return Instance.parse(JSON.parse(await readFile(instanceFile(stateDirectory), 'utf8')))
  } catch {
    return undefined
  }
}

/** Sends one message, as a line of JSON. */
export function send(socket: Socket, message: GuestRequest | KeeperMessage): void {
  if (socket.writable) socket.write(`${JSON.stringify(message)}\n`)
}

/**
 * The messages that come in, until the other side closes.
 * @throws ZodError when a line is no such message
 */
export async function* receive<T>(socket: Socket, message: z.ZodType<T>): AsyncGenerator<T, void, void> {
  for await (const line of createInterface({ input: socket })) yield message.parse(JSON.parse(line))
}
