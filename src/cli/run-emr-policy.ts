import { emrPolicy, emrTrust } from '../cloud/emr/emr-permissions.ts'
import type { CommandContext } from './command-context.ts'
import { ConfigError } from './config-error.ts'
import { parsePolicy } from './emr-options.ts'
import { readEnvironment } from './environment.ts'
import { partitionOf } from './run-pipeline-policy.ts'
import { requireBucket } from './pipeline-options.ts'

/** Names of the roles that the flags of `emr cluster create` take by default. */
export const DEFAULT_ROLES = {
  service: 'ripplerank-emr-service',
  node: 'ripplerank-emr-node',
  schedule: 'ripplerank-emr-schedule',
} as const

/** Prints a policy of what one of the roles may do, or with `--trust` of who may take it on. Calls nobody. */
export function runEmrPolicy(flags: unknown, { variables, stdout }: CommandContext): void {
  const options = parsePolicy(flags)
  const environment = readEnvironment(variables)
  const region = environment.AWS_REGION ?? environment.AWS_DEFAULT_REGION ?? '*'
  const site = {
    partition: partitionOf(region),
    account: options.account,
    region,
    bucket: requireBucket(options, environment),
    secret: options.databaseSecret,
    roles: DEFAULT_ROLES,
  }
  const policy = options.trust ? emrTrust(options.for, site) : emrPolicy(options.for, site)
  if (policy === undefined) throw new ConfigError('--trust is for roles; the caller is somebody already')
  stdout.write(`${JSON.stringify(policy, null, 2)}\n`)
}
