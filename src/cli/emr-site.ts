import type { EmrSite } from '../cloud/emr/emr-policy.ts'
import type { Environment } from './environment.ts'
import { partitionOf } from './run-pipeline-policy.ts'

/** Names of the roles that the flags of `emr ...` take by default. */
export const DEFAULT_ROLES = {
  service: 'ripplerank-emr-service',
  node: 'ripplerank-emr-node',
  schedule: 'ripplerank-emr-schedule',
} as const

const DEFAULT_SECRET = 'ripplerank/database'

interface SiteFlags {
  readonly bucket: string
  readonly databaseSecret?: string | undefined
  readonly databaseUser?: string | undefined
  readonly account?: string
  readonly roles?: Partial<EmrSite['roles']>
}

/** What policies of roles are about, by the flags and variables. @param region default: that of the variables, else any */
export function emrSite(
  { bucket, databaseSecret, databaseUser, account = '*', roles = {} }: SiteFlags,
  environment: Environment,
  region = environment.AWS_REGION ?? environment.AWS_DEFAULT_REGION ?? '*',
): EmrSite {
  return {
    partition: partitionOf(region),
    account,
    region,
    bucket,
    secret: secretName(databaseSecret ?? environment.RIPPLERANK_DATABASE_SECRET ?? DEFAULT_SECRET),
    databaseUser,
    roles: { ...DEFAULT_ROLES, ...roles },
  }
}

/** A secret is given by its name or its ARN, which ends with six characters that AWS adds. */
function secretName(given: string): string {
  return given.replace(/^arn:[\w-]+:secretsmanager:[^:]*:[^:]*:secret:(.+)-\w{6}$/, '$1')
}
