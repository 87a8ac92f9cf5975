import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { isDeepStrictEqual } from 'node:util'
import { CloudError, isAws } from './cloud-error.ts'
import { placesOf, roleGrants, roleTrust, type PolicyDocument } from './role-policy.ts'
import { applyEdits, type Edit, type PartReport, type PipelineContext } from './pipeline.ts'
import { roleName } from './pipeline-name.ts'

const POLICY_NAME = 'deliver-to-s3'

interface EnsuredRole {
  readonly report: PartReport
  /** Undefined where it would have to be made first. */
  readonly arn: string | undefined
}

interface Role {
  readonly arn: string
  readonly trust: unknown
}

/** Makes or mends the role that Firehose takes on: it may write to the pipeline's folders and its log, and nothing else. */
export async function ensureRole(bucket: string, context: PipelineContext): Promise<EnsuredRole> {
  const name = roleName(context.name, context.aws.region)
  const found = await findRole(name, context)
  if (context.isDryRun && found === undefined) {
    const edits = ['create', 'let Firehose take it on', 'allow what delivery needs'].map(onlySaid)
    return { report: await applyEdits({ part: 'role', place: name }, edits, context), arn: undefined }
  }
  const role = found ?? (await createRole(name, context))
  const created: readonly Edit[] = found === undefined ? [onlySaid('create')] : []
  const edits = [...created, ...(await roleEdits({ name, role, bucket }, context))]
  return { report: await applyEdits({ part: 'role', place: name }, edits, context), arn: role.arn }
}

/** What is done already, or never will be. */
const onlySaid = (what: string): Edit => ({ what, apply: () => Promise.resolve() })

interface WantedRole {
  readonly name: string
  readonly role: Role
  readonly bucket: string
}

async function roleEdits(
  { name, role, bucket }: WantedRole,
  context: PipelineContext,
): Promise<readonly Edit[]> {
  const { aws, signal } = context
  const places = placesOf({ roleArn: role.arn, region: aws.region, bucket, name: context.name })
  const trust = roleTrust(places)
  const grants = roleGrants(places)
  const edits: Edit[] = []
  if (!isDeepStrictEqual(role.trust, trust)) {
    const input = { RoleName: name, PolicyDocument: JSON.stringify(trust) }
    const apply = () => aws.iam.send(new UpdateAssumeRolePolicyCommand(input), { abortSignal: signal })
    edits.push({ what: 'let Firehose take it on', apply })
  }
  if (!isDeepStrictEqual(await findGrants(name, context), grants)) {
    const input = { RoleName: name, PolicyName: POLICY_NAME, PolicyDocument: JSON.stringify(grants) }
    const apply = () => aws.iam.send(new PutRolePolicyCommand(input), { abortSignal: signal })
    edits.push({ what: 'allow what delivery needs', apply })
  }
  return edits
}

/** Until its account is known, which its ARN tells, nobody may take it on. */
async function createRole(name: string, context: PipelineContext): Promise<Role> {
  const { aws, signal } = context
  const nobody: PolicyDocument = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Deny', Principal: { Service: 'firehose.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ],
  }
  try {
    const input = {
      RoleName: name,
      AssumeRolePolicyDocument: JSON.stringify(nobody),
      Description: 'Lets Firehose deliver the tweets of one search term to S3.',
      Tags: [{ Key: 'managed-by', Value: 'ripplerank' }],
    }
    const { Role } = await aws.iam.send(new CreateRoleCommand(input), { abortSignal: signal })
    return { arn: Role?.Arn ?? '', trust: undefined }
  } catch (error) {
    const role =
      isAws(error, 'EntityAlreadyExistsException', 'EntityAlreadyExists') && (await findRole(name, context))
    if (role) return role // somebody was faster
    throw error
  }
}

async function findRole(name: string, { aws, signal }: PipelineContext): Promise<Role | undefined> {
  try {
    const { Role } = await aws.iam.send(new GetRoleCommand({ RoleName: name }), { abortSignal: signal })
    return { arn: Role?.Arn ?? '', trust: parsed(Role?.AssumeRolePolicyDocument) }
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

async function findGrants(name: string, { aws, signal }: PipelineContext): Promise<unknown> {
  const input = { RoleName: name, PolicyName: POLICY_NAME }
  try {
    const { PolicyDocument } = await aws.iam.send(new GetRolePolicyCommand(input), { abortSignal: signal })
    return parsed(PolicyDocument)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** Deletes the role with what it allows. */
export async function deleteRole(context: PipelineContext): Promise<PartReport> {
  const { aws, signal } = context
  const name = roleName(context.name, aws.region)
  const input = { RoleName: name, PolicyName: POLICY_NAME }
  const apply = async (): Promise<void> => {
    try {
      await unlessMissing(aws.iam.send(new DeleteRolePolicyCommand(input), { abortSignal: signal }))
      await unlessMissing(aws.iam.send(new DeleteRoleCommand({ RoleName: name }), { abortSignal: signal }))
    } catch (error) {
      if (!isAws(error, 'DeleteConflictException', 'DeleteConflict')) throw error
      const hint = 'Somebody gave it more than Ripplerank did: take that away, then delete again.'
      throw new CloudError(`the role ${name} has policies of others`, {
        code: 'conflict',
        hint,
        cause: error,
      })
    }
  }
  const isThere = (await findRole(name, context)) !== undefined
  return applyEdits({ part: 'role', place: name }, isThere ? [{ what: 'delete', apply }] : [], context)
}

const isMissing = (error: unknown): boolean => isAws(error, 'NoSuchEntityException', 'NoSuchEntity')

async function unlessMissing(call: Promise<unknown>): Promise<void> {
  await call.catch((error: unknown) => {
    if (!isMissing(error)) throw error
  })
}

/** IAM gives documents back as URLs write them. */
function parsed(document: string | undefined): unknown {
  try {
    return JSON.parse(decodeURIComponent(document ?? ''))
  } catch {
    return undefined
  }
}
