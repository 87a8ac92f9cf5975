import { CloudError } from '../cloud-error.ts'
import { until } from '../until.ts'
import type { EmrContext } from './emr-clients.ts'

/** IAM's changes are known everywhere after some seconds; so long does Terraform wait, too. */
const KNOWN_WITHIN_MS = 120_000
/**
 * How EMR and the Scheduler speak of a role that they do not know yet.
 * @see https://github.com/hashicorp/terraform-provider-aws internal/service/emr/cluster.go, internal/service/scheduler/retry.go
 */
const notKnown =
  /Invalid InstanceProfile|Failed to authorize instance profile|must allow AWS EventBridge Scheduler to assume the role/

/**
 * Makes a call that names a role, again and again while the service does not know the role.
 * @param areRolesNew without it, such an answer is an error at once
 * @throws CloudError
 */
export async function onceKnown<T>(
  call: () => Promise<T>,
  areRolesNew: boolean,
  { signal, pollMs, onStill }: EmrContext,
): Promise<T> {
  if (!areRolesNew) return call()
  const attempt = async (): Promise<{ readonly answer: T } | undefined> => {
    try {
      return { answer: await call() }
    } catch (error) {
      if (error instanceof CloudError && notKnown.test(error.message)) return undefined
      throw error
    }
  }
  const still = (): void => onStill('waiting until the new roles are known')
  const known = await until(attempt, { signal, pollMs, timeoutMs: KNOWN_WITHIN_MS, onStill: still })
  return known === undefined ? call() : known.answer
}
