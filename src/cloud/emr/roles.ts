import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  CreateInstanceProfileCommand,
  GetInstanceProfileCommand,
  paginateListAttachedRolePolicies,
} from '@aws-sdk/client-iam'
import { CloudError, isAws } from '../cloud-error.ts'
import { createRole, findRole, isMissing, onlySaid, OWNER_TAG, roleEdits } from '../iam-role.ts'
import type { Edit } from '../pipeline.ts'
import type { EmrContext } from './emr-clients.ts'
import { emrPolicy, emrTrust, servicePolicyArn, type AssumedRole, type EmrSite } from './emr-policy.ts'

export interface RoleRequest {
  /** Its account need not be known: a role's ARN tells it. */
  readonly site: EmrSite
  /** Says what would be done, and does nothing. */
  readonly isDryRun: boolean
}

export interface EnsuredRole {
  /** Undefined where it would have to be made first. */
  readonly arn: string | undefined
  /** What was done, or would be; empty where all was well. */
  readonly changes: readonly string[]
}

const POLICY_NAME = 'ripplerank'
const DESCRIPTIONS: Readonly<Record<AssumedRole, string>> = {
  service: 'Lets EMR make the machines of Ripplerank clusters.',
  node: 'What the machines of Ripplerank clusters may do.',
  schedule: 'Lets EventBridge Scheduler add steps to Ripplerank clusters.',
}

/**
 * Makes or mends the two roles of a cluster: that of EMR and that of its nodes, with the instance profile of the same name.
 * Safe to run again.
 * @returns what was done, or would be
 * @throws CloudError `conflict` where something of that name is not Ripplerank's
 */
export async function ensureClusterRoles(
  request: RoleRequest,
  context: EmrContext,
): Promise<readonly string[]> {
  const service = await ensureRole('service', request, context)
  const node = await ensureRole('node', request, context)
  const { site, isDryRun } = request
  const further = [
    ...(await attachEdits(site, service.arn, context)),
    ...(await profileEdits(site.roles.node, context)),
  ]
  return [...service.changes, ...node.changes, ...(await applied(further, isDryRun))]
}

/** Makes or mends the role that the Scheduler takes on. Safe to run again. @throws CloudError as `ensureClusterRoles` */
export const ensureScheduleRole = (request: RoleRequest, context: EmrContext): Promise<EnsuredRole> =>
  ensureRole('schedule', request, context)

async function ensureRole(
  role: AssumedRole,
  { site, isDryRun }: RoleRequest,
  context: EmrContext,
): Promise<EnsuredRole> {
  const name = site.roles[role]
  const found = await findRole(name, context)
  if (found?.isOurs === false) throw ofOthers(`role ${name}`)
  const created = found === undefined ? [`make the role ${name}`] : []
  if (found === undefined && isDryRun) return { arn: undefined, changes: created }
  context.onStill(`looking after the role ${name}`)
  const [principal = ''] = Object.values(emrTrust(role, site).Statement[0]?.Principal ?? {})
  const description = DESCRIPTIONS[role]
  const there = found ?? (await createRole({ name, service: principal, description }, context))
  const [, , , , account = '*'] = there.arn.split(':')
  const known = { ...site, account }
  const words = { trust: `say who may take ${name} on`, grants: `allow ${name} what it needs` }
  const documents = { trust: emrTrust(role, known), grants: emrPolicy(role, known) }
  const edits = await roleEdits({ name, policyName: POLICY_NAME, ...documents, words }, there, context)
  return { arn: there.arn, changes: [...created, ...(await applied(edits, isDryRun))] }
}

/** AWS's own policy for what EMR does to machines and networks. */
async function attachEdits(
  site: EmrSite,
  roleArn: string | undefined,
  { aws, signal }: EmrContext,
): Promise<readonly Edit[]> {
  const RoleName = site.roles.service
  const PolicyArn = servicePolicyArn(site.partition)
  const what = `attach AmazonEMRServicePolicy_v2 to ${RoleName}`
  if (roleArn === undefined) return [onlySaid(what)]
  const pages = paginateListAttachedRolePolicies({ client: aws.iam }, { RoleName }, { abortSignal: signal })
  for await (const { AttachedPolicies = [] } of pages)
    if (AttachedPolicies.some((one) => one.PolicyArn === PolicyArn)) return []
  const apply = () =>
    aws.iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }), { abortSignal: signal })
  return [{ what, apply }]
}

/** An instance profile holds one role. */
async function profileEdits(name: string, context: EmrContext): Promise<readonly Edit[]> {
  const { aws, signal } = context
  const roles = await rolesOfProfile(name, context)
  if (roles?.length === 1 && roles[0] === name) return []
  if (roles !== undefined && roles.length > 0) throw ofOthers(`instance profile ${name}`)
  const create = async (): Promise<void> => {
    const input = { InstanceProfileName: name, Tags: [OWNER_TAG] }
    await aws.iam
      .send(new CreateInstanceProfileCommand(input), { abortSignal: signal })
      .catch((error: unknown) => {
        if (!isAws(error, 'EntityAlreadyExistsException', 'EntityAlreadyExists')) throw error
      })
  }
  const named = { InstanceProfileName: name, RoleName: name }
  const add = () => aws.iam.send(new AddRoleToInstanceProfileCommand(named), { abortSignal: signal })
  return [
    ...(roles === undefined ? [{ what: `make the instance profile ${name}`, apply: create }] : []),
    { what: `put the role into the instance profile ${name}`, apply: add },
  ]
}

/** Names of the roles in an instance profile; undefined where there is no such profile. @throws CloudError */
export async function rolesOfProfile(
  name: string,
  { aws, signal }: Pick<EmrContext, 'aws' | 'signal'>,
): Promise<readonly string[] | undefined> {
  try {
    const { InstanceProfile: found } = await aws.iam.send(
      new GetInstanceProfileCommand({ InstanceProfileName: name }),
      { abortSignal: signal },
    )
    return (found?.Roles ?? []).map(({ RoleName = '' }) => RoleName)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

async function applied(edits: readonly Edit[], isDryRun: boolean): Promise<readonly string[]> {
  if (!isDryRun) for (const { apply } of edits) await apply()
  return edits.map(({ what }) => what)
}

function ofOthers(what: string): CloudError {
  const hint =
    'Leave --create-roles out if it is yours, or name others by --service-role, --node-profile or --schedule-role.'
  return new CloudError(`the ${what} was not made by Ripplerank`, { code: 'conflict', hint })
}
