import type { PolicyDocument, Statement } from '../role-policy.ts'
import { CLUSTER_PREFIX, LOG_PREFIX } from './cluster-settings.ts'
import {
  creatorPermissions,
  emrPermissions,
  nodePermissions,
  type Permission,
  type Place,
} from './emr-permissions.ts'
import { APP_PREFIX } from './release.ts'

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
  /** The user of the database that nodes log in as by IAM; undefined where they have a password. */
  readonly databaseUser?: string | undefined
  readonly roles: Readonly<Record<AssumedRole, string>>
}

/** Roles that AWS's services take on. */
export type AssumedRole = 'service' | 'node' | 'schedule'
/** Whose policy; the creator's is what `--create-roles` takes besides the caller's. */
export type EmrRole = 'caller' | 'creator' | AssumedRole
export const EMR_ROLES: readonly EmrRole[] = ['caller', 'creator', 'service', 'node', 'schedule']

export const isAssumed = (role: EmrRole): role is AssumedRole => role !== 'caller' && role !== 'creator'

/** AWS's own policy of what EMR does to machines and networks; it asks for our clusters' tag. */
export const servicePolicyArn = (partition: string): string =>
  `arn:${partition}:iam::aws:policy/service-role/AmazonEMRServicePolicy_v2`

const allow = (
  Action: string | readonly string[],
  Resource: string | readonly string[],
  Condition?: Statement['Condition'],
): Statement => ({ Effect: 'Allow', Action, Resource, ...(Condition && { Condition }) })

/** What a role, or whoever runs `ripplerank emr`, has to be allowed. */
export function emrPolicy(role: EmrRole, site: EmrSite): PolicyDocument {
  const statements: Readonly<Record<EmrRole, (site: EmrSite) => readonly Statement[]>> = {
    caller: callerStatements,
    creator: creatorStatements,
    service: serviceStatements,
    node: nodeStatements,
    schedule: scheduleStatements,
  }
  return { Version: '2012-10-17', Statement: statements[role](site) }
}

/** Who may take a role on. */
export function emrTrust(role: AssumedRole, { account, partition, region }: EmrSite): PolicyDocument {
  const services = { service: 'elasticmapreduce', node: 'ec2', schedule: 'scheduler' } as const
  const suffix = partition === 'aws-cn' ? '.amazonaws.com.cn' : '.amazonaws.com'
  const Service = `${services[role]}${role === 'node' ? suffix : '.amazonaws.com'}`
  // Nobody else's cluster or schedule may make these services act with our role; EC2 knows no such condition.
  const source: Readonly<Record<AssumedRole, Statement['Condition']>> = {
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

/** One statement for each place. */
function statementsOf(
  permissions: Readonly<Record<string, Permission>>,
  site: EmrSite,
): readonly (readonly [Place, Statement])[] {
  const places = Map.groupBy(Object.values(permissions), ({ place }) => place)
  return [...places].map(([place, needed]) => [
    place,
    allow([...new Set(needed.flatMap(({ actions }) => actions))].toSorted(), placesOf(place, site)),
  ])
}

function callerStatements(site: EmrSite): readonly Statement[] {
  const pass = (role: AssumedRole, service: string): Statement =>
    allow('iam:PassRole', roleArn(role, site), { StringEquals: { 'iam:PassedToService': service } })
  return [
    ...statementsOf(emrPermissions, site).map(([, statement]) => statement),
    allow('s3:ListBucket', placesOf('bucket', site)),
    pass('service', 'elasticmapreduce.amazonaws.com'),
    pass('node', 'ec2.amazonaws.com'),
    pass('schedule', 'scheduler.amazonaws.com'),
  ]
}

function creatorStatements(site: EmrSite): readonly Statement[] {
  const { partition, account } = site
  const onlyEmrs = { ArnEquals: { 'iam:PolicyARN': servicePolicyArn(partition) } }
  const cleanup = `arn:${partition}:iam::${account}:role/aws-service-role/elasticmapreduce.amazonaws.com*/AWSServiceRoleForEMRCleanup*`
  return [
    ...statementsOf(creatorPermissions, site).flatMap(([place, { Action, Resource = [] }]) => {
      if (place !== 'service role') return [allow(Action, Resource)]
      const [attach, others] = partitioned(Action, 'iam:AttachRolePolicy')
      return [allow(others, Resource), allow(attach, Resource, onlyEmrs)]
    }),
    allow('iam:PassRole', roleArn('node', site)), // into its instance profile
    // EMR makes this one itself, with the rights of whoever starts the first cluster of an account.
    allow('iam:CreateServiceLinkedRole', cleanup, {
      StringLike: { 'iam:AWSServiceName': 'elasticmapreduce.amazonaws.com*' },
    }),
  ]
}

function partitioned(actions: string | readonly string[], one: string) {
  const all = [actions].flat()
  return [all.filter((action) => action === one), all.filter((action) => action !== one)] as const
}

/** EMR itself makes machines and networks; AWS keeps the policy for that. */
function serviceStatements(site: EmrSite): readonly Statement[] {
  return [
    allow('iam:PassRole', roleArn('node', site), {
      StringLike: { 'iam:PassedToService': 'ec2.amazonaws.com*' },
    }),
  ]
}

/** What a node does: read the release and raw tweets, write silver and logs, read the database's secret. */
function nodeStatements(site: EmrSite): readonly Statement[] {
  const bucket = bucketArn(site)
  const objects = (...prefixes: readonly string[]) => prefixes.map((prefix) => `${bucket}/${prefix}*`)
  return [
    allow(['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'], bucket),
    allow('s3:GetObject', objects(APP_PREFIX, 'raw/', 'silver/')),
    allow(
      ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:ListMultipartUploadParts', 's3:PutObject'],
      objects('silver/'),
    ),
    allow(['s3:GetObject', 's3:PutObject'], objects(LOG_PREFIX)),
    ...statementsOf(nodePermissions, site).map(([, statement]) => statement),
    ...(site.databaseUser === undefined
      ? []
      : [allow('rds-db:connect', databaseUserArn(site.databaseUser, site))]),
  ]
}

function scheduleStatements(site: EmrSite): readonly Statement[] {
  return [
    allow('elasticmapreduce:AddJobFlowSteps', placesOf('clusters', site), {
      StringEquals: { 'elasticmapreduce:ResourceTag/managed-by': 'ripplerank' },
    }),
    allow('sqs:SendMessage', placesOf('letters', site)),
  ]
}

const bucketArn = ({ partition, bucket }: EmrSite): string => `arn:${partition}:s3:::${bucket}`
/** Of any database of the account: its id is not that of its address. */
const databaseUserArn = (user: string, { partition, region, account }: EmrSite): string =>
  `arn:${partition}:rds-db:${region}:${account}:dbuser:*/${user}`
const roleArn = (role: AssumedRole, { partition, account, roles }: EmrSite): string =>
  `arn:${partition}:iam::${account}:role/${roles[role]}`

function placesOf(place: Place, site: EmrSite): string | readonly string[] {
  const { partition, account, region, secret, roles } = site
  const at = (service: string): string => `arn:${partition}:${service}:${region}:${account}`
  const places: Readonly<Record<Place, string | readonly string[]>> = {
    clusters: `${at('elasticmapreduce')}:cluster/*`,
    account: '*', // EMR checks these against no resource
    app: `${bucketArn(site)}/${APP_PREFIX}*`,
    bucket: bucketArn(site),
    logs: `${bucketArn(site)}/${LOG_PREFIX}*`,
    schedules: `${at('scheduler')}:schedule/default/${CLUSTER_PREFIX}*`,
    secret: `${at('secretsmanager')}:secret:${secret}-*`, // six characters that AWS adds
    letters: `${at('sqs')}:${CLUSTER_PREFIX}*`,
    roles: (['service', 'node', 'schedule'] as const).map((role) => roleArn(role, site)),
    'service role': roleArn('service', site),
    caller: [`arn:${partition}:iam::${account}:user/*`, `arn:${partition}:iam::${account}:role/*`],
    profile: `arn:${partition}:iam::${account}:instance-profile/${roles.node}`,
  }
  return places[place]
}
