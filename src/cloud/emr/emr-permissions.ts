/** A kind of place that a permission is for. */
export type Place =
  | 'clusters'
  | 'account'
  | 'app'
  | 'bucket'
  | 'logs'
  | 'schedules'
  | 'secret'
  | 'letters'
  | 'roles'
  | 'service role'
  | 'profile'
  | 'caller'

/** What a call of AWS takes. */
export interface Permission {
  readonly place: Place
  readonly actions: readonly string[]
}

const at =
  (place: Place, service: string) =>
  (...actions: readonly string[]): Permission => ({
    place,
    actions: actions.map((action) => `${service}:${action}`),
  })
const ofClusters = at('clusters', 'elasticmapreduce')
const ofAccount = at('account', 'elasticmapreduce')
const ofSchedules = at('schedules', 'scheduler')
const ofBucket = at('bucket', 's3')
const ofLetters = at('letters', 'sqs')
const ofRoles = at('roles', 'iam')
const ofProfile = at('profile', 'iam')

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
  // What `doctor` looks at.
  GetCallerIdentity: { place: 'account', actions: [] }, // nobody can be denied it
  SimulatePrincipalPolicy: { place: 'caller', actions: ['iam:SimulatePrincipalPolicy'] },
  GetPublicAccessBlock: ofBucket('GetBucketPublicAccessBlock'),
  GetBucketEncryption: ofBucket('GetEncryptionConfiguration'),
  GetBucketVersioning: ofBucket('GetBucketVersioning'),
  GetBucketLifecycleConfiguration: ofBucket('GetLifecycleConfiguration'),
  GetRole: ofRoles('GetRole'),
  GetInstanceProfile: ofProfile('GetInstanceProfile'),
  GetQueueUrl: ofLetters('GetQueueUrl'),
  GetQueueAttributes: ofLetters('GetQueueAttributes'),
}

/** The same for the calls of `--create-roles` alone: whoever may make a role may do all that he lets it do. */
export const creatorPermissions: Readonly<Record<string, Permission>> = {
  CreateRole: ofRoles('CreateRole', 'TagRole'),
  UpdateAssumeRolePolicy: ofRoles('UpdateAssumeRolePolicy'),
  GetRolePolicy: ofRoles('GetRolePolicy'),
  PutRolePolicy: ofRoles('PutRolePolicy'),
  ListAttachedRolePolicies: at('service role', 'iam')('ListAttachedRolePolicies'),
  AttachRolePolicy: at('service role', 'iam')('AttachRolePolicy'),
  CreateInstanceProfile: ofProfile('CreateInstanceProfile', 'TagInstanceProfile'),
  AddRoleToInstanceProfile: ofProfile('AddRoleToInstanceProfile'),
  CreateQueue: ofLetters('CreateQueue', 'TagQueue'),
}

/** What the command line calls on a cluster's node. */
export const nodePermissions: Readonly<Record<string, Permission>> = {
  GetSecretValue: { place: 'secret', actions: ['secretsmanager:GetSecretValue'] },
}
