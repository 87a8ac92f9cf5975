import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { findCluster } from '../cloud/emr/cluster.ts'
import { databaseUrlFromSecret } from '../cloud/emr/database-secret.ts'
import { deploy } from '../cloud/emr/deploy.ts'
import type { EmrContext } from '../cloud/emr/emr-clients.ts'
import { scheduleStatus } from '../cloud/emr/schedule.ts'
import { freePort } from '../local/free-port.ts'
import { localPaths, projectRoot } from '../local/paths.ts'
import { openStore } from '../store/store.ts'
import { awsAccess } from './aws-access.ts'
import { releaseOfBuild } from './emr-files.ts'
import type { Environment } from './environment.ts'
import { openSpark } from './services.ts'

/** One thing that has to be so. */
export interface Check {
  readonly name: string
  /** Says what was found. @throws Error whose message and hint say how to mend it */
  readonly look: () => Promise<string>
}

/** What is not as it has to be, and the way out. */
class Missing extends Error {
  readonly hint: string
  constructor(message: string, hint: string) {
    super(message)
    this.hint = hint
  }
}

const LEAST_NODE = 22
const LEAST_JAVA = 17
const LEAST_GIBIBYTES = 2
const GIBIBYTE = 2 ** 30
const MOST_SKEW_MS = 60_000
const TOOL_TIMEOUT_MS = 20_000
const run = promisify(execFile)

/** What running on this machine needs. */
export function localChecks({ all }: Environment): readonly Check[] {
  const java = all['JAVA_HOME'] ? join(all['JAVA_HOME'], 'bin', 'java') : 'java'
  return [
    { name: 'Node', look: async () => atLeast('Node', process.versions.node, LEAST_NODE) },
    {
      name: 'Java',
      look: async () => {
        const { stderr } = await tool(java, ['-version'], all, 'Install a JDK 17 or later, or set JAVA_HOME.')
        return atLeast('Java', /"([^"]+)"/.exec(stderr)?.[1] ?? '0', LEAST_JAVA)
      },
    },
    {
      name: 'Maven',
      look: async () => {
        const { stdout } = await tool(
          'mvn',
          ['-version'],
          all,
          'Install Maven; Spark and MariaDB come by it.',
        )
        return firstLine(stdout)
      },
    },
    {
      name: 'Spark’s jars',
      look: async () => {
        const { jars } = localPaths()
        if (existsSync(jars)) return jars
        throw new Missing(`${jars} is missing`, 'Run `npm run setup`.')
      },
    },
    { name: 'disk', look: freeDisk },
    { name: 'ports', look: async () => `${await freePort()} on loopback is free` },
  ]
}

/** What docker/compose.yaml needs. */
export function dockerChecks({ all }: Environment): readonly Check[] {
  const install = 'Install Docker Engine 25 or later with its compose plugin.'
  return [
    {
      name: 'Docker',
      look: async () => firstLine((await tool('docker', ['--version'], all, install)).stdout),
    },
    {
      name: 'Docker Compose',
      look: async () => firstLine((await tool('docker', ['compose', 'version'], all, install)).stdout),
    },
    {
      name: 'engine',
      look: async () => {
        const argv = ['info', '--format', '{{.ServerVersion}}']
        return firstLine((await tool('docker', argv, all, 'Start Docker, or join its group.')).stdout)
      },
    },
    {
      name: 'secrets',
      look: async () => {
        const folder = join(projectRoot, 'docker', 'secrets')
        if (existsSync(join(folder, 'spark-token'))) return folder
        throw new Missing(`${folder} is empty`, 'Run `sh docker/make-secrets.sh`.')
      },
    },
    { name: 'disk', look: freeDisk },
  ]
}

interface EmrChecks {
  readonly environment: Environment
  readonly bucket: string | undefined
  readonly emr: EmrContext
}

/** What `emr` needs, each permission tried by a call that changes nothing. */
export function emrChecks({ environment, bucket, emr }: EmrChecks): readonly Check[] {
  const secret = environment.RIPPLERANK_DATABASE_SECRET
  const release = () => releaseOfBuild({ architecture: 'x64' })
  const checks: readonly Check[] = [
    {
      name: 'clusters',
      look: async () => {
        const found = await findCluster('main', emr)
        return found === undefined ? 'may be listed; none is called main' : `${found.id} is ${found.state}`
      },
    },
    {
      name: 'clock',
      look: async () => {
        const skewMs = Math.abs(emr.aws.emr.config.systemClockOffset)
        if (skewMs <= MOST_SKEW_MS) return 'agrees with AWS'
        throw new Missing(`differs from AWS’s by ${Math.round(skewMs / 1000)} s`, 'Let NTP set it.')
      },
    },
    {
      name: 'schedules',
      look: async () => ((await scheduleStatus('main', emr)) ? 'main is there' : 'may be looked at'),
    },
    { name: 'build', look: async () => `release ${(await release()).id}` },
    {
      name: 'bucket',
      look: async () => {
        if (bucket === undefined) throw new Missing('nobody names it', 'Set RIPPLERANK_BUCKET, or --bucket.')
        const { uploaded } = await deploy({ bucket, release: await release(), isDryRun: true }, emr)
        return uploaded.length === 0 ? `${bucket} has the release` : `${bucket} may be read`
      },
    },
  ]
  if (secret === undefined) return checks
  const look = async (): Promise<string> => {
    await databaseUrlFromSecret(secret, awsAccess(environment), emr.signal)
    return `${secret} names a database`
  }
  return [...checks, { name: 'database secret', look }]
}

/** The services that variables name. */
export function serviceChecks(
  { SPARK_REMOTE, DATABASE_URL }: Environment,
  signal: AbortSignal,
): readonly Check[] {
  const spark = async (): Promise<string> => {
    await using session = await openSpark(SPARK_REMOTE ?? '', signal)
    const [row] = await session.sql('SELECT current_timezone() AS zone').collect({ signal })
    return `Spark ${await session.version()}, time zone ${String(row?.['zone'])}`
  }
  const database = async (): Promise<string> => {
    const store = await openStore({ url: DATABASE_URL ?? '', signal })
    await store[Symbol.asyncDispose]()
    return 'answers'
  }
  return [
    ...(SPARK_REMOTE === undefined ? [] : [{ name: 'SPARK_REMOTE', look: spark }]),
    ...(DATABASE_URL === undefined ? [] : [{ name: 'DATABASE_URL', look: database }]),
  ]
}

async function tool(file: string, argv: readonly string[], env: NodeJS.ProcessEnv, hint: string) {
  try {
    return await run(file, [...argv], { env, timeout: TOOL_TIMEOUT_MS })
  } catch {
    throw new Missing(`${file} ${argv.join(' ')} does not work`, hint)
  }
}

function atLeast(what: string, version: string, least: number): string {
  if (Number.parseInt(version, 10) >= least) return version
  throw new Missing(`${version} is too old`, `Install ${what} ${least} or later.`)
}

async function freeDisk(): Promise<string> {
  const { bavail, bsize } = await statfs(projectRoot)
  const gibibytes = (bavail * bsize) / GIBIBYTE
  const found = `${gibibytes.toFixed(1)} GiB free`
  if (gibibytes >= LEAST_GIBIBYTES) return found
  throw new Missing(found, `Free ${LEAST_GIBIBYTES} GiB.`)
}

const firstLine = (text: string): string => text.trim().split('\n')[0] ?? ''
