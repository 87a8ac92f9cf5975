import { inspectDatabase, type DatabaseState, type DatabaseUse } from '../store/inspect.ts'
import { clocksAgree, Missing, type Check } from './doctor-check.ts'
import { databaseAccess } from './database-access.ts'
import type { Environment } from './environment.ts'
import { hasMySqlDriver, lakeBeside, openSpark } from './services.ts'

const SPARK_VERSIONS = ['3.5', '4.0', '4.1', '4.2']

interface ServiceChecks {
  readonly environment: Environment
  readonly use: DatabaseUse
  readonly signal: AbortSignal
}

/** The services that variables name. */
export function serviceChecks({ environment, use, signal }: ServiceChecks): readonly Check[] {
  const { SPARK_REMOTE, DATABASE_URL } = environment
  return [
    ...(SPARK_REMOTE === undefined ? [] : sparkChecks(SPARK_REMOTE, environment, signal)),
    ...(DATABASE_URL === undefined ? [] : databaseChecks(DATABASE_URL, { environment, use, signal })),
  ]
}

function sparkChecks(
  remote: string,
  { RIPPLERANK_LAKE }: Environment,
  signal: AbortSignal,
): readonly Check[] {
  const look = async (): Promise<string> => {
    await using session = await openSpark(remote, signal)
    const version = await session.version()
    const [row] = await session.sql('SELECT current_timezone() AS zone').collect({ signal })
    const zone = String(row?.['zone'])
    const found = `Spark ${version}, time zone ${zone}`
    if (!SPARK_VERSIONS.some((known) => version.startsWith(`${known}.`)))
      throw new Missing(found, `Run one of ${SPARK_VERSIONS.join(', ')}.`)
    if (zone !== 'UTC') throw new Missing(found, 'Let the server set spark.sql.session.timeZone to UTC.')
    if (await hasMySqlDriver(session, signal)) return `${found}, with the MySQL driver`
    throw new Missing(
      `${found}, without the MySQL driver`,
      'Let the session take jars, or add Connector/J to it.',
    )
  }
  const lake = async (): Promise<string> => RIPPLERANK_LAKE ?? lakeBeside(remote)
  return [
    { name: 'SPARK_REMOTE', look },
    { name: 'lake', look: lake },
  ]
}

function databaseChecks(url: string, { environment, use, signal }: ServiceChecks): readonly Check[] {
  let asked: Promise<DatabaseState> | undefined
  const state = (): Promise<DatabaseState> =>
    (asked ??= inspectDatabase({ url, signal, ...databaseAccess(environment) }, use))
  const isThere = async (): Promise<string> => {
    const { version, isSupported, timeZone, cipher } = await state()
    const found = `${version}, ${cipher === '' ? 'without TLS' : cipher}, time zone ${timeZone}, ours are in UTC`
    if (isSupported) return found
    throw new Missing(found, 'Run MySQL from 8.0 or MariaDB from 10.11.')
  }
  const tables = async (): Promise<string> => {
    const { pending } = await stateOr(state)
    if (pending.length === 0) return 'up to date'
    throw new Missing(`${pending.join(', ')} to come`, 'Run `ripplerank store migrate`.')
  }
  const rights = async (): Promise<string> => {
    const { refused, pending } = await stateOr(state)
    if (pending.length > 0) throw new Missing('not known before the tables are there', 'See above.')
    if (refused.length === 0) return use === 'writer' ? 'enough for a run' : 'enough for the dashboard'
    const hint = `Let an administrator run what \`ripplerank store grants --${use} <user>\` prints.`
    throw new Missing(`without ${someOf(refused)}`, hint)
  }
  return [
    { name: 'DATABASE_URL', look: isThere },
    {
      name: 'its clock',
      look: async () => clocksAgree('the database’s', (await stateOr(state)).clockSkewMs),
    },
    { name: 'its tables', look: tables },
    { name: 'its rights', look: rights },
  ]
}

/** Where the database does not answer, one line says why, and the others that they depend on it. */
async function stateOr(state: () => Promise<DatabaseState>): Promise<DatabaseState> {
  try {
    return await state()
  } catch {
    throw new Missing('not known, as the database cannot be used', 'See DATABASE_URL.')
  }
}

const MOST_NAMED = 5

/** @example someOf(['a', 'b']) // 'a, b' */
export function someOf(all: readonly string[]): string {
  const rest = all.length - MOST_NAMED
  return `${all.slice(0, MOST_NAMED).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}
