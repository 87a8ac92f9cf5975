import { z } from 'zod'
import { AwsError } from '../aws/aws-error.ts'
import { checked } from '../aws/checked.ts'
import type { JsonOperations } from '../aws/json-service.ts'
import { ClusterRequest, describeCluster, hasEnded, summaryOf } from './cluster.ts'
import type { Clusters } from './clusters.ts'
import { describeStep, StepRequest } from './step-queue.ts'

const Id = z.object({ ClusterId: z.string().max(256) })
const Jobs = z.object({ JobFlowIds: z.array(z.string()).min(1).max(10) })
const List = z.object({ ClusterStates: z.array(z.string()).optional(), Marker: z.string().optional() })
const NewSteps = z.object({ JobFlowId: z.string().max(256), Steps: z.array(StepRequest).min(1).max(256) })
const OneStep = Id.extend({ StepId: z.string() })
const ListSteps = Id.extend({
  StepStates: z.array(z.string()).optional(),
  StepIds: z.array(z.string()).max(10).optional(),
  Marker: z.string().regex(/^\d+$/).optional(),
})
const CancelSteps = Id.extend({
  StepIds: z.array(z.string()).min(1),
  StepCancellationOption: z.enum(['SEND_INTERRUPT', 'TERMINATE_PROCESS']).default('SEND_INTERRUPT'),
})
const NamedConfiguration = z.object({ Name: z.string().min(1).max(10_280) })
const Configuration = NamedConfiguration.extend({
  SecurityConfiguration: z.string().refine((text) => JSON.parse(text) !== null),
})

const PAGE = 50
const invalid = 'InvalidRequestException'

interface OperationsOptions {
  readonly nowMs: () => number
  readonly isProfileUsable: (name: string) => boolean
}

/** Clusters, their steps, and security configurations. */
export function clusterOperations(
  clusters: Clusters,
  { nowMs, isProfileUsable }: OperationsOptions,
): JsonOperations {
  const configurations = new Map<string, { readonly text: string; readonly createdAtMs: number }>()
  const configuration = (name: string) => {
    const found = configurations.get(name)
    if (found) return found
    throw new AwsError(invalid, `Security configuration with name '${name}' does not exist.`)
  }
  return {
    RunJobFlow: (input) => {
      const request = checked(ClusterRequest, input)
      if (request.SecurityConfiguration !== undefined) configuration(request.SecurityConfiguration)
      if (!isProfileUsable(request.JobFlowRole))
        throw new AwsError('ValidationException', `Invalid InstanceProfile: ${request.JobFlowRole}.`)
      const { id, arn } = clusters.create(request)
      return { JobFlowId: id, ClusterArn: arn }
    },
    DescribeCluster: (input) => ({ Cluster: describeCluster(clusters.find(checked(Id, input).ClusterId)) }),
    ListClusters: (input) => {
      const { ClusterStates: states, Marker = '0' } = checked(List, input)
      const all = clusters.all().filter(({ state }) => states?.includes(state) ?? true)
      const { page, ...next } = pageOf(all, Number(Marker))
      return { Clusters: page.map(summaryOf), ...next }
    },
    TerminateJobFlows: (input) => {
      for (const id of checked(Jobs, input).JobFlowIds) {
        const cluster = clusters.find(id)
        if (cluster.request.Instances.TerminationProtected)
          throw new AwsError(
            'ValidationException',
            'Could not shut down one or more job flows since they are termination protected.',
          )
        clusters.terminate(cluster)
      }
    },
    AddJobFlowSteps: (input) => {
      const { JobFlowId, Steps } = checked(NewSteps, input)
      const cluster = clusters.find(JobFlowId)
      if (hasEnded(cluster) || cluster.state === 'TERMINATING')
        throw new AwsError(
          'ValidationException',
          'A job flow that is shutting down, terminated, or finished may not be modified.',
        )
      return { StepIds: cluster.steps.add(Steps) }
    },
    DescribeStep: (input) => {
      const { ClusterId, StepId } = checked(OneStep, input)
      return { Step: describeStep(clusters.find(ClusterId).steps.find(StepId)) }
    },
    ListSteps: (input) => {
      const { ClusterId, StepStates, StepIds, Marker = '0' } = checked(ListSteps, input)
      const all = clusters
        .find(ClusterId)
        .steps.all.filter(
          ({ state, id }) => (StepStates?.includes(state) ?? true) && (StepIds?.includes(id) ?? true),
        )
      const { page, ...next } = pageOf(all.toReversed(), Number(Marker))
      return { Steps: page.map(describeStep), ...next }
    },
    CancelSteps: (input) => {
      const { ClusterId, StepIds, StepCancellationOption } = checked(CancelSteps, input)
      const { steps } = clusters.find(ClusterId)
      const signal = StepCancellationOption === 'SEND_INTERRUPT' ? 'SIGTERM' : 'SIGKILL'
      const told = StepIds.map((StepId) =>
        steps.cancel(StepId, signal)
          ? { StepId, Status: 'SUBMITTED' }
          : { StepId, Status: 'FAILED', Reason: 'Step is not in a cancellable state' },
      )
      return { CancelStepsInfoList: told }
    },
    CreateSecurityConfiguration: (input) => {
      const { Name, SecurityConfiguration: text } = checked(Configuration, input)
      if (configurations.has(Name))
        throw new AwsError(invalid, `Security configuration with name '${Name}' already exists.`)
      configurations.set(Name, { text, createdAtMs: nowMs() })
      return { Name, CreationDateTime: nowMs() / 1000 }
    },
    DescribeSecurityConfiguration: (input) => {
      const { Name } = checked(NamedConfiguration, input)
      const { text, createdAtMs } = configuration(Name)
      return { Name, SecurityConfiguration: text, CreationDateTime: createdAtMs / 1000 }
    },
  }
}

function pageOf<T>(all: readonly T[], from: number) {
  const page = all.slice(from, from + PAGE)
  return { page, ...(from + PAGE < all.length && { Marker: String(from + PAGE) }) }
}
