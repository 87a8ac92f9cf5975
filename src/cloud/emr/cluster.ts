import {
  DescribeClusterCommand,
  paginateListClusters,
  RunJobFlowCommand,
  TerminateJobFlowsCommand,
  type Cluster,
  type ClusterState,
} from '@aws-sdk/client-emr'
import { CloudError, isAws } from '../cloud-error.ts'
import { clusterRequest } from './cluster-request.ts'
import { CLUSTER_PREFIX, logUri, type ClusterSettings } from './cluster-settings.ts'
import type { EmrContext } from './emr-clients.ts'
import { onceKnown } from './once-known.ts'
import { patiently } from './patiently.ts'
import { ensureSecurityConfiguration, securityConfiguration } from './security-configuration.ts'

/** What there is of a cluster. */
export interface ClusterStatus {
  readonly id: string
  readonly name: string
  readonly state: ClusterState | 'UNKNOWN'
  /** Why it is in that state, in EMR's words; empty where it does not say. */
  readonly reason: string
  readonly releaseLabel: string
  readonly logUri: string
  readonly createdAt: Date | undefined
  readonly hasSessions: boolean
}

const LIVING: ClusterState[] = ['STARTING', 'BOOTSTRAPPING', 'RUNNING', 'WAITING']
const START_TIMEOUT_MS = 30 * 60_000
const END_TIMEOUT_MS = 15 * 60_000

/** The cluster of a name that lives, if there is one. @throws CloudError */
export async function findCluster(name: string, context: EmrContext): Promise<ClusterStatus | undefined> {
  const { aws, signal } = context
  const pages = paginateListClusters({ client: aws.emr }, { ClusterStates: LIVING }, { abortSignal: signal })
  for await (const { Clusters = [] } of pages) {
    const found = Clusters.find((one) => one.Name === `${CLUSTER_PREFIX}${name}`)
    if (found?.Id !== undefined) return clusterStatus(found.Id, context)
  }
  return undefined
}

/**
 * Looks at one cluster by its id (`j-...`).
 * @throws CloudError
 */
export async function clusterStatus(id: string, { aws, signal }: EmrContext): Promise<ClusterStatus> {
  const { Cluster: found } = await aws.emr.send(new DescribeClusterCommand({ ClusterId: id }), {
    abortSignal: signal,
  })
  return toStatus(id, found)
}

function toStatus(id: string, found: Cluster | undefined): ClusterStatus {
  const { Message, Code } = found?.Status?.StateChangeReason ?? {}
  return {
    id,
    name: (found?.Name ?? '').replace(CLUSTER_PREFIX, ''),
    state: found?.Status?.State ?? 'UNKNOWN',
    reason: [Code, Message].filter(Boolean).join(': '),
    releaseLabel: found?.ReleaseLabel ?? '',
    logUri: found?.LogUri ?? '',
    createdAt: found?.Status?.Timeline?.CreationDateTime,
    hasSessions: found?.SessionEnabled ?? false,
  }
}

/** A cluster, and whether it was there before. */
export interface CreatedCluster {
  readonly cluster: ClusterStatus
  readonly isNew: boolean
}

/**
 * Makes a cluster, unless one of its name lives. Does not wait for it. RunJobFlow has no token that would make it safe to send
 * twice, so this looks first; two callers at the same moment make two.
 * @param areRolesNew waits until EMR knows its roles
 * @throws CloudError
 */
export async function createCluster(
  settings: ClusterSettings,
  context: EmrContext,
  areRolesNew = false,
): Promise<CreatedCluster> {
  const there = await findCluster(settings.name, context)
  if (there !== undefined) return { cluster: there, isNew: false }
  const security = securityConfiguration(settings.kmsKey)
  await ensureSecurityConfiguration(security, context)
  const { aws, signal } = context
  const request = clusterRequest(settings, security.name)
  const run = () => aws.emr.send(new RunJobFlowCommand(request), { abortSignal: signal })
  const { JobFlowId: id = '' } = await onceKnown(run, areRolesNew, context)
  return { cluster: await clusterStatus(id, context), isNew: true }
}

/**
 * Waits until a cluster takes work.
 * @throws CloudError `refused` where it ends instead, with EMR's reason; `timeout`
 */
export async function untilUp(id: string, context: EmrContext): Promise<ClusterStatus> {
  const seen = await patiently(
    () => clusterStatus(id, context),
    {
      describe: ({ state }) => `cluster ${id} is ${state}`,
      isDone: ({ state }) => state !== 'STARTING' && state !== 'BOOTSTRAPPING',
      timeoutMs: START_TIMEOUT_MS,
    },
    context,
  )
  if (seen === undefined) throw tooLong(id, 'is not up')
  if (seen.state === 'RUNNING' || seen.state === 'WAITING') return seen
  const hint = `Its bootstrap logs are below ${seen.logUri || logUri('<bucket>')}${id}/node/.`
  throw new CloudError(`the cluster ${id} is ${seen.state}${seen.reason && ` (${seen.reason})`}`, {
    code: 'refused',
    hint,
  })
}

/**
 * Ends a cluster with all that runs on it, and waits until it is gone. One that is gone already is no error.
 * @throws CloudError `timeout`
 */
export async function terminateCluster(id: string, context: EmrContext): Promise<ClusterStatus> {
  const { aws, signal } = context
  try {
    await aws.emr.send(new TerminateJobFlowsCommand({ JobFlowIds: [id] }), { abortSignal: signal })
  } catch (error) {
    if (!isAws(error, 'ValidationException') || !/protected/i.test(error.message)) throw error
    const hint = 'Somebody protected it: take that away at EMR, then run the command again.'
    throw new CloudError(`the cluster ${id} is protected from termination`, {
      code: 'conflict',
      hint,
      cause: error,
    })
  }
  const seen = await patiently(
    () => clusterStatus(id, context),
    {
      describe: ({ state }) => `cluster ${id} is ${state}`,
      isDone: ({ state }) => state.startsWith('TERMINATED'),
      timeoutMs: END_TIMEOUT_MS,
    },
    context,
  )
  if (seen === undefined) throw tooLong(id, 'has not ended')
  return seen
}

function tooLong(id: string, what: string): CloudError {
  const hint = '`ripplerank emr cluster status` says how far it is.'
  return new CloudError(`the cluster ${id} ${what} after the time that it may take`, {
    code: 'timeout',
    hint,
  })
}
