import { z } from 'zod'
import type { StepQueue } from './step-queue.ts'

export type ClusterState =
  | 'STARTING'
  | 'BOOTSTRAPPING'
  | 'RUNNING'
  | 'WAITING'
  | 'TERMINATING'
  | 'TERMINATED'
  | 'TERMINATED_WITH_ERRORS'

export interface StateChangeReason {
  readonly Code?: string
  readonly Message?: string
}

/** What a local cluster needs to know of a request; all else is kept and told as it came. */
export const ClusterRequest = z.looseObject({
  Name: z.string().min(1).max(256),
  ReleaseLabel: z.string().regex(/^emr-(spark-)?\d+\.\d+\.\d+$/),
  LogUri: z
    .string()
    .regex(/^s3n?:\/\/[^/]+\//)
    .optional(),
  ServiceRole: z.string().min(1),
  JobFlowRole: z.string().min(1),
  StepConcurrencyLevel: z.int().min(1).max(256).default(1),
  SessionEnabled: z.boolean().default(false),
  AutoTerminationPolicy: z.object({ IdleTimeout: z.int().min(60).max(604_800) }).optional(),
  SecurityConfiguration: z.string().optional(),
  Instances: z.looseObject({
    KeepJobFlowAliveWhenNoSteps: z.boolean().default(false),
    TerminationProtected: z.boolean().default(false),
  }),
  BootstrapActions: z
    .array(
      z.object({
        Name: z.string(),
        ScriptBootstrapAction: z.object({
          Path: z.string().regex(/^s3:\/\//),
          Args: z.array(z.string()).default([]),
        }),
      }),
    )
    .max(16)
    .default([]),
  Tags: z.array(z.object({ Key: z.string(), Value: z.string().default('') })).default([]),
  Applications: z.array(z.object({ Name: z.string() })).default([]),
})
export type ClusterRequest = z.output<typeof ClusterRequest>

/** A cluster and all that is known of it. */
export interface LocalCluster {
  readonly id: string
  readonly arn: string
  readonly request: ClusterRequest
  readonly createdAtMs: number
  readonly steps: StepQueue
  /** Its primary node's disk. */
  readonly folder: string
  state: ClusterState
  reason: StateChangeReason
  readyAtMs: number | undefined
  endedAtMs: number | undefined
}

export const hasEnded = ({ state }: LocalCluster): boolean =>
  state === 'TERMINATED' || state === 'TERMINATED_WITH_ERRORS'

export const takesWork = ({ state }: LocalCluster): boolean => state === 'RUNNING' || state === 'WAITING'

/** What DescribeCluster and ListClusters tell. Times are in seconds. */
export function summaryOf(cluster: LocalCluster) {
  const { readyAtMs, endedAtMs } = cluster
  return {
    Id: cluster.id,
    Name: cluster.request.Name,
    ClusterArn: cluster.arn,
    NormalizedInstanceHours: 0,
    Status: {
      State: cluster.state,
      StateChangeReason: cluster.reason,
      Timeline: {
        CreationDateTime: cluster.createdAtMs / 1000,
        ...(readyAtMs !== undefined && { ReadyDateTime: readyAtMs / 1000 }),
        ...(endedAtMs !== undefined && { EndDateTime: endedAtMs / 1000 }),
      },
    },
  }
}

export function describeCluster(cluster: LocalCluster) {
  const { request } = cluster
  return {
    ...summaryOf(cluster),
    InstanceCollectionType: 'INSTANCE_FLEET',
    LogUri: request.LogUri,
    ReleaseLabel: request.ReleaseLabel,
    AutoTerminate: !request.Instances.KeepJobFlowAliveWhenNoSteps,
    TerminationProtected: request.Instances.TerminationProtected,
    Applications: request.Applications.map(({ Name }) => ({ Name })),
    Tags: request.Tags,
    ServiceRole: request.ServiceRole,
    MasterPublicDnsName: 'localhost',
    StepConcurrencyLevel: request.StepConcurrencyLevel,
    SessionEnabled: request.SessionEnabled,
    ...(request.SecurityConfiguration !== undefined && {
      SecurityConfiguration: request.SecurityConfiguration,
    }),
  }
}
