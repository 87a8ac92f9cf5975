import {
  GetSessionCommand,
  GetSessionEndpointCommand,
  StartSessionCommand,
  TerminateSessionCommand,
  type GetSessionEndpointCommandOutput,
  type SessionState,
} from '@aws-sdk/client-emr'
import { randomUUID } from 'node:crypto'
import { CloudError } from '../cloud-error.ts'
import type { EmrContext } from './emr-clients.ts'
import { patiently } from './patiently.ts'

/** A Spark Connect server that EMR keeps for one caller. Disposing ends it, whatever happened. */
export interface ManagedSession extends AsyncDisposable {
  readonly id: string
  /** `sc://host:443/;use_ssl=true` */
  readonly remote: string
  /** For each call: asks EMR for another token before the last one ends. */
  readonly headers: () => Promise<Readonly<Record<string, string>>>
}

const START_TIMEOUT_MS = 10 * 60_000
const IDLE_MINUTES = 30 // should this process die without a word
/** A token is left this long before its end: a call that takes long on its way must still find it good. */
const MARGIN_MS = 60_000
const TOKEN_HEADER = 'x-aws-proxy-auth'
const USABLE: ReadonlySet<SessionState | undefined> = new Set(['STARTED', 'IDLE', 'BUSY'])
const ENDED: ReadonlySet<SessionState | undefined> = new Set(['TERMINATING', 'TERMINATED', 'FAILED'])

/**
 * Starts a session on a cluster that has them enabled, and waits until it takes calls. Needs `emr-spark-8.0.0` or later.
 * @param nowMs milliseconds since 1970, by the clock that AWS goes by
 * @throws CloudError `refused` where the session fails; `timeout`
 * @see https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-spark-connect-sessions.html
 */
export async function startManagedSession(
  clusterId: string,
  context: EmrContext,
  nowMs: () => number = Date.now,
): Promise<ManagedSession> {
  const { aws, signal } = context
  const options = { abortSignal: signal }
  const { Id: id = '' } = await aws.emr.send(
    new StartSessionCommand({
      ClusterId: clusterId,
      Name: 'ripplerank',
      ClientRequestToken: randomUUID(), // the same for each attempt of this call
      SessionIdleTimeoutInMinutes: IDLE_MINUTES,
    }),
    options,
  )
  const named = { ClusterId: clusterId, SessionId: id }
  // Without the caller's signal: after Ctrl-C above all, it must be ended.
  const end = async (): Promise<void> => void (await aws.emr.send(new TerminateSessionCommand(named)))
  try {
    await untilUsable(named, context)
    const ask = () => aws.emr.send(new GetSessionEndpointCommand(named), options)
    const first = await ask()
    return {
      id,
      remote: remoteOf(first.Endpoint ?? ''),
      headers: refreshed(first, { ask, nowMs }),
      [Symbol.asyncDispose]: end,
    }
  } catch (error) {
    await end().catch(() => {}) // what went wrong first is what to tell
    throw error
  }
}

async function untilUsable(
  named: { readonly ClusterId: string; readonly SessionId: string },
  context: EmrContext,
): Promise<void> {
  const { aws, signal } = context
  const look = async () => (await aws.emr.send(new GetSessionCommand(named), { abortSignal: signal })).Session
  const seen = await patiently(
    look,
    {
      describe: (session) => `session ${named.SessionId} is ${session?.State}`,
      isDone: (session) => USABLE.has(session?.State) || ENDED.has(session?.State),
      timeoutMs: START_TIMEOUT_MS,
    },
    context,
  )
  if (USABLE.has(seen?.State)) return
  const hint = 'Look at the cluster’s sessions at EMR; `ripplerank emr step submit` does without one.'
  const reason = seen?.StateChangeReason ?? 'no reason given'
  throw seen === undefined
    ? new CloudError(`the session ${named.SessionId} did not start within 10 minutes`, {
        code: 'timeout',
        hint,
      })
    : new CloudError(`the session ${named.SessionId} is ${seen.State} (${reason})`, { code: 'refused', hint })
}

interface Refreshing {
  readonly ask: () => Promise<GetSessionEndpointCommandOutput>
  readonly nowMs: () => number
}

/** One call to EMR at a time, however many calls to Spark wait for a token. */
function refreshed(first: GetSessionEndpointCommandOutput, { ask, nowMs }: Refreshing) {
  let token = tokenOf(first, nowMs())
  let asking: Promise<void> | undefined
  const renew = async (): Promise<void> => {
    token = tokenOf(await ask(), nowMs())
  }
  return async (): Promise<Readonly<Record<string, string>>> => {
    if (nowMs() >= token.goodUntilMs) {
      asking ??= renew().finally(() => (asking = undefined))
      await asking
    }
    return { [TOKEN_HEADER]: token.text }
  }
}

interface Token {
  readonly text: string
  readonly goodUntilMs: number
}

/** A token whose life is shorter than the margin is used for half of it. */
function tokenOf(answer: GetSessionEndpointCommandOutput, givenAtMs: number): Token {
  const endsAtMs = answer.AuthTokenExpirationTime?.getTime() ?? Number.POSITIVE_INFINITY
  const goodUntilMs = endsAtMs - Math.min(MARGIN_MS, (endsAtMs - givenAtMs) / 2)
  return { text: answer.AuthToken ?? '', goodUntilMs }
}

/** EMR gives the address of a web page's form. */
function remoteOf(endpoint: string): string {
  const { protocol, hostname, port } = new URL(endpoint)
  const isPlain = protocol === 'http:'
  return `sc://${hostname}:${port || (isPlain ? '80' : '443')}/${isPlain ? '' : ';use_ssl=true'}`
}
