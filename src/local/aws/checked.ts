import type { z } from 'zod'
import { AwsError } from './aws-error.ts'

/**
 * Checks what a client sent.
 * @param code how the service calls what does not fit
 * @throws AwsError which names each member that does not fit
 */
export function checked<T extends z.ZodType>(
  schema: T,
  input: unknown,
  code = 'ValidationException',
): z.output<T> {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const { issues } = parsed.error
  const told = issues.map(
    ({ path, message }) => `Value at '${path.join('.')}' failed to satisfy constraint: ${message}`,
  )
  const many = `${issues.length} validation error${issues.length === 1 ? '' : 's'} detected`
  throw new AwsError(code, `${many}: ${told.join('; ')}`)
}
