import type { PolicyDocument, Statement } from '../role-policy.ts'
import { CLUSTER_PREFIX, LOG_PREFIX } from './cluster-settings.ts'
import { APP_PREFIX } from './release.ts'

/** A kind of place that a permission is for. */
type Place = 'clusters' | 'account' | 'app' | 'bucket' | 'logs' | 'schedules' | 'secret'

interface Permission {
  readonly place: Place
  readonly actions: readonly string[]
}

const ofClusters = (...actions: readonly string[]): Permission => ({
  place: 'clusters',
  actions: actions.map((action) => `elasticmapreduce:${action}`),
})
const ofAccount = (...actions: readonly string[]): Permission => ({
  place: 'account',
  actions: actions.map((action) => `elasticmapreduce:${action}`),
})
const ofSchedules = (action: string): Permission => ({ place: 'schedules', actions: [`scheduler:${action}`] })

/** The IAM actions that each call of AWS takes which looks after clusters, steps, sessions and schedules. */
export const emrPermissions: Readonly<Record<string, Permission>> = {
  // Without s3:ListBucket, S3 says of what is not there that it is forbidden.
  HeadObject: { place: 'app', actions: ['s3:GetObject'] },
  PutObject: { place: 'app', actions: ['s3:PutObject'] },
  GetObject: { place: 'logs', actions: ['s3:GetObject'] },
  ListClusters: ofAccount('ListClusters'),
  RunJobFlow: ofAccount('RunJobFlow', 'AddTags'),
  DescribeSecurityConfiguration: ofAccount('DescribeSecurityConfiguration'),
  CreateSecurityConfiguration: ofAccount('CreateSecurityConfiguration'),
  DescribeCluster: ofClusters('DescribeCluster'),
  TerminateJobFlows: ofClusters('TerminateJobFlows'),
  ListSteps: ofClusters('ListSteps'),
  AddJobFlowSteps: ofClusters('AddJobFlowSteps'),
  CancelSteps: ofClusters('CancelSteps'),
  StartSession: ofClusters('StartSession'),
  GetSession: ofClusters('GetSession'),
  GetSessionEndpoint: ofClusters('GetSessionEndpoint'),
  TerminateSession: ofClusters('TerminateSession'),
  CreateSchedule: ofSchedules('CreateSchedule'),
  UpdateSchedule: ofSchedules('UpdateSchedule'),
  GetSchedule: ofSchedules('GetSchedule'),
  DeleteSchedule: ofSchedules('DeleteSchedule'),
}

/** What the command line calls on a cluster's node. */
export const nodePermissions: Readonly<Record<string, Permission>> = {
  GetSecretValue: { place: 'secret', actions: ['secretsmanager:GetSecretValue'] },
}

/** What the policies are about. */
export interface EmrSite {
  readonly partition: string
  /** `*` for any. */
  readonly account: string
  /** `*` for any. */
  readonly region: string
  readonly bucket: string
  /** Name of the database's secret. */
  readonly secret: string
  readonly roles: { readonly service: string; readonly node: string; readonly schedule: string }
}

/** Whose policy. */
export type EmrRole = 'caller' | 'service' | 'node' | 'schedule'
export const EMR_ROLES: readonly EmrRole[] = ['caller', 'service', 'node', 'schedule']

const allow = (
  Action: string | readonly string[],
  Resource: string | readonly string[],
  Condition?: Statement['Condition'],
): Statement => ({ Effect: 'Allow', Action, Resource, ...(Condition && { Condition }) })

/** What a role, or whoever runs `ripplerank emr`, has to be allowed. */
export function emrPolicy(role: EmrRole, site: EmrSite): PolicyDocument {
  const statements: Readonly<Record<EmrRole, (site: EmrSite) => readonly Statement[]>> = {
    caller: callerStatements,
    service: serviceStatements,
    node: nodeStatements,
    schedule: scheduleStatements,
  }
  return { Version: '2012-10-17', Statement: statements[role](site) }
}

/** Who may take a role on; undefined for the caller, who is somebody already. */
export function emrTrust(role: EmrRole, { account, partition, region }: EmrSite): PolicyDocument | undefined {
  if (role === 'caller') return undefined
  const services = { service: 'elasticmapreduce', node: 'ec2', schedule: 'scheduler' } as const
  const suffix = partition === 'aws-cn' ? '.amazonaws.com.cn' : '.amazonaws.com'
  const Service = `${services[role]}${role === 'node' ? suffix : '.amazonaws.com'}`
  // Nobody else's cluster or schedule may make these services act with our role; EC2 knows no such condition.
  const source: Readonly<Record<Exclude<EmrRole, 'caller'>, Statement['Condition']>> = {
    service: {
      StringEquals: { 'aws:SourceAccount': account },
      ArnLike: { 'aws:SourceArn': `arn:${partition}:elasticmapreduce:${region}:${account}:*` },
    },
    node: undefined,
    schedule: { StringEquals: { 'aws:SourceAccount': account } },
  }
  const Condition = source[role]
  return {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole', ...(Condition && { Condition }) },
    ],
  }
}

function callerStatements(site: EmrSite): readonly Statement[] {
  const places = Map.groupBy(Object.values(emrPermissions), ({ place }) => place)
  const statements = [...places].map(([place, needed]) =>
    allow([...new Set(needed.flatMap(({ actions }) => actions))].toSorted(), placesOf(place, site)),
  )
  const pass = (role: string, service: string): Statement =>
    allow('iam:PassRole', roleArn(role, site), { StringEquals: { 'iam:PassedToService': service } })
  const { service, node, schedule } = site.roles
  return [
    ...statements,
    allow('s3:ListBucket', placesOf('bucket', site)),
    pass(service, 'elasticmapreduce.amazonaws.com'),
    pass(node, 'ec2.amazonaws.com'),
    pass(schedule, 'scheduler.amazonaws.com'),
  ]
}

/** EMR itself makes machines and networks; AWS keeps the policy for that, and it asks for our clusters' tag. */
function serviceStatements(site: EmrSite): readonly Statement[] {
  return [
    allow('iam:PassRole', roleArn(site.roles.node, site), {
      StringLike: { 'iam:PassedToService': 'ec2.amazonaws.com*' },
    }),
  ]
}

/** What a node does: read the release and raw tweets, write silver and logs, read the database's secret. */
function nodeStatements(site: EmrSite): readonly Statement[] {
  const bucket = placesOf('bucket', site)
  const objects = (...prefixes: readonly string[]) => prefixes.map((prefix) => `${bucket}/${prefix}*`)
  return [
    allow(['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'], bucket),
    allow('s3:GetObject', objects(APP_PREFIX, 'raw/', 'silver/')),
    allow(
      ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:ListMultipartUploadParts', 's3:PutObject'],
      objects('silver/'),
    ),
    allow(['s3:GetObject', 's3:PutObject'], objects(LOG_PREFIX)),
    ...Object.values(nodePermissions).map(({ actions, place }) => allow(actions, placesOf(place, site))),
  ]
}

function scheduleStatements(site: EmrSite): readonly Statement[] {
  const queue = `arn:${site.partition}:sqs:${site.region}:${site.account}:${CLUSTER_PREFIX}*`
  return [
    allow('elasticmapreduce:AddJobFlowSteps', placesOf('clusters', site), {
      StringEquals: { 'elasticmapreduce:ResourceTag/managed-by': 'ripplerank' },
    }),
    allow('sqs:SendMessage', queue),
  ]
}

const roleArn = (name: string, { partition, account }: EmrSite): string =>
  `arn:${partition}:iam::${account}:role/${name}`

function placesOf(place: Place, { partition, account, region, bucket, secret }: EmrSite): string {
  const at = (service: string): string => `arn:${partition}:${service}:${region}:${account}`
  const bucketArn = `arn:${partition}:s3:::${bucket}`
  const places: Readonly<Record<Place, string>> = {
    clusters: `${at('elasticmapreduce')}:cluster/*`,
    account: '*', // EMR checks these against no resource
    app: `${bucketArn}/${APP_PREFIX}*`,
    bucket: bucketArn,
    logs: `${bucketArn}/${LOG_PREFIX}*`,
    schedules: `${at('scheduler')}:schedule/default/${CLUSTER_PREFIX}*`,
    secret: `${at('secretsmanager')}:secret:${secret}-*`, // six characters that AWS adds
  }
  return places[place]
}
