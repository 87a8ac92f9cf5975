import {
  CreateRoleCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
  type IAMClient,
} from '@aws-sdk/client-iam'
import { isDeepStrictEqual } from 'node:util'
import { isAws } from './cloud-error.ts'
import type { Edit } from './pipeline.ts'
import type { PolicyDocument } from './role-policy.ts'

/** Who asks IAM. */
export interface IamContext {
  readonly aws: { readonly iam: IAMClient }
  readonly signal: AbortSignal
}

/** A role as IAM knows it. */
export interface FoundRole {
  readonly arn: string
  /** The document that says who may take it on; undefined where it was only just made. */
  readonly trust: unknown
  /** Whether its tag says that Ripplerank made it. */
  readonly isOurs: boolean
}

/** What a role is to be. */
export interface WantedRole {
  readonly name: string
  /** Of the inline policy. */
  readonly policyName: string
  readonly trust: PolicyDocument
  readonly grants: PolicyDocument
  /** What people read of each change. */
  readonly words: { readonly trust: string; readonly grants: string }
}

/** The tag of what Ripplerank made. */
export const OWNER_TAG = { Key: 'managed-by', Value: 'ripplerank' } as const

/** What is done already, or never will be. */
export const onlySaid = (what: string): Edit => ({ what, apply: () => Promise.resolve() })

/** @returns undefined where there is none @throws CloudError */
export async function findRole(name: string, { aws, signal }: IamContext): Promise<FoundRole | undefined> {
  try {
    const { Role } = await aws.iam.send(new GetRoleCommand({ RoleName: name }), { abortSignal: signal })
    const isOurs = (Role?.Tags ?? []).some(
      ({ Key, Value }) => Key === OWNER_TAG.Key && Value === OWNER_TAG.Value,
    )
    return { arn: Role?.Arn ?? '', trust: parsed(Role?.AssumeRolePolicyDocument), isOurs }
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

interface NewRole {
  readonly name: string
  /** As `firehose.amazonaws.com`. */
  readonly service: string
  readonly description: string
}

/**
 * Makes a role that nobody may take on, until its account is known, which its ARN tells. One that somebody made in the same
 * moment is taken.
 * @throws CloudError
 */
export async function createRole(
  { name, service, description }: NewRole,
  context: IamContext,
): Promise<FoundRole> {
  const nobody: PolicyDocument = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  }
  const input = {
    RoleName: name,
    AssumeRolePolicyDocument: JSON.stringify(nobody),
    Description: description,
    Tags: [OWNER_TAG],
  }
  try {
    const { Role } = await context.aws.iam.send(new CreateRoleCommand(input), { abortSignal: context.signal })
    return { arn: Role?.Arn ?? '', trust: undefined, isOurs: true }
  } catch (error) {
    const role =
      isAws(error, 'EntityAlreadyExistsException', 'EntityAlreadyExists') && (await findRole(name, context))
    if (role) return role // somebody was faster
    throw error
  }
}

/** What has to be done so that a role is as it is wanted. @throws CloudError */
export async function roleEdits(
  { name, policyName, trust, grants, words }: WantedRole,
  role: FoundRole,
  context: IamContext,
): Promise<readonly Edit[]> {
  const { aws, signal } = context
  const edits: Edit[] = []
  if (!isDeepStrictEqual(role.trust, trust)) {
    const input = { RoleName: name, PolicyDocument: JSON.stringify(trust) }
    const apply = () => aws.iam.send(new UpdateAssumeRolePolicyCommand(input), { abortSignal: signal })
    edits.push({ what: words.trust, apply })
  }
  if (!isDeepStrictEqual(await findGrants({ name, policyName }, context), grants)) {
    const input = { RoleName: name, PolicyName: policyName, PolicyDocument: JSON.stringify(grants) }
    const apply = () => aws.iam.send(new PutRolePolicyCommand(input), { abortSignal: signal })
    edits.push({ what: words.grants, apply })
  }
  return edits
}

async function findGrants(
  { name, policyName }: Pick<WantedRole, 'name' | 'policyName'>,
  { aws, signal }: IamContext,
): Promise<unknown> {
  const input = { RoleName: name, PolicyName: policyName }
  try {
    const { PolicyDocument } = await aws.iam.send(new GetRolePolicyCommand(input), { abortSignal: signal })
    return parsed(PolicyDocument)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** True for IAM's word that there is no such thing. */
export const isMissing = (error: unknown): boolean => isAws(error, 'NoSuchEntityException', 'NoSuchEntity')

/** IAM gives documents back as URLs write them. */
function parsed(document: string | undefined): unknown {
  try {
    return JSON.parse(decodeURIComponent(document ?? ''))
  } catch {
    return undefined
  }
}
