import { join } from 'node:path'
import { AwsError } from '../aws/aws-error.ts'
import type { Clock } from '../clock.ts'
import type { DeliveredObject } from '../firehose/delivery-buffer.ts'
import type { Environment } from '../leashed-process.ts'
import { hasEnded, type ClusterRequest, type ClusterState, type LocalCluster } from './cluster.ts'
import type { EmrFaults } from './faults.ts'
import { primaryNode } from './primary-node.ts'
import { newId, stepQueue } from './step-queue.ts'

export interface ClustersOptions {
  readonly clock: Clock
  readonly account: string
  readonly region: string
  /** Where the nodes' folders go. */
  readonly folder: string
  /** How long a cluster is STARTING, in milliseconds. */
  readonly startingMs: number
  readonly environment: Environment
  readonly deliver: (object: DeliveredObject) => Promise<void>
  readonly faults: () => EmrFaults
}

/** All clusters, and what becomes of them. */
export interface Clusters {
  readonly create: (request: ClusterRequest) => LocalCluster
  /** @throws AwsError where there is none */
  readonly find: (id: string) => LocalCluster
  readonly all: () => readonly LocalCluster[]
  /** Ends in the background, as on EMR. */
  readonly terminate: (cluster: LocalCluster) => void
  /** Ends all and waits. */
  readonly close: () => Promise<void>
}

/** Opens the list of clusters; each lives by itself from then on. */
export function openClusters(options: ClustersOptions): Clusters {
  const { clock, account, region, folder } = options
  const clusters = new Map<string, LocalCluster>()
  const endings = new Set<Promise<void>>()

  const end = (cluster: LocalCluster, state: ClusterState, reason: LocalCluster['reason']): void => {
    if (hasEnded(cluster) || cluster.state === 'TERMINATING') return
    cluster.state = 'TERMINATING'
    cluster.reason = reason
    const ending = cluster.steps.close().then(() => {
      cluster.state = state
      cluster.endedAtMs = clock.nowMs()
    })
    endings.add(ending)
  }

  const create = (request: ClusterRequest): LocalCluster => {
    const id = newId('j')
    const place = join(folder, id)
    const { environment, deliver } = options
    const node = primaryNode({ clusterId: id, folder: place, logUri: request.LogUri, environment, deliver })
    const cluster: LocalCluster = {
      id,
      arn: `arn:aws:elasticmapreduce:${region}:${account}:cluster/${id}`,
      request,
      createdAtMs: clock.nowMs(),
      folder: place,
      steps: stepQueue({
        nowMs: clock.nowMs,
        concurrency: request.StepConcurrencyLevel,
        start: node.run,
        onChange: () => follow(cluster),
        onFailure: (action) => {
          if (action === 'CANCEL_AND_WAIT') cluster.steps.cancelPending()
          if (action.startsWith('TERMINATE'))
            end(cluster, 'TERMINATED_WITH_ERRORS', { Code: 'STEP_FAILURE', Message: 'A step has failed' })
        },
      }),
      state: 'STARTING',
      reason: {},
      readyAtMs: undefined,
      endedAtMs: undefined,
    }
    clusters.set(id, cluster)
    const { slowStartMs = 0, failsStart = false } = options.faults()
    const boot = async (): Promise<void> => {
      if (cluster.state !== 'STARTING') return
      const capacity = 'Instances are not available in the requested Availability Zone.'
      if (failsStart)
        return end(cluster, 'TERMINATED_WITH_ERRORS', { Code: 'INSTANCE_FLEET_TIMEOUT', Message: capacity })
      cluster.state = 'BOOTSTRAPPING'
      const failure = await node.bootstrap(request.BootstrapActions)
      if (failure !== undefined)
        return end(cluster, 'TERMINATED_WITH_ERRORS', { Code: 'BOOTSTRAP_FAILURE', Message: failure })
      // The state may be another one after the wait.
      if (clusters.get(id)?.state !== 'BOOTSTRAPPING') return undefined
      cluster.readyAtMs = clock.nowMs()
      cluster.state = 'WAITING'
      cluster.steps.open()
    }
    clock.after(options.startingMs + slowStartMs, () => void boot())
    return cluster
  }

  /** What its steps make of a cluster that is up. */
  function follow(cluster: LocalCluster): void {
    if (cluster.state !== 'RUNNING' && cluster.state !== 'WAITING') return
    cluster.state = cluster.steps.isBusy() ? 'RUNNING' : 'WAITING'
    const { KeepJobFlowAliveWhenNoSteps: staysUp } = cluster.request.Instances
    const idleSeconds = cluster.request.AutoTerminationPolicy?.IdleTimeout
    if (cluster.state === 'RUNNING') return
    const done = { Code: 'ALL_STEPS_COMPLETED', Message: 'Steps completed' }
    if (!staysUp && cluster.steps.all.length > 0) end(cluster, 'TERMINATED', done)
    else if (idleSeconds !== undefined) endWhenIdle(cluster, idleSeconds)
  }

  function endWhenIdle(cluster: LocalCluster, idleSeconds: number): void {
    const { length } = cluster.steps.all
    const idle = {
      Code: 'ALL_STEPS_COMPLETED',
      Message: 'Cluster idle time exceeded the auto-termination policy',
    }
    clock.after(idleSeconds * 1000, () => {
      const isIdle = cluster.state === 'WAITING' && cluster.steps.all.length === length
      if (isIdle) end(cluster, 'TERMINATED', idle)
    })
  }

  const terminate = (cluster: LocalCluster): void =>
    end(cluster, 'TERMINATED', { Code: 'USER_REQUEST', Message: 'Terminated by user request' })
  return {
    create,
    terminate,
    find: (id) => {
      const cluster = clusters.get(id)
      if (cluster === undefined)
        throw new AwsError('InvalidRequestException', `Cluster id '${id}' is not valid.`)
      return cluster
    },
    all: () => [...clusters.values()].toReversed(),
    close: async () => {
      for (const cluster of clusters.values()) terminate(cluster)
      await Promise.all(endings)
    },
  }
}
