import { openEmr, type EmrContext } from '../cloud/emr/emr-clients.ts'
import { findCluster } from '../cloud/emr/cluster.ts'
import { awsAccess } from './aws-access.ts'
import type { CommandContext } from './command-context.ts'
import { ConfigError } from './config-error.ts'
import type { WhichCluster } from './emr-options.ts'
import { readEnvironment } from './environment.ts'
import { createProgress } from './progress.ts'

const EMR_POLL_MS = 10_000
const LOCAL_POLL_MS = 100

interface Work {
  /** What people see while it is done. */
  readonly stage: string
  /** Prints nothing but its outcome where there is none. */
  readonly act: (context: EmrContext) => Promise<string>
}

/** Does some work at EMR and prints what it gives back. */
export async function withEmr({ stage, act }: Work, context: CommandContext): Promise<void> {
  const access = awsAccess(readEnvironment(context.variables))
  using aws = await openEmr(access)
  using progress = createProgress({ stream: context.stderr })
  const line = progress.stage({ name: stage })
  const result = await act({
    aws,
    signal: context.signal,
    pollMs: access.endpoints?.emr === undefined ? EMR_POLL_MS : LOCAL_POLL_MS,
    onStill: (what) => line.tell(what),
  })
  line.done()
  context.stdout.write(result)
}

/**
 * The id of the cluster that a command is about: --cluster, RIPPLERANK_CLUSTER, or the one that has the name.
 * @throws ConfigError where there is none
 */
export async function clusterIdOf(
  { cluster, name }: WhichCluster,
  { variables }: CommandContext,
  emr: EmrContext,
): Promise<string> {
  const given = cluster ?? readEnvironment(variables).RIPPLERANK_CLUSTER
  if (given !== undefined) return given
  const found = await findCluster(name, emr)
  if (found !== undefined) return found.id
  throw new ConfigError(
    `there is no cluster ${name}; make one by \`ripplerank emr cluster create\`, or name one by --cluster`,
  )
}
