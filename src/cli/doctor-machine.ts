import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

import { freePort } from '../local/free-port.ts'
import { localPaths, projectRoot } from '../local/paths.ts'
import {
  askTool,
  atLeast,
  firstLine,
  freeDisk,
  freeLoopbackPort,
  Missing,
  type Check,
} from './doctor-check.ts'
import type { Environment } from './environment.ts'

const LEAST_NODE = 22
const LEAST_JAVA = 17
const SET_UP = 'Run `npm run setup`.'
/** The limits of docker/compose.yaml add up to this. */
const LEAST_DOCKER_GIBIBYTES = 6
const DASHBOARD_PORT = 8080
const SECRETS = ['spark-token', 'database-password', 'dashboard-token']

/** What running on this machine needs. */
export function localChecks({ all, DATABASE_URL, SPARK_REMOTE }: Environment): readonly Check[] {
  const java = all['JAVA_HOME'] ? join(all['JAVA_HOME'], 'bin', 'java') : 'java'
  const paths = localPaths()
  return [
    { name: 'Node', look: async () => atLeast('Node', process.versions.node, LEAST_NODE) },
    {
      name: 'Java',
      look: async () => {
        const hint = 'Install a JDK 17 or later, or set JAVA_HOME.'
        const { stderr } = await askTool({ file: java, argv: ['-version'], env: all, hint })
        return atLeast('Java', /"([^"]+)"/.exec(stderr)?.[1] ?? '0', LEAST_JAVA)
      },
    },
    {
      name: 'Maven',
      look: async () => {
        const hint = 'Install Maven; Spark and MariaDB come by it.'
        return firstLine((await askTool({ file: 'mvn', argv: ['-version'], env: all, hint })).stdout)
      },
    },
    ...(SPARK_REMOTE === undefined ? [{ name: 'Spark’s jars', look: () => sparkJars(paths.jars) }] : []),
    { name: 'MySQL driver', look: async () => thereIs(paths.connectorJ) },
    ...(DATABASE_URL === undefined ? [{ name: 'MariaDB', look: async () => mariadb(paths.mariadb) }] : []),
    { name: 'disk', look: freeDisk },
    { name: 'ports', look: async () => `${await freePort()} on loopback is free` },
  ]
}

async function sparkJars(folder: string): Promise<string> {
  const names = await readdir(folder).catch(() => [])
  const [, version] = names.map((name) => /^spark-connect_[\d.]+-(.+)\.jar$/.exec(name)).find(Boolean) ?? []
  if (version !== undefined) return `Spark ${version}, ${names.length} files in ${folder}`
  throw new Missing(`${folder} has no Spark Connect`, SET_UP)
}

function thereIs(path: string): string {
  if (existsSync(path)) return path
  throw new Missing(`${path} is missing`, SET_UP)
}

function mariadb(folder: string): string {
  if (existsSync(folder)) return folder
  throw new Missing(
    `${folder} is missing`,
    `${SET_UP} Where there is none for this machine, set DATABASE_URL.`,
  )
}

/** What docker/compose.yaml needs. */
export function dockerChecks({ all }: Environment): readonly Check[] {
  const docker = async (hint: string, ...argv: readonly string[]): Promise<string> =>
    firstLine((await askTool({ file: 'docker', argv, env: all, hint })).stdout)
  const install = 'Install Docker Engine 25 or later with its compose plugin.'
  return [
    { name: 'Docker', look: () => docker(install, '--version') },
    { name: 'Docker Compose', look: () => docker(install, 'compose', 'version') },
    {
      name: 'engine',
      look: () => docker('Start Docker, or join its group.', 'info', '--format', '{{.ServerVersion}}'),
    },
    {
      name: 'memory',
      look: async () => {
        const bytes = await docker('Start Docker, or join its group.', 'info', '--format', '{{.MemTotal}}')
        const gibibytes = Number(bytes) / 2 ** 30
        const found = `${gibibytes.toFixed(1)} GiB`
        if (gibibytes >= LEAST_DOCKER_GIBIBYTES) return found
        throw new Missing(
          found,
          `Give Docker ${LEAST_DOCKER_GIBIBYTES} GiB, or lower the limits of compose.yaml.`,
        )
      },
    },
    {
      name: 'secrets',
      look: async () => {
        const folder = join(projectRoot, 'docker', 'secrets')
        const missing = SECRETS.filter((name) => !existsSync(join(folder, name)))
        if (missing.length === 0) return folder
        throw new Missing(`${folder} lacks ${missing.join(', ')}`, 'Run `sh docker/make-secrets.sh`.')
      },
    },
    { name: 'disk', look: freeDisk },
    { name: 'port', look: () => freeLoopbackPort(DASHBOARD_PORT) },
  ]
}
