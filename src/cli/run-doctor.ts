import { z } from 'zod'

import { openEmr } from '../cloud/emr/emr-clients.ts'
import { awsAccess } from './aws-access.ts'
import { checked } from './checked.ts'
import type { CommandContext } from './command-context.ts'
import { ConfigError } from './config-error.ts'
import { Unknown, type Check } from './doctor-check.ts'
import { emrChecks } from './doctor-emr.ts'
import { dockerChecks, localChecks } from './doctor-machine.ts'
import { serviceChecks } from './doctor-services.ts'
import { readEnvironment, type Environment } from './environment.ts'
import { bucketName, bucketOf } from './pipeline-options.ts'

const schema = z.object({
  local: z.boolean().default(false),
  docker: z.boolean().default(false),
  emr: z.boolean().default(false),
  reader: z.boolean().default(false),
  bucket: bucketName,
  json: z.boolean().default(false),
})

/** What became of a check. */
interface Finding {
  readonly name: string
  readonly ok: boolean
  /** Unknown is not well either. */
  readonly state: 'ok' | 'missing' | 'unknown'
  readonly found: string
  /** The way out; empty where all is well. */
  readonly mend: string
}

/**
 * Looks at all that is asked for and prints a line for each.
 * @throws ConfigError where something is not as it has to be
 */
export async function runDoctor(flags: unknown, context: CommandContext): Promise<void> {
  const options = checked(schema.safeParse(flags))
  const environment = readEnvironment(context.variables)
  const use = options.reader ? 'reader' : 'writer'
  const isLocal = options.local || !(options.docker || options.emr)
  const findings = [
    ...(await look(isLocal ? localChecks(environment) : [])),
    ...(await look(options.docker ? dockerChecks(environment) : [])),
    ...(options.emr ? await lookAtEmr(bucketOf(options, environment), environment, context) : []),
    ...(await look(serviceChecks({ environment, use, signal: context.signal }))),
  ]
  const isWell = findings.every(({ ok }) => ok)
  context.stdout.write(
    options.json ? `${JSON.stringify({ ok: isWell, findings })}\n` : findings.map(lineOf).join(''),
  )
  const wrong = findings.filter(({ ok }) => !ok).map(({ name }) => name)
  if (!isWell) throw new ConfigError(`not as it has to be: ${wrong.join(', ')}`)
}

async function lookAtEmr(
  bucket: string | undefined,
  environment: Environment,
  { signal }: CommandContext,
): Promise<readonly Finding[]> {
  try {
    using aws = await openEmr(awsAccess(environment))
    const emr = { aws, signal, pollMs: 1_000, onStill: () => {} }
    return [
      well('credentials', `there are some, for ${aws.region}`),
      ...(await look(emrChecks({ environment, bucket, emr }))),
    ]
  } catch (error) {
    return [failed('credentials', error)]
  }
}

/** All at once: none changes anything, and where nobody answers each waits for some seconds. */
const look = (checks: readonly Check[]): Promise<readonly Finding[]> =>
  Promise.all(
    checks.map(({ name, look: lookAt }) =>
      lookAt().then(
        (found) => well(name, found),
        (error: unknown) => failed(name, error),
      ),
    ),
  )

const well = (name: string, found: string): Finding => ({ name, ok: true, state: 'ok', found, mend: '' })

function failed(name: string, error: unknown): Finding {
  const found = error instanceof Error ? error.message : String(error)
  const mend = error instanceof Error && 'hint' in error && typeof error.hint === 'string' ? error.hint : ''
  return { name, ok: false, state: error instanceof Unknown ? 'unknown' : 'missing', found, mend }
}

const NAME_WIDTH = 16
const STATE_WIDTH = 7

const lineOf = ({ name, state, found, mend }: Finding): string =>
  `${state.padEnd(STATE_WIDTH)} ${name.padEnd(NAME_WIDTH)} ${found}${mend === '' ? '' : `. ${mend}`}\n`
