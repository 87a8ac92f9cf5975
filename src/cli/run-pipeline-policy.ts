import { callerPolicy } from '../cloud/permissions.ts'
import type { CommandContext } from './command-context.ts'
import { readEnvironment } from './environment.ts'
import { parsePolicyOptions, requireBucket } from './pipeline-options.ts'

/** Prints an IAM policy for whoever works with pipelines. */
export function runPipelinePolicy(flags: unknown, { variables, stdout }: CommandContext): void {
  const options = parsePolicyOptions(flags)
  const environment = readEnvironment(variables)
  const bucket = requireBucket(options, environment)
  const region = environment.AWS_REGION ?? environment.AWS_DEFAULT_REGION ?? '*'
  const policy = callerPolicy({ partition: partitionOf(region), account: options.account, region, bucket })
  stdout.write(`${JSON.stringify(policy, null, 2)}\n`)
}

/** AWS in China and that of the US government are apart from all other regions. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn'
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'
}
