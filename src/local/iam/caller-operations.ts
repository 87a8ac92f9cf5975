import { AwsError } from '../aws/aws-error.ts'
import type { QueryOperations } from '../aws/query-service.ts'

interface Parts {
  readonly account: string
  /** Actions that nobody is allowed; all others everybody is. */
  readonly refused: () => ReadonlySet<string>
}

/** Who calls, by STS, and what he may do, by IAM's simulator. */
export function callerOperations({ account, refused }: Parts): QueryOperations {
  const user = { Account: account, Arn: `arn:aws:iam::${account}:user/ripplerank`, UserId: 'AIDALOCAL' }
  return {
    GetCallerIdentity: () => user,
    SimulatePrincipalPolicy: (input) => {
      if (refused().has('iam:SimulatePrincipalPolicy'))
        throw new AwsError(
          'AccessDenied',
          `${user.Arn} is not authorized to perform: iam:SimulatePrincipalPolicy`,
          403,
        )
      const actions = membersOf(input, 'ActionNames')
      const resources = membersOf(input, 'ResourceArns')
      const EvaluationResults = actions.flatMap((EvalActionName) =>
        (resources.length === 0 ? ['*'] : resources).map((EvalResourceName) => ({
          EvalActionName,
          EvalResourceName,
          EvalDecision: refused().has(EvalActionName) ? 'implicitDeny' : 'allowed',
        })),
      )
      return { EvaluationResults, IsTruncated: 'false' }
    },
  }
}

/** `ActionNames.member.1`, and so on. */
function membersOf(input: Readonly<Record<string, string>>, name: string): readonly string[] {
  return Object.entries(input).flatMap(([key, value]) => (key.startsWith(`${name}.member.`) ? [value] : []))
}
