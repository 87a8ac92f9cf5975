import { callerPolicy } from '../cloud/permissions.ts'
import type { CommandContext } from './command-context.ts'
import { ConfigError } from './config-error.ts'
import { readEnvironment } from './environment.ts'
import { bucketOf, parsePolicyOptions } from './pipeline-options.ts'

/** Prints an IAM policy for whoever works with pipelines. */
export function runPipelinePolicy(flags: unknown, { variables, stdout }: CommandContext): void {
  const options = parsePolicyOptions(flags)
  const environment = readEnvironment(variables)
  const bucket = bucketOf(options, environment)
  if (bucket === undefined)
    throw new ConfigError('--bucket is missing; name the S3 bucket, or set RIPPLERANK_BUCKET')
  const region = environment.AWS_REGION ?? environment.AWS_DEFAULT_REGION ?? '*'
  const policy = callerPolicy({ partition: partitionOf(region), account: options.account, region, bucket })
  stdout.write(`${JSON.stringify(policy, null, 2)}\n`)
}

/** AWS in China and that of the US government are apart from all other regions. */
function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn'
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'
}
