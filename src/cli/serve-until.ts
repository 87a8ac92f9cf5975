import { once } from 'node:events'

import { serveDashboard } from '../dashboard/serve.ts'
import { openReader } from '../store/reading/reader.ts'
import type { StoreOptions } from '../store/store.ts'
import type { CommandContext } from './command-context.ts'
import { ConfigError } from './config-error.ts'

/** Whose numbers to show, where, and to whom. */
export interface ServeUntilOptions {
  readonly databaseUrl: string
  readonly tokenFor?: StoreOptions['tokenFor']
  readonly host: string
  /** 0 for any that is free. */
  readonly port: number
  readonly users?: ReadonlyMap<string, string> | undefined
  readonly token?: string | undefined
  readonly pricePerHour?: number | undefined
  /** Ends it with the error of a service that it needs. */
  readonly lost?: Promise<Error>
}

/**
 * Shows the dashboard until the context's signal; prints its address first.
 * @throws ConfigError where the port or the address cannot be had
 */
export async function serveUntil(
  options: ServeUntilOptions,
  { signal, stdout, stderr }: Pick<CommandContext, 'signal' | 'stdout' | 'stderr'>,
): Promise<void> {
  const { databaseUrl, tokenFor, lost, users, ...place } = options
  await using reader = await openReader({ url: databaseUrl, signal, ...(tokenFor && { tokenFor }) })
  const onError = (error: unknown, path: string): void =>
    void stderr.write(`ripplerank: ${path}: ${error instanceof Error ? error.message : String(error)}\n`)
  await using dashboard = await serveDashboard({ ...place, ...(users && { users }), reader, onError }).catch(
    (error: unknown) => {
      throw refusalOf(error, place)
    },
  )
  stdout.write(`${dashboard.url}\n`)
  const error = await Promise.race([...(lost ? [lost] : []), untilAborted(signal)])
  if (error) throw error
}

const refusals: Readonly<
  Record<string, (place: { readonly host: string; readonly port: number }) => string>
> = {
  EADDRINUSE: ({ port }) => `port ${port} is taken; choose another by --port, or 0 for any`,
  EACCES: ({ port }) => `port ${port} may not be used; choose one from 1,024 by --port`,
  EADDRNOTAVAIL: ({ host }) => `--host ${host} is no address of this machine; name one that is`,
  ENOTFOUND: ({ host }) => `--host ${host} is not known; name an address of this machine`,
}

function refusalOf(error: unknown, place: { readonly host: string; readonly port: number }): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const sentence = refusals[code]?.(place)
  return sentence === undefined ? error : new ConfigError(sentence, { cause: error })
}

async function untilAborted(signal: AbortSignal): Promise<undefined> {
  if (!signal.aborted) await once(signal, 'abort')
}
