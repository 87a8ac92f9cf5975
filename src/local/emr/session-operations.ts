import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { AwsError } from '../aws/aws-error.ts'
import { checked } from '../aws/checked.ts'
import type { JsonOperations } from '../aws/json-service.ts'
import type { Clock } from '../clock.ts'
import { takesWork } from './cluster.ts'
import type { Clusters } from './clusters.ts'
import type { EmrFaults } from './faults.ts'
import { startSessionProxy, type SessionProxy } from './session-proxy.ts'

const Start = z.object({
  ClusterId: z.string(),
  Name: z.string().max(256).optional(),
  ClientRequestToken: z.string().max(64).optional(),
  SessionIdleTimeoutInMinutes: z.int().min(1).default(60),
})
const One = z.object({ ClusterId: z.string(), SessionId: z.string() })

interface LocalSession {
  readonly id: string
  readonly clusterId: string
  readonly name: string | undefined
  readonly requestToken: string | undefined
  readonly idleMinutes: number
  readonly createdAtMs: number
  readonly startedAtMs: number
  readonly hasFailed: boolean
  /** When each token ends, by the token. */
  readonly tokens: Map<string, number>
  readonly proxy: Promise<SessionProxy>
  endedAtMs: number | undefined
}

export interface SessionsOptions {
  readonly clock: Clock
  readonly account: string
  readonly region: string
  readonly sparkRemote: string
  readonly startingMs: number
  /** How long a token holds, in milliseconds. */
  readonly tokenMs: number
  readonly faults: () => EmrFaults
}

export interface Sessions extends AsyncDisposable {
  readonly operations: JsonOperations
  /** How many there are that have not ended. */
  readonly open: () => number
  /** How many tokens were given out in all. */
  readonly tokensGiven: () => number
}

/** StartSession, GetSession, GetSessionEndpoint, TerminateSession, against one Spark on this machine. */
export function openSessions(clusters: Clusters, options: SessionsOptions): Sessions {
  const { clock, account, region, sparkRemote, tokenMs } = options
  const sessions = new Map<string, LocalSession>()
  const stateOf = ({ endedAtMs, startedAtMs, hasFailed }: LocalSession): string => {
    if (endedAtMs !== undefined) return 'TERMINATED'
    if (clock.nowMs() < startedAtMs) return 'STARTING'
    return hasFailed ? 'FAILED' : 'IDLE'
  }
  const arnOf = ({ id, clusterId }: LocalSession): string =>
    `arn:aws:elasticmapreduce:${region}:${account}:cluster/${clusterId}/session/${id}`
  const find = (input: unknown): LocalSession => {
    const { ClusterId, SessionId } = checked(One, input)
    const session = sessions.get(SessionId)
    if (session?.clusterId === ClusterId) return session
    throw new AwsError('InvalidRequestException', `Session id '${SessionId}' is not valid.`)
  }
  const start = (wanted: z.output<typeof Start>): LocalSession => {
    const again = [...sessions.values()].find(
      ({ requestToken }) => requestToken !== undefined && requestToken === wanted.ClientRequestToken,
    )
    if (again) return again
    const tokens = new Map<string, number>()
    const isValid = (token: string): boolean => (tokens.get(token) ?? 0) > clock.nowMs()
    const createdAtMs = clock.nowMs()
    const session: LocalSession = {
      id: `s-${randomBytes(8).toString('hex')}`,
      clusterId: wanted.ClusterId,
      name: wanted.Name,
      requestToken: wanted.ClientRequestToken,
      idleMinutes: wanted.SessionIdleTimeoutInMinutes,
      createdAtMs,
      startedAtMs: createdAtMs + options.startingMs,
      hasFailed: options.faults().failsSession === true,
      tokens,
      proxy: startSessionProxy({ sparkRemote, isValid }),
      endedAtMs: undefined,
    }
    sessions.set(session.id, session)
    return session
  }
  const operations: JsonOperations = {
    StartSession: (input) => {
      const wanted = checked(Start, input)
      const cluster = clusters.find(wanted.ClusterId)
      if (!takesWork(cluster) || !cluster.request.SessionEnabled)
        throw new AwsError(
          'InvalidRequestException',
          'The cluster is not up, or sessions are not enabled on it.',
        )
      const session = start(wanted)
      return {
        Id: session.id,
        ClusterId: session.clusterId,
        Arn: arnOf(session),
        AccountId: account,
        State: 'SUBMITTED',
      }
    },
    GetSession: (input) => {
      const session = find(input)
      const { id, clusterId, name, idleMinutes, createdAtMs } = session
      const State = stateOf(session)
      return {
        Session: {
          Id: id,
          ClusterId: clusterId,
          Name: name,
          Arn: arnOf(session),
          State,
          ...(State === 'FAILED' && { StateChangeReason: 'Sessions fail here on purpose.' }),
          SessionIdleTimeoutInMinutes: idleMinutes,
          CreatedAt: createdAtMs / 1000,
        },
      }
    },
    GetSessionEndpoint: async (input) => {
      const session = find(input)
      if (stateOf(session) !== 'IDLE')
        throw new AwsError('InvalidRequestException', `Session ${session.id} is ${stateOf(session)}.`)
      const AuthToken = randomBytes(24).toString('base64url')
      const expiresAtMs = clock.nowMs() + tokenMs
      session.tokens.set(AuthToken, expiresAtMs)
      const { endpoint } = await session.proxy
      return { Endpoint: endpoint, AuthToken, AuthTokenExpirationTime: expiresAtMs / 1000 }
    },
    TerminateSession: async (input) => {
      const session = find(input)
      await end(session)
      return { ClusterId: session.clusterId, SessionId: session.id, State: 'TERMINATED' }
    },
  }
  const end = async (session: LocalSession): Promise<void> => {
    if (session.endedAtMs !== undefined) return
    session.endedAtMs = clock.nowMs()
    await (await session.proxy)[Symbol.asyncDispose]()
  }
  return {
    operations,
    open: () => [...sessions.values()].filter(({ endedAtMs }) => endedAtMs === undefined).length,
    tokensGiven: () => [...sessions.values()].reduce((sum, { tokens }) => sum + tokens.size, 0),
    [Symbol.asyncDispose]: async () => void (await Promise.all([...sessions.values()].map(end))),
  }
}
