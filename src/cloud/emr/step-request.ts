import type { StepConfig } from '@aws-sdk/client-emr'
import { CloudError } from '../cloud-error.ts'

/** What a step scores. */
export interface StepSettings {
  /** The slot's end as the command line takes it, or a schedule's word for the time of its call. */
  readonly slot: string
  readonly inputs: readonly string[]
  /** Further flags of its command, as they stand. */
  readonly flags: readonly string[]
  readonly lake: string
  /** A secret's name or ARN at Secrets Manager; never the secret. */
  readonly databaseSecret: string
  readonly region: string
}

const STEP_PREFIX = 'ripplerank score '
/** AddJobFlowSteps takes 10,280 characters for one argument, and the shell line of all of them 10,240. */
const MOST_CHARACTERS = 10_240

/** The name that tells a slot's steps from all others. */
export const stepName = (slot: string): string => `${STEP_PREFIX}${slot}`

/**
 * The command of a step, as it takes the slot: one slot alone, or all up to it that nobody published, in order. Both are the step
 * of that slot.
 */
const COMMANDS = {
  score: (slot: string) => ['score', '--slot', slot, '--json'],
  schedule: (slot: string) => ['schedule', '--once', '--until', slot],
} as const

/**
 * The step of one slot. It carries names of places, and no secret: whoever may list steps can read it.
 * @param command what it runs: `score`, or `schedule`, which makes up for missed slots first
 * @throws CloudError `refused` where it is longer than EMR takes
 */
export function stepRequest(settings: StepSettings, command: keyof typeof COMMANDS = 'score'): StepConfig {
  const { slot, inputs, flags, lake, databaseSecret, region } = settings
  const variables = {
    AWS_REGION: region,
    RIPPLERANK_LAKE: lake,
    RIPPLERANK_DATABASE_SECRET: databaseSecret,
  }
  const Args = [
    'env',
    ...Object.entries(variables).map(([name, value]) => `${name}=${value}`),
    'sh',
    '-c',
    'exec sh "${RIPPLERANK_HOME:-/opt/ripplerank}/step.sh" "$@"',
    'ripplerank',
    ...COMMANDS[command](slot),
    ...inputs.flatMap((input) => ['--input', input]),
    ...flags,
  ]
  const characters = Args.join(' ').length
  if (characters > MOST_CHARACTERS) {
    const hint = 'Name fewer inputs: a prefix takes all that is below it.'
    throw new CloudError(`the step has ${characters} characters, and EMR takes ${MOST_CHARACTERS}`, {
      code: 'refused',
      hint,
    })
  }
  return {
    Name: stepName(slot),
    ActionOnFailure: 'CONTINUE',
    HadoopJarStep: { Jar: 'command-runner.jar', Args },
  }
}
