import { spawnSync } from 'node:child_process'
import { accessSync, constants, readFileSync, realpathSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { SetupError } from './setup-error.mjs'

/** The oldest Java that Spark 4 runs on. */
const oldestVersion = 17

/**
 * Finds the Java that Spark will run on: JAVA_HOME's, else the PATH's.
 * @param {NodeJS.ProcessEnv} environment
 * @returns {{ file: string, version: string }} the version as Java itself writes it, `17.0.15`
 * @throws {SetupError} when there is none, or one that is too old
 */
export function findJava(environment) {
  const home = environment.JAVA_HOME
  const file = home ? executable(join(home, 'bin', 'java')) : findOnPath('java', environment)
  if (file === undefined && home) {
    throw new SetupError(
      `JAVA_HOME is ${home}, which holds no Java: unset it or let it name a JDK ${oldestVersion} or later.`,
    )
  }
  if (file === undefined) {
    throw new SetupError(
      `No Java on this machine: install a JDK ${oldestVersion} or later, or let JAVA_HOME name one.`,
    )
  }
  const version = versionOf(file)
  if (majorOf(version) < oldestVersion) {
    const advice = `install a JDK ${oldestVersion} or later, or let JAVA_HOME name one.`
    throw new SetupError(`Java ${version} (${file}) is too old for Spark: ${advice}`)
  }
  return { file, version }
}

/**
 * @param {NodeJS.ProcessEnv} environment
 * @returns {string} the path of `mvn`
 * @throws {SetupError} when there is none
 */
export function findMaven(environment) {
  const file = findOnPath('mvn', environment)
  if (file !== undefined) return file
  throw new SetupError(
    'No Maven on this machine: install it, so that `mvn` is on the PATH; Spark and MariaDB come by it.',
  )
}

function findOnPath(name, environment) {
  for (const folder of (environment.PATH ?? '').split(delimiter)) {
    const file = folder === '' ? undefined : executable(join(folder, name))
    if (file !== undefined) return file
  }
  return undefined
}

function executable(file) {
  try {
    accessSync(file, constants.X_OK)
    return file
  } catch {
    return undefined
  }
}

/** From the JDK's `release` file, because starting Java would cost every command 100 ms; from Java itself where there is none. */
function versionOf(file) {
  try {
    const release = readFileSync(join(dirname(dirname(realpathSync(file))), 'release'), 'utf8')
    const version = /^JAVA_VERSION="([^"]+)"/m.exec(release)?.[1]
    if (version !== undefined) return version
  } catch {
    // macOS: /usr/bin/java only stands for the real one
  }
  return askVersion(file)
}

function askVersion(file) {
  const { status, stderr } = spawnSync(file, ['-version'], { encoding: 'utf8' })
  const version = status === 0 ? /version "([^"]+)"/.exec(stderr)?.[1] : undefined
  if (version !== undefined) return version
  throw new SetupError(
    `${file} is no working Java: install a JDK ${oldestVersion} or later, or let JAVA_HOME name one.`,
  )
}

function majorOf(version) {
  const [first, second] = version.split(/[._-]/).map(Number)
  return first === 1 ? second : first // Java 8 calls itself 1.8
}
