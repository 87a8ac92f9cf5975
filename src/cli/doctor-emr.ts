import { isClosed, isEncrypted } from '../cloud/bucket-state.ts'
import { CloudError } from '../cloud/cloud-error.ts'
import { bucketLifecycle } from '../cloud/emr/bucket-lifecycle.ts'
import { clockSkewMs, refusedActions, whoCalls, type Caller } from '../cloud/emr/caller.ts'
import { findCluster } from '../cloud/emr/cluster.ts'
import { databaseUrlFromSecret } from '../cloud/emr/database-secret.ts'
import { deploy } from '../cloud/emr/deploy.ts'
import type { EmrContext } from '../cloud/emr/emr-clients.ts'
import { emrPolicy, type AssumedRole } from '../cloud/emr/emr-policy.ts'
import { rolesOfProfile } from '../cloud/emr/roles.ts'
import { scheduleStatus } from '../cloud/emr/schedule.ts'
import { findRole } from '../cloud/iam-role.ts'
import { awsAccess } from './aws-access.ts'
import { clocksAgree, Missing, Unknown, type Check } from './doctor-check.ts'
import { someOf } from './doctor-services.ts'
import { releaseOfBuild } from './emr-files.ts'
import { DEFAULT_ROLES, emrSite } from './emr-site.ts'
import type { Environment } from './environment.ts'

interface EmrChecks {
  readonly environment: Environment
  readonly bucket: string | undefined
  readonly emr: EmrContext
}

/** What `emr` needs: each thing is looked at, each permission asked for, and nothing changed. */
export function emrChecks(input: EmrChecks): readonly Check[] {
  const { environment, emr } = input
  const secret = environment.RIPPLERANK_DATABASE_SECRET
  return [
    ...callerChecks(input),
    {
      name: 'clusters',
      look: async () => {
        const found = await findCluster('main', emr)
        return found === undefined ? 'may be listed; none is called main' : `${found.id} is ${found.state}`
      },
    },
    {
      name: 'schedules',
      look: async () => {
        const found = await scheduleStatus('main', emr)
        if (found === undefined) return 'may be looked at; none is called main'
        return `main is ${found.state}, ${found.deadLetters ?? 'an unknown number of'} dead letters`
      },
    },
    ...roleChecks(emr),
    { name: 'build', look: async () => `release ${(await release()).id}` },
    ...bucketChecks(input),
    {
      name: 'database secret',
      look: async () => {
        if (secret === undefined) throw new Missing('nobody names it', 'Set RIPPLERANK_DATABASE_SECRET.')
        await databaseUrlFromSecret(secret, awsAccess(environment), emr.signal)
        return `${secret} names a database`
      },
    },
  ]
}

const release = () => releaseOfBuild({ architecture: 'x64' })

function callerChecks({ environment, bucket = '*', emr }: EmrChecks): readonly Check[] {
  let asked: Promise<Caller> | undefined
  const caller = (): Promise<Caller> => (asked ??= whoCalls(emr))
  const permissions = async (): Promise<string> => {
    const { principal, account } = await caller()
    if (principal === undefined) return 'all, as the root of the account; use another user'
    const policy = emrPolicy('caller', emrSite({ bucket, account }, environment, emr.aws.region))
    const refused = await refusedActions(policy, principal, emr).catch((error: unknown) => {
      if (!(error instanceof CloudError) || error.code !== 'access_denied') throw error
      throw new Unknown(
        'the caller may not ask IAM',
        'Allow it iam:SimulatePrincipalPolicy, which doctor alone uses.',
      )
    })
    if (refused.length === 0) return `all that \`emr policy --for caller\` prints, to ${principal}`
    throw new Missing(`not ${someOf(refused)}`, '`ripplerank emr policy --for caller` prints what is needed.')
  }
  return [
    { name: 'caller', look: async () => (await caller()).arn },
    { name: 'clock', look: async () => clocksAgree('AWS’s', await clockSkewMs(emr)) },
    { name: 'permissions', look: permissions },
  ]
}

function roleChecks(emr: EmrContext): readonly Check[] {
  const look = async (role: AssumedRole): Promise<string> => {
    const name = DEFAULT_ROLES[role]
    const found = await findRole(name, emr)
    const command = role === 'schedule' ? 'emr schedule create' : 'emr cluster create'
    const hint = `\`ripplerank ${command} --create-roles\` makes it; see docs/operations.md for making it by hand.`
    if (found === undefined) throw new Missing(`there is no ${name}`, hint)
    if (role === 'node' && (await rolesOfProfile(name, emr)) === undefined)
      throw new Missing(`there is no instance profile ${name}`, hint)
    return found.arn
  }
  return (['service', 'node', 'schedule'] as const).map((role) => ({
    name: `${role} role`,
    look: () => look(role),
  }))
}

const FORGETTING =
  'Suspend versioning, or let a lifecycle rule end noncurrent versions: what `forget` deletes would stay.'

function bucketChecks({ bucket, emr }: EmrChecks): readonly Check[] {
  const named = (): string => {
    if (bucket !== undefined) return bucket
    throw new Missing('nobody names it', 'Set RIPPLERANK_BUCKET, or --bucket.')
  }
  const uploaded = async (): Promise<string> => {
    const done = await deploy({ bucket: named(), release: await release(), isDryRun: true }, emr)
    return done.uploaded.length === 0 ? `${bucket} has the release` : `${bucket} may be read`
  }
  const closed = async (): Promise<string> => {
    if (await isClosed(named(), emr)) return 'to the public'
    throw new Missing('open to the public', 'Block public access; `ripplerank pipeline create` does it.')
  }
  const encrypted = async (): Promise<string> => {
    if (await isEncrypted(named(), emr)) return 'by default'
    throw new Missing('not by default', 'Set its encryption; `ripplerank pipeline create` does it.')
  }
  const lifecycle = async (): Promise<string> => {
    const { harmful, keepsDeleted } = await bucketLifecycle(named(), emr)
    if (harmful.length > 0)
      throw new Missing(
        `rules delete what is needed: ${harmful.join(', ')}`,
        'Let none expire what is below silver/ or app/; `ripplerank lake prune` does.',
      )
    if (keepsDeleted) throw new Missing('versions of what was deleted stay', FORGETTING)
    return 'nothing needed is deleted, nothing deleted stays'
  }
  return [
    { name: 'bucket', look: uploaded },
    { name: 'bucket closed', look: closed },
    { name: 'bucket encrypted', look: encrypted },
    { name: 'bucket lifecycle', look: lifecycle },
  ]
}
