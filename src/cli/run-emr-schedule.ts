import { ensureDeadLetters } from '../cloud/emr/dead-letters.ts'
import type { EmrContext } from '../cloud/emr/emr-clients.ts'
import { ensureScheduleRole } from '../cloud/emr/roles.ts'
import { deleteSchedule, putSchedule, scheduleStatus, type ScheduleStatus } from '../cloud/emr/schedule.ts'
import type { CommandContext } from './command-context.ts'
import { ConfigError } from './config-error.ts'
import { clusterIdOf, withEmr } from './emr-context.ts'
import { parseSchedule, parseWhich, type ScheduleOptions } from './emr-options.ts'
import { DEFAULT_ROLES, emrSite } from './emr-site.ts'
import { workOf } from './emr-work.ts'
import { readEnvironment } from './environment.ts'

/** Lets the Scheduler add a step at each quarter hour. */
export async function runScheduleCreate(flags: unknown, context: CommandContext): Promise<void> {
  const options = parseSchedule(flags)
  const { name, window = [], catchUp } = options
  const further = [...flagOf('--window', window), ...flagOf('--catch-up', catchUp ?? [])]
  const act = async (emr: EmrContext): Promise<string> => {
    const work = workOf(options, further, context, emr)
    const clusterId = await clusterIdOf(options, context, emr)
    const { roleArn, deadLetterArn, isRoleNew, changes } = await partsOf(options, context, emr)
    const isNew = await putSchedule({ ...work, name, clusterId, roleArn, deadLetterArn }, emr, isRoleNew)
    if (options.json)
      return document({
        name,
        cluster: clusterId,
        new: isNew,
        role: roleArn,
        dead_letter_queue: deadLetterArn ?? null,
        changes,
      })
    const told = changes.map((change) => `Done: ${change}\n`).join('')
    return `${told}Each quarter hour adds a step to ${clusterId}${isNew ? '' : ' from now on'}.\n`
  }
  await withEmr({ stage: `schedule ${name}`, act }, context)
}

const flagOf = (name: string, values: string | readonly string[]): readonly string[] => {
  const all = [values].flat()
  return all.length === 0 ? [] : [name, ...all]
}

interface ScheduleParts {
  readonly roleArn: string
  readonly deadLetterArn: string | undefined
  readonly isRoleNew: boolean
  /** What was made or mended. */
  readonly changes: readonly string[]
}

/** The role and the queue that flags name, or with `--create-roles` those that are made. */
async function partsOf(
  { name, role, deadLetterQueue, createRoles, scheduleRole }: ScheduleOptions,
  { variables }: CommandContext,
  emr: EmrContext,
): Promise<ScheduleParts> {
  if (!createRoles) {
    if (role === undefined)
      throw new ConfigError('--role is missing; name the ARN of a role, or have one made by --create-roles')
    return { roleArn: role, deadLetterArn: deadLetterQueue, isRoleNew: false, changes: [] }
  }
  const site = emrSite(
    { bucket: '', roles: { schedule: scheduleRole ?? DEFAULT_ROLES.schedule } },
    readEnvironment(variables),
    emr.aws.region,
  )
  const made =
    role === undefined ? await ensureScheduleRole({ site, isDryRun: false }, emr) : { arn: role, changes: [] }
  const queue =
    deadLetterQueue === undefined
      ? await ensureDeadLetters(name, emr)
      : { arn: deadLetterQueue, isNew: false }
  return {
    roleArn: made.arn ?? '',
    deadLetterArn: queue.arn,
    isRoleNew: made.changes.length > 0,
    changes: [...made.changes, ...(queue.isNew ? [`make the queue ${queue.arn}`] : [])],
  }
}

/** Prints what there is of a schedule. */
export async function runScheduleStatus(flags: unknown, context: CommandContext): Promise<void> {
  const { name, json } = parseWhich(flags)
  const act = async (emr: EmrContext): Promise<string> => {
    const found = await scheduleStatus(name, emr)
    if (json) return document(found ? { ...found } : { name, state: 'none' })
    return found === undefined ? `There is no schedule ${name}.\n` : statusText(found)
  }
  await withEmr({ stage: 'look', act }, context)
}

function statusText({ name, state, expression, clusterId, deadLetters }: ScheduleStatus): string {
  const letters =
    deadLetters === undefined || deadLetters === 0
      ? ''
      : `${deadLetters} calls wait in its dead-letter queue: EMR did not take them.\n`
  return `Schedule ${name} is ${state}: ${expression} UTC on ${clusterId}\n${letters}`
}

/** Deletes a schedule; steps that were added stay, and its role and queue. */
export async function runScheduleDelete(flags: unknown, context: CommandContext): Promise<void> {
  const { name, json } = parseWhich(flags)
  const act = async (emr: EmrContext): Promise<string> => {
    const wasThere = await deleteSchedule(name, emr)
    if (json) return document({ name, deleted: wasThere })
    return wasThere ? `Deleted the schedule ${name}.\n` : `There is no schedule ${name}; nothing to do.\n`
  }
  await withEmr({ stage: 'delete', act }, context)
}

const document = (content: object): string => `${JSON.stringify(content)}\n`
