import { openEmr } from '../cloud/emr/emr-clients.ts'
import { startManagedSession, type ManagedSession } from '../cloud/emr/managed-session.ts'
import { awsAccess } from './aws-access.ts'
import type { Environment } from './environment.ts'
import type { Progress } from './progress.ts'

const EMR_POLL_MS = 2_000
const LOCAL_POLL_MS = 100

interface SessionOptions {
  readonly environment: Environment
  readonly progress: Progress
  readonly signal: AbortSignal
}

/** Starts a session on a cluster, for as long as the result is not disposed. @throws CloudError */
export async function openEmrSession(
  clusterId: string,
  { environment, progress, signal }: SessionOptions,
): Promise<ManagedSession> {
  const access = awsAccess(environment)
  const stack = new AsyncDisposableStack()
  const aws = stack.use(await openEmr(access))
  const stage = progress.stage({ name: 'start an EMR session' })
  const pollMs = access.endpoints?.emr === undefined ? EMR_POLL_MS : LOCAL_POLL_MS
  try {
    const session = stack.use(
      await startManagedSession(clusterId, { aws, signal, pollMs, onStill: (what) => stage.tell(what) }),
    )
    stage.done(session.id)
    return { ...session, [Symbol.asyncDispose]: () => stack.disposeAsync() }
  } catch (error) {
    await stack.disposeAsync()
    throw error
  }
}
