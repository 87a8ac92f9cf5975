import { DeleteRoleCommand, DeleteRolePolicyCommand } from '@aws-sdk/client-iam'
import { CloudError, isAws } from './cloud-error.ts'
import { createRole, findRole, isMissing, onlySaid, roleEdits } from './iam-role.ts'
import { placesOf, roleGrants, roleTrust } from './role-policy.ts'
import { applyEdits, type Edit, type PartReport, type PipelineContext } from './pipeline.ts'
import { roleName } from './pipeline-name.ts'

const POLICY_NAME = 'deliver-to-s3'
const WORDS = { trust: 'let Firehose take it on', grants: 'allow what delivery needs' } as const

interface EnsuredRole {
  readonly report: PartReport
  /** Undefined where it would have to be made first. */
  readonly arn: string | undefined
}

/** Makes or mends the role that Firehose takes on: it may write to the pipeline's folders and its log, and nothing else. */
export async function ensureRole(bucket: string, context: PipelineContext): Promise<EnsuredRole> {
  const name = roleName(context.name, context.aws.region)
  const found = await findRole(name, context)
  if (context.isDryRun && found === undefined) {
    const edits = ['create', WORDS.trust, WORDS.grants].map(onlySaid)
    return { report: await applyEdits({ part: 'role', place: name }, edits, context), arn: undefined }
  }
  const service = 'firehose.amazonaws.com'
  const description = 'Lets Firehose deliver the tweets of one search term to S3.'
  const role = found ?? (await createRole({ name, service, description }, context))
  const created: readonly Edit[] = found === undefined ? [onlySaid('create')] : []
  const places = placesOf({ roleArn: role.arn, region: context.aws.region, bucket, name: context.name })
  const wanted = { trust: roleTrust(places), grants: roleGrants(places), policyName: POLICY_NAME }
  const edits = [...created, ...(await roleEdits({ name, ...wanted, words: WORDS }, role, context))]
  return { report: await applyEdits({ part: 'role', place: name }, edits, context), arn: role.arn }
}

/** Deletes the role with what it allows. */
export async function deleteRole(context: PipelineContext): Promise<PartReport> {
  const { aws, signal } = context
  const name = roleName(context.name, aws.region)
  const input = { RoleName: name, PolicyName: POLICY_NAME }
  const apply = async (): Promise<void> => {
    try {
      await unlessMissing(aws.iam.send(new DeleteRolePolicyCommand(input), { abortSignal: signal }))
      await unlessMissing(aws.iam.send(new DeleteRoleCommand({ RoleName: name }), { abortSignal: signal }))
    } catch (error) {
      if (!isAws(error, 'DeleteConflictException', 'DeleteConflict')) throw error
      const hint = 'Somebody gave it more than Ripplerank did: take that away, then delete again.'
      throw new CloudError(`the role ${name} has policies of others`, {
        code: 'conflict',
        hint,
        cause: error,
      })
    }
  }
  const isThere = (await findRole(name, context)) !== undefined
  return applyEdits({ part: 'role', place: name }, isThere ? [{ what: 'delete', apply }] : [], context)
}

async function unlessMissing(call: Promise<unknown>): Promise<void> {
  await call.catch((error: unknown) => {
    if (!isMissing(error)) throw error
  })
}
