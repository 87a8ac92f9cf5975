import { createHash } from 'node:crypto'
import { z } from 'zod'
import { AwsError } from '../aws/aws-error.ts'
import { checked as checkedBy } from '../aws/checked.ts'
import type { QueryOperations, Xml } from '../aws/query-service.ts'

/** A role and what hangs on it; documents are JSON. */
export interface Role {
  readonly name: string
  readonly arn: string
  readonly createdAtMs: number
  readonly description: string | undefined
  readonly policies: Map<string, string>
  /** ARNs of policies of others. */
  readonly attached: Set<string>
  readonly tags: Map<string, string>
  trust: string
}

const name = (most: number) => z.string().regex(new RegExp(`^[\\w+=,.@-]{1,${most}}$`))
const policyDocument = z.string().refine(isJson)
const Named = z.object({ RoleName: name(64) })
const Policy = Named.extend({ PolicyName: name(128) })
const requests = {
  create: Named.extend({
    AssumeRolePolicyDocument: policyDocument,
    Description: z.string().max(1000).optional(),
  }),
  trust: Named.extend({ PolicyDocument: policyDocument }),
  put: Policy.extend({ PolicyDocument: policyDocument }),
}
// Unlike other services' tags, without a percent sign.
const TagText = z
  .string()
  .max(256)
  .regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u)

type Input = Readonly<Record<string, string>>
interface Account {
  readonly account: string
  readonly nowMs: () => number
}

/** The operations on roles and their inline policies. */
export function roleOperations(roles: Map<string, Role>, { account, nowMs }: Account): QueryOperations {
  const find = (roleName: string): Role => {
    const role = roles.get(roleName)
    if (role !== undefined) return role
    throw new AwsError('NoSuchEntity', `The role with name ${roleName} cannot be found.`, 404)
  }
  return {
    ...policyOperations(find),
    GetRole: (input) => ({ Role: describeRole(find(checked(Named, input).RoleName)) }),
    CreateRole: (input) => {
      const { RoleName, AssumeRolePolicyDocument: trust, Description } = checked(requests.create, input)
      if (roles.has(RoleName))
        throw new AwsError('EntityAlreadyExists', `Role with name ${RoleName} already exists.`, 409)
      const role: Role = {
        name: RoleName,
        arn: `arn:aws:iam::${account}:role/${RoleName}`,
        createdAtMs: nowMs(),
        description: Description,
        policies: new Map(),
        attached: new Set(),
        tags: new Map(tagsOf(input)),
        trust,
      }
      roles.set(RoleName, role)
      return { Role: describeRole(role) }
    },
    UpdateAssumeRolePolicy: (input) => {
      const { RoleName, PolicyDocument } = checked(requests.trust, input)
      find(RoleName).trust = PolicyDocument
      return undefined
    },
    TagRole: (input) => {
      const { tags } = find(checked(Named, input).RoleName)
      for (const [key, value] of tagsOf(input)) tags.set(key, value)
      return undefined
    },
    DeleteRole: (input) => {
      const { RoleName } = checked(Named, input)
      const { policies, attached } = find(RoleName)
      if (policies.size > 0 || attached.size > 0)
        throw new AwsError('DeleteConflict', 'Cannot delete entity, must delete policies first.', 409)
      roles.delete(RoleName)
      return undefined
    },
  }
}

function policyOperations(find: (roleName: string) => Role): QueryOperations {
  const policyOf = (input: Input) => {
    const { RoleName, PolicyName } = checked(Policy, input)
    const { policies } = find(RoleName)
    const document = policies.get(PolicyName)
    if (document === undefined)
      throw new AwsError('NoSuchEntity', `The role policy with name ${PolicyName} cannot be found.`, 404)
    return { RoleName, PolicyName, document, policies }
  }
  return {
    PutRolePolicy: (input) => {
      const { RoleName, PolicyName, PolicyDocument } = checked(requests.put, input)
      find(RoleName).policies.set(PolicyName, PolicyDocument)
      return undefined
    },
    GetRolePolicy: (input) => {
      const { RoleName, PolicyName, document } = policyOf(input)
      return { RoleName, PolicyName, PolicyDocument: encodeURIComponent(document) }
    },
    DeleteRolePolicy: (input) => {
      const { PolicyName, policies } = policyOf(input)
      policies.delete(PolicyName)
      return undefined
    },
  }
}

/** A role as IAM tells of it. */
export function describeRole({ name: RoleName, arn, createdAtMs, description, tags, trust }: Role): Xml {
  return {
    Path: '/',
    RoleName,
    RoleId: `AROA${createHash('sha256').update(RoleName).digest('hex').slice(0, 17).toUpperCase()}`,
    Arn: arn,
    CreateDate: new Date(createdAtMs).toISOString(),
    AssumeRolePolicyDocument: encodeURIComponent(trust),
    Description: description,
    Tags: [...tags].map(([Key, Value]) => ({ Key, Value })),
  }
}

/** `Tags.member.1.Key` and `Tags.member.1.Value`, and so on. */
function tagsOf(input: Input): readonly (readonly [string, string])[] {
  const tags: (readonly [string, string])[] = []
  for (let i = 1; input[`Tags.member.${i}.Key`] !== undefined; i += 1) {
    tags.push([
      checked(TagText, input[`Tags.member.${i}.Key`]),
      checked(TagText, input[`Tags.member.${i}.Value`]),
    ])
  }
  return tags
}

const checked = <T extends z.ZodType>(schema: T, input: unknown): z.output<T> =>
  checkedBy(schema, input, 'ValidationError')

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
