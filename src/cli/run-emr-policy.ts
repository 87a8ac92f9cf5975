import { emrPolicy, emrTrust, isAssumed } from '../cloud/emr/emr-policy.ts'
import type { CommandContext } from './command-context.ts'
import { ConfigError } from './config-error.ts'
import { parsePolicy } from './emr-options.ts'
import { emrSite } from './emr-site.ts'
import { readEnvironment } from './environment.ts'
import { requireBucket } from './pipeline-options.ts'

/** Prints a policy of what one of the roles may do, or with `--trust` of who may take it on. Calls nobody. */
export function runEmrPolicy(flags: unknown, { variables, stdout }: CommandContext): void {
  const options = parsePolicy(flags)
  const environment = readEnvironment(variables)
  const site = emrSite({ ...options, bucket: requireBucket(options, environment) }, environment)
  const { for: role, trust } = options
  if (trust && !isAssumed(role)) throw new ConfigError('--trust is for roles; the caller is somebody already')
  const policy = trust && isAssumed(role) ? emrTrust(role, site) : emrPolicy(role, site)
  stdout.write(`${JSON.stringify(policy, null, 2)}\n`)
}
