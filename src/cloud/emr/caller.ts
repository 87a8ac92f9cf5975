import { ListClustersCommand } from '@aws-sdk/client-emr'
import { paginateSimulatePrincipalPolicy, type ContextEntry } from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import type { PolicyDocument, Statement } from '../role-policy.ts'
import type { EmrContext } from './emr-clients.ts'

/** Whose credentials are used. */
export interface Caller {
  readonly account: string
  readonly arn: string
  /** The user or role whose policies decide; undefined for an account's root, whom none binds. */
  readonly principal: string | undefined
}

/** Asks AWS who calls. @throws CloudError */
export async function whoCalls({ aws, signal }: EmrContext): Promise<Caller> {
  const { Account: account = '', Arn: arn = '' } = await aws.sts.send(new GetCallerIdentityCommand(), {
    abortSignal: signal,
  })
  return { account, arn, principal: principalOf(arn) }
}

/**
 * The user or role behind an ARN of STS. A session's ARN leaves out the path of its role.
 * @example principalOf('arn:aws:sts::123456789012:assumed-role/ops/ann') // 'arn:aws:iam::123456789012:role/ops'
 */
export function principalOf(arn: string): string | undefined {
  const [, partition, account, role] = /^arn:([\w-]+):sts::(\d+):assumed-role\/([^/]+)\//.exec(arn) ?? []
  if (role !== undefined) return `arn:${partition}:iam::${account}:role/${role}`
  return /:user\//.test(arn) ? arn : undefined
}

/**
 * Asks IAM which actions of a policy a principal is not allowed, by all of his own policies; changes nothing.
 * @returns each as `action on resource`
 * @throws CloudError `access_denied` where the caller may not ask
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
export async function refusedActions(
  policy: PolicyDocument,
  principal: string,
  context: EmrContext,
): Promise<readonly string[]> {
  const refused: string[] = []
  for (const statement of policy.Statement) refused.push(...(await refusedOf(statement, principal, context)))
  return refused
}

async function refusedOf(
  { Action, Resource = '*', Condition }: Statement,
  principal: string,
  { aws, signal }: EmrContext,
): Promise<readonly string[]> {
  const ResourceArns = [Resource].flat().map(sampleOf)
  const ActionNames = [Action].flat()
  if (ActionNames.length === 0) return []
  const input = {
    PolicySourceArn: principal,
    ActionNames,
    ResourceArns,
    ContextEntries: entriesOf(Condition),
  }
  const pages = paginateSimulatePrincipalPolicy({ client: aws.iam }, input, { abortSignal: signal })
  const refused: string[] = []
  for await (const { EvaluationResults = [] } of pages) {
    for (const { EvalActionName, EvalDecision, EvalResourceName = '*' } of EvaluationResults)
      if (EvalDecision !== 'allowed') refused.push(`${EvalActionName} on ${EvalResourceName}`)
  }
  return refused
}

/** One place of those that a pattern is for: `.../app/*` is for `.../app/any`. */
const sampleOf = (resource: string): string => (resource === '*' ? '*' : resource.replaceAll('*', 'any'))

function entriesOf(condition: Statement['Condition']): ContextEntry[] {
  return Object.values(condition ?? {}).flatMap((keys) =>
    Object.entries(keys).map(([ContextKeyName, value]): ContextEntry => ({
      ContextKeyName,
      ContextKeyValues: [value.replaceAll('*', '')],
      ContextKeyType: 'string',
    })),
  )
}

/**
 * How far this machine's clock is from AWS's, by the Date of an answer, whose whole seconds are cut off: to half a second and
 * half of the call's time.
 * @returns milliseconds, above 0 where this machine is behind
 * @throws CloudError
 */
export async function clockSkewMs({ aws, signal }: EmrContext): Promise<number> {
  let dateMs = Number.NaN
  aws.emr.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args)
      dateMs = Date.parse(dateOf(result.response))
      return result
    },
    { step: 'deserialize', name: 'noteDate', priority: 'low' },
  )
  try {
    const before = Date.now()
    await aws.emr.send(new ListClustersCommand({ ClusterStates: ['STARTING'] }), { abortSignal: signal })
    return dateMs + 500 - (before + Date.now()) / 2
  } finally {
    aws.emr.middlewareStack.remove('noteDate')
  }
}

function dateOf(response: unknown): string {
  if (typeof response !== 'object' || response === null || !('headers' in response)) return ''
  const { headers } = response
  if (typeof headers !== 'object' || headers === null || !('date' in headers)) return ''
  return String(headers.date)
}
