import type { InstanceFleetConfig, RunJobFlowCommandInput } from '@aws-sdk/client-emr'
import { CLUSTER_PREFIX, isRelease, logUri, RELEASES, type ClusterSettings } from './cluster-settings.ts'
import { placeOfRelease } from './release.ts'

/** How long EMR looks for machines on the spot market before it takes others. */
const SPOT_MINUTES = 10
const ROOT_VOLUME_GIB = 30

/**
 * What RunJobFlow takes for a cluster: the primary and the core on demand, as a cluster does not survive their loss; task
 * nodes on the spot market, as many as there is work for.
 */
export function clusterRequest(
  settings: ClusterSettings,
  securityConfiguration: string,
): RunJobFlowCommandInput {
  const { bucket, release, releaseLabel, coreNodes, taskNodes } = settings
  const known = isRelease(releaseLabel) ? RELEASES[releaseLabel] : undefined
  const place = placeOfRelease(bucket, release)
  return {
    Name: `${CLUSTER_PREFIX}${settings.name}`,
    ReleaseLabel: releaseLabel,
    LogUri: logUri(bucket),
    Applications: (known?.applications ?? ['Spark']).map((Name) => ({ Name })),
    ServiceRole: settings.serviceRole,
    JobFlowRole: settings.instanceProfile,
    SecurityConfiguration: securityConfiguration,
    Instances: {
      InstanceFleets: fleets(settings),
      Ec2SubnetIds: [...settings.subnets],
      KeepJobFlowAliveWhenNoSteps: true,
      TerminationProtected: false,
      UnhealthyNodeReplacement: true,
    },
    BootstrapActions: [
      {
        Name: 'Install Ripplerank',
        ScriptBootstrapAction: { Path: `${place}bootstrap.sh`, Args: [place, release] },
      },
    ],
    ManagedScalingPolicy: {
      ComputeLimits: {
        UnitType: 'InstanceFleetUnits',
        MinimumCapacityUnits: coreNodes,
        MaximumCapacityUnits: coreNodes + taskNodes,
        MaximumOnDemandCapacityUnits: coreNodes,
        MaximumCoreCapacityUnits: coreNodes,
      },
    },
    AutoTerminationPolicy: { IdleTimeout: settings.idleSeconds },
    StepConcurrencyLevel: settings.stepConcurrency,
    ScaleDownBehavior: 'TERMINATE_AT_TASK_COMPLETION',
    EbsRootVolumeSize: ROOT_VOLUME_GIB,
    VisibleToAllUsers: true,
    ...(known?.hasSessions === true && { SessionEnabled: true }),
    Configurations: [
      {
        Classification: 'spark-defaults',
        Properties: {
          'spark.sql.session.timeZone': 'UTC',
          'spark.sql.codegen.cache.maxEntries': '2000',
          'spark.dynamicAllocation.enabled': 'true',
        },
      },
    ],
    Tags: [
      { Key: 'managed-by', Value: 'ripplerank' },
      { Key: 'ripplerank-release', Value: release },
      // What AmazonEMRServicePolicy_v2 asks for, the policy of which the service's role is made.
      { Key: 'for-use-with-amazon-emr-managed-policies', Value: 'true' },
    ],
  }
}

function fleets(settings: ClusterSettings): InstanceFleetConfig[] {
  const { primaryType, coreType, coreNodes, taskTypes, taskNodes } = settings
  const onDemand = { OnDemandSpecification: { AllocationStrategy: 'lowest-price' } } as const
  const typesOf = (types: readonly string[]) =>
    types.map((InstanceType) => ({ InstanceType, WeightedCapacity: 1 }))
  const always: InstanceFleetConfig[] = [
    {
      Name: 'primary',
      InstanceFleetType: 'MASTER',
      TargetOnDemandCapacity: 1,
      InstanceTypeConfigs: [{ InstanceType: primaryType }],
      LaunchSpecifications: onDemand,
    },
    {
      Name: 'core',
      InstanceFleetType: 'CORE',
      TargetOnDemandCapacity: coreNodes,
      InstanceTypeConfigs: typesOf([coreType]),
      LaunchSpecifications: onDemand,
    },
  ]
  if (taskNodes === 0) return always
  return [
    ...always,
    {
      Name: 'task',
      InstanceFleetType: 'TASK',
      TargetSpotCapacity: 0, // managed scaling adds what there is work for
      InstanceTypeConfigs: typesOf(taskTypes),
      LaunchSpecifications: {
        SpotSpecification: {
          AllocationStrategy: 'price-capacity-optimized',
          TimeoutDurationMinutes: SPOT_MINUTES,
          TimeoutAction: 'SWITCH_TO_ON_DEMAND',
        },
      },
    },
  ]
}
