import { createHash } from 'node:crypto'
import { z } from 'zod'
import { AwsError } from '../aws/aws-error.ts'
import { checked } from '../aws/checked.ts'
import type { QueryOperations, Xml } from '../aws/query-service.ts'
import { describeRole, type Role } from './role-operations.ts'

/** What hands a role to the machines of EC2; it holds one at most. */
export interface InstanceProfile {
  readonly name: string
  readonly createdAtMs: number
  role: string | undefined
}

const name = (most: number) => z.string().regex(new RegExp(`^[\\w+=,.@-]{1,${most}}$`))
const Named = z.object({ InstanceProfileName: name(128) })
const WithRole = Named.extend({ RoleName: name(64) })
const Attached = z.object({ RoleName: name(64), PolicyArn: z.string().min(20) })
const OneRole = Attached.pick({ RoleName: true })
const invalid = 'ValidationError'

interface Parts {
  readonly roles: ReadonlyMap<string, Role>
  readonly profiles: Map<string, InstanceProfile>
  readonly account: string
  readonly nowMs: () => number
}

/** The operations on instance profiles, and on the policies of others that hang on roles. */
export function profileOperations({ roles, profiles, account, nowMs }: Parts): QueryOperations {
  const found = <T>(kind: string, all: ReadonlyMap<string, T>, key: string): T => {
    const one = all.get(key)
    if (one !== undefined) return one
    throw new AwsError('NoSuchEntity', `The ${kind} with name ${key} cannot be found.`, 404)
  }
  const role = (key: string): Role => found('role', roles, key)
  const describe = ({ name: InstanceProfileName, createdAtMs, role: held }: InstanceProfile): Xml => ({
    Path: '/',
    InstanceProfileName,
    InstanceProfileId: `AIPA${createHash('sha256').update(InstanceProfileName).digest('hex').slice(0, 17).toUpperCase()}`,
    Arn: `arn:aws:iam::${account}:instance-profile/${InstanceProfileName}`,
    CreateDate: new Date(createdAtMs).toISOString(),
    Roles: held === undefined ? [] : [describeRole(role(held))],
  })
  return {
    GetInstanceProfile: (input) => {
      const { InstanceProfileName } = checked(Named, input, invalid)
      return { InstanceProfile: describe(found('instance profile', profiles, InstanceProfileName)) }
    },
    CreateInstanceProfile: (input) => {
      const { InstanceProfileName } = checked(Named, input, invalid)
      if (profiles.has(InstanceProfileName))
        throw new AwsError('EntityAlreadyExists', `${InstanceProfileName} already exists.`, 409)
      const profile = { name: InstanceProfileName, createdAtMs: nowMs(), role: undefined }
      profiles.set(InstanceProfileName, profile)
      return { InstanceProfile: describe(profile) }
    },
    AddRoleToInstanceProfile: (input) => {
      const { InstanceProfileName, RoleName } = checked(WithRole, input, invalid)
      const profile = found('instance profile', profiles, InstanceProfileName)
      if (profile.role !== undefined)
        throw new AwsError(
          'LimitExceeded',
          'Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1',
          409,
        )
      profile.role = role(RoleName).name
      return undefined
    },
    ListAttachedRolePolicies: (input) => {
      const { attached } = role(checked(OneRole, input, invalid).RoleName)
      const AttachedPolicies = [...attached].map((PolicyArn) => ({
        PolicyName: PolicyArn.split('/').at(-1) ?? '',
        PolicyArn,
      }))
      return { AttachedPolicies, IsTruncated: 'false' }
    },
    AttachRolePolicy: (input) => {
      const { RoleName, PolicyArn } = checked(Attached, input, invalid)
      role(RoleName).attached.add(PolicyArn)
      return undefined
    },
  }
}
