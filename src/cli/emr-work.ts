import type { EmrContext } from '../cloud/emr/emr-clients.ts'
import type { StepSettings } from '../cloud/emr/step-request.ts'
import type { CommandContext } from './command-context.ts'
import { ConfigError } from './config-error.ts'
import type { WorkOptions } from './emr-options.ts'
import { readEnvironment } from './environment.ts'

/** What a step does, by flags and variables. @param flags further ones of its command @throws ConfigError */
export function workOf(
  options: WorkOptions,
  flags: readonly string[],
  { variables }: CommandContext,
  { aws }: EmrContext,
): Omit<StepSettings, 'slot'> {
  const environment = readEnvironment(variables)
  const lake = options.lake ?? environment.RIPPLERANK_LAKE
  const databaseSecret = options.databaseSecret ?? environment.RIPPLERANK_DATABASE_SECRET
  if (lake === undefined)
    throw new ConfigError('--lake is missing; name s3://bucket/silver, or set RIPPLERANK_LAKE')
  if (databaseSecret === undefined)
    throw new ConfigError('--database-secret is missing; name the secret, or set RIPPLERANK_DATABASE_SECRET')
  const term = options.term === undefined ? [] : ['--term', options.term]
  return { inputs: options.input, flags: [...flags, ...term], lake, databaseSecret, region: aws.region }
}
