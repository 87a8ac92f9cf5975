import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

declare const BUNDLE_VERSION: string

/** True in the one file that scripts/build.mjs makes, which has no services of its own to start. */
export const isBundle: boolean = typeof BUNDLE_VERSION === 'string'

/** The checkout that this file stands in; of a bundle, its own folder. */
export const projectRoot: string = fileURLToPath(new URL(isBundle ? '.' : '../..', import.meta.url))

/** Where the parts lie that `npm run setup` brings, and where what they write is kept. All absolute. */
export type LocalPaths = {
  readonly jars: string
  /** The MySQL driver. Not on Spark's class path: a session brings it along by AddArtifacts. */
  readonly connectorJ: string
  /** Missing where there is no build of MariaDB for the machine. */
  readonly mariadb: string
  /** A data folder as the first start leaves it; copied, because making one takes longer than starting. */
  readonly mariadbTemplate: string
  readonly classArchive: string
  readonly sparkStartScript: string
  /** What the embedded parts keep between two runs: tables, S3 objects, silver, logs. */
  readonly state: string
}

/**
 * Names the folders of the embedded runtime.
 * @example localPaths().connectorJ // '/home/ann/ripplerank/.ripplerank/runtime/connector-j/mysql-connector-j.jar'
 */
export function localPaths(stateDirectory?: string): LocalPaths {
  const home = join(projectRoot, '.ripplerank')
  const runtime = join(home, 'runtime')
  return {
    jars: join(runtime, 'jars'),
    connectorJ: isBundle
      ? join(projectRoot, 'mysql-connector-j.jar')
      : join(runtime, 'connector-j', 'mysql-connector-j.jar'),
    mariadb: join(runtime, 'mariadb'),
    mariadbTemplate: join(runtime, 'mariadb-template'),
    classArchive: join(runtime, 'spark.jsa'),
    sparkStartScript: join(projectRoot, 'docker', 'spark', 'start.sh'),
    state: stateDirectory === undefined ? join(home, 'state') : resolve(stateDirectory),
  }
}
