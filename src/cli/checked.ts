import type { ZodSafeParseResult } from 'zod'

import { ConfigError } from './config-error.ts'

/**
 * What a schema made of flags or variables.
 * @throws ConfigError with one sentence for each that cannot be used
 */
export function checked<Output>(parsed: ZodSafeParseResult<Output>): Output {
  if (parsed.success) return parsed.data
  throw new ConfigError(parsed.error.issues.map((issue) => issue.message))
}
