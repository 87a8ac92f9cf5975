import { LOCAL_ACCOUNT } from './account.ts'
import { startHttpServer } from './aws/http-server.ts'
import { queryService } from './aws/query-service.ts'
import type { Clock } from './clock.ts'
import { callerOperations } from './iam/caller-operations.ts'
import { profileOperations, type InstanceProfile } from './iam/profile-operations.ts'
import { roleOperations, type Role } from './iam/role-operations.ts'

/** An IAM and STS on loopback that know roles, their policies, instance profiles and one user. They are in memory and end with it. */
export type LocalIam = AsyncDisposable & {
  /** `http://127.0.0.1:PORT`, for AWS_ENDPOINT_URL_IAM and AWS_ENDPOINT_URL_STS. */
  readonly endpoint: string
  /** For a local Firehose, which asks before it makes a stream. */
  readonly isRoleAssumable: (arn: string) => boolean
  /** For a local EMR, which asks before it makes a cluster. */
  readonly isProfileUsable: (name: string) => boolean
  /** Lets IAM's simulator say from now on that these actions are not allowed. */
  readonly refuse: (...actions: readonly string[]) => void
}

/**
 * Starts an IAM of roles. Nothing is allowed or forbidden by it; signatures are not checked.
 * @example await using iam = await startIam({ clock: systemClock })
 */
export async function startIam({ clock }: { readonly clock: Clock }): Promise<LocalIam> {
  const roles = new Map<string, Role>()
  const profiles = new Map<string, InstanceProfile>()
  let refused: ReadonlySet<string> = new Set()
  const common = { account: LOCAL_ACCOUNT, nowMs: clock.nowMs }
  const operations = {
    ...roleOperations(roles, common),
    ...profileOperations({ roles, profiles, ...common }),
    ...callerOperations({ account: LOCAL_ACCOUNT, refused: () => refused }),
  }
  const server = await startHttpServer(
    queryService({ namespace: 'https://iam.amazonaws.com/doc/2010-05-08/', operations }),
  )
  return {
    ...server,
    isRoleAssumable: (arn) => [...roles.values()].some((role) => role.arn === arn),
    refuse: (...actions) => void (refused = new Set(actions)),
    isProfileUsable: (name) => profiles.get(name)?.role !== undefined,
  }
}
