import { createHash } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { findMaven } from './java.mjs'
import { runTool } from './run-tool.mjs'
import { SetupError } from './setup-error.mjs'

/**
 * @typedef {{ root: string, home: string, java: { file: string, version: string }, environment: NodeJS.ProcessEnv }} Place
 *   `home` is the folder for everything that is not in git, `.ripplerank`.
 * @typedef {object} Step
 * @property {string} name for people
 * @property {readonly string[]} inputs what decides the outcome; when any of it changes, the step is due again
 * @property {() => boolean} isThere whether the outcome still exists
 * @property {number} megabytes what it puts on the disk, with some to spare
 * @property {() => Promise<void>} run
 * @property {() => boolean} [isDoneByOthers] whether somebody brought about the outcome without this script
 * @property {(error: Error) => void} [giveUp] where the project works without, only slower: remembers not to try again
 */

/**
 * What has to be there before the first command, in this order.
 * @param {Place} place
 * @returns {readonly Step[]}
 */
export function setupSteps(place) {
  return [npmPackages(place), runtime(place), generatedCode(place), classArchive(place)]
}

/** The release of Spark that stands for all older ones in every test run. */
const oldestSpark = '3.5.7'

/**
 * What tests need beside that.
 * @param {Place} place
 * @param {readonly string[]} [versions] of Spark
 * @returns {readonly Step[]}
 */
export function testSteps(place, versions = [oldestSpark]) {
  return versions.map((version) => sparkServer(place, version))
}

/** The oldest Node that runs TypeScript as it is. */
const oldestNode = [22, 18]

/**
 * The Node that npm brings along on Linux, else the one that runs this.
 * @param {string} root
 * @returns {string} its path
 * @throws {SetupError} when neither can run the project
 */
export function projectNode(root) {
  const own = join(root, 'node_modules', '.bin', 'node')
  if (existsSync(own)) return own
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return process.execPath
  throw new SetupError(
    `Node ${process.versions.node} is too old on this kind of machine: install Node 24 and run the command again.`,
  )
}

const read = (file) => readFileSync(file, 'utf8')
const digest = (text) => createHash('sha256').update(text).digest('hex')

/** @param {Place} place @returns {Step} */
function npmPackages({ root, environment }) {
  const lockfile = join(root, 'package-lock.json')
  const installed = join(root, 'node_modules', '.package-lock.json') // npm writes it when all is installed
  const retries = ['--fetch-retries=2', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000']
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error']
  const writtenTogetherMs = 5000 // `npm install` writes both files within moments, in either order
  return {
    name: 'npm packages',
    megabytes: existsSync(installed) ? 100 : 800, // an update replaces a few packages
    inputs: [digest(read(lockfile))],
    isThere: () => existsSync(installed),
    isDoneByOthers: () => statSync(installed).mtimeMs + writtenTogetherMs >= statSync(lockfile).mtimeMs,
    // Not `npm ci`, which refuses a lockfile that does not list the optional builds for every other platform.
    run: async () => {
      const npm = (...command) =>
        runTool({ tool: 'npm', command: ['npm', ...command, ...quiet], cwd: root, env: environment })
      // Without a network, an install tries every optional package in turn, for minutes.
      await npm('view', 'typescript', 'name', '--fetch-retries=1', '--fetch-retry-mintimeout=500')
      await npm('install', '--no-save', ...retries)
    },
  }
}

/** @param {Place} place @returns {Step} */
function runtime({ root, home, environment }) {
  const pom = join(root, 'docker', 'spark', 'pom.xml')
  const folder = join(home, 'runtime')
  const fresh = join(home, 'runtime.new')
  const run = async () => {
    const maven = findMaven(environment)
    rmSync(fresh, { recursive: true, force: true })
    const command = [maven, '-B', '-q', '-ntp', '-f', pom, 'package', `-Druntime.directory=${fresh}`]
    await runTool({ tool: 'Maven', command, cwd: root, env: environment })
    const mariadbd = join(fresh, 'mariadb', 'bin', 'mariadbd')
    if (existsSync(mariadbd)) chmodSync(mariadbd, 0o755) // a jar keeps no permissions
    replaceFolder(fresh, folder)
  }
  return {
    name: 'Spark, S3A, Connector/J and MariaDB',
    megabytes: 700,
    inputs: [digest(read(pom)), process.platform, process.arch],
    isThere: () => existsSync(join(folder, 'jars')) && existsSync(join(folder, 'proto')),
    run,
  }
}

/** @param {Place} place @returns {Step} */
function generatedCode({ root, home, environment }) {
  const workspace = join(root, 'packages', 'spark-connect-js')
  const template = join(workspace, 'buf.gen.yaml')
  const target = join(workspace, 'src', 'generated')
  const fresh = join(home, 'generated.new')
  const bin = join(root, 'node_modules', '.bin')
  const run = async () => {
    rmSync(fresh, { recursive: true, force: true })
    // The generators are scripts that ask the PATH for `node`.
    const env = { ...environment, PATH: `${bin}:${environment.PATH}` }
    await runTool({ tool: 'buf', command: [join(bin, 'buf'), 'generate', '-o', fresh], cwd: workspace, env })
    replaceFolder(join(fresh, 'src', 'generated'), target)
    rmSync(fresh, { recursive: true, force: true })
  }
  return {
    name: 'Spark Connect protocol code',
    megabytes: 10,
    inputs: [
      digest(read(template)),
      digest(read(join(root, 'docker', 'spark', 'pom.xml'))),
      digest(read(join(root, 'package-lock.json'))),
    ],
    isThere: () => existsSync(join(target, 'spark', 'connect', 'base_pb.js')),
    run,
  }
}

/** @param {Place} place @returns {Step} */
function classArchive({ root, home, java, environment }) {
  const folder = join(root, 'docker', 'spark')
  const archive = join(home, 'runtime', 'spark.jsa')
  const program = join(root, 'scripts', 'setup', 'class-archive.mjs')
  const flags = ['--conditions=source', '--disable-warning=ExperimentalWarning']
  const failed = `${archive}.failed`
  return {
    name: 'class-data archive',
    megabytes: 300,
    // Java checks path, size and time of every jar: an archive is for this folder and this Java only.
    inputs: [
      root,
      java.file,
      java.version,
      ...['pom.xml', 'start.sh', 'log4j2.properties'].map((name) => digest(read(join(folder, name)))),
    ],
    isThere: () => existsSync(archive) || existsSync(failed),
    giveUp: (error) => writeFileSync(failed, error.message),
    run: () => {
      const command = [projectNode(root), ...flags, program, archive]
      return runTool({ tool: 'The class-data archive', command, cwd: root, env: environment })
    },
  }
}

/** A server of another version, for the tests of the client. @param {Place} place @param {string} version @returns {Step} */
function sparkServer({ root, home, environment, java }, version) {
  const source = join(root, 'packages', 'spark-connect-js', 'test', 'versions')
  const folder = join(home, 'servers', version)
  const fresh = `${folder}.new`
  const isBefore4 = version.startsWith('3.')
  const guard = join(source, 'LoopbackOnly.java')
  const run = async () => {
    rmSync(fresh, { recursive: true, force: true })
    const properties = [
      `-Dspark.version=${version}`,
      `-Dscala.binary.version=${isBefore4 ? '2.12' : '2.13'}`,
      `-Dserver.directory=${fresh}`,
      ...(isBefore4 ? [] : ['-Pml']),
      ...(version.startsWith('4.0.') ? [`-Dml.version=${version}`] : []),
    ]
    const command = [findMaven(environment), '-B', '-q', '-ntp', '-f', join(source, 'pom.xml'), 'package']
    await runTool({ tool: 'Maven', command: [...command, ...properties], cwd: root, env: environment })
    if (isBefore4) await compileJar(guard, { folder: fresh, java, root, environment })
    replaceFolder(fresh, folder)
  }
  return {
    name: `Spark ${version} for tests`,
    megabytes: 700, // 230 to 300 there, and as much again in Maven's own repository
    inputs: [digest(read(join(source, 'pom.xml'))), digest(read(guard))],
    isThere: () => existsSync(join(folder, 'jars')),
    run,
  }
}

/** Compiles one Java file against a folder's jars and puts it among them. */
async function compileJar(file, { folder, java, root, environment }) {
  const bin = dirname(realpathSync(java.file))
  const [jars, classes] = [join(folder, 'jars'), join(folder, 'classes')]
  const options = { cwd: root, env: environment }
  const javac = [join(bin, 'javac'), '-cp', join(jars, '*'), '-d', classes, file]
  await runTool({ tool: 'javac, which comes with a JDK,', command: javac, ...options })
  const jar = [join(bin, 'jar'), 'cf', join(jars, 'loopback-only.jar'), '-C', classes, '.']
  await runTool({ tool: 'jar, which comes with a JDK,', command: jar, ...options })
}

/** Puts a finished folder in the place of an old one; whoever is interrupted leaves the old or the new one, never half of it. */
function replaceFolder(fresh, folder) {
  mkdirSync(dirname(folder), { recursive: true })
  const old = `${folder}.old-${process.pid}`
  if (existsSync(folder)) renameSync(folder, old)
  renameSync(fresh, folder)
  rmSync(old, { recursive: true, force: true })
}
