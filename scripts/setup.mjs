#!/usr/bin/env node
// Brings what a fresh clone lacks, and nothing twice. Runs on Node 20 before anything is installed: plain JavaScript,
// nothing but Node's own modules. Alone: `npm run setup`; it is also the first thing that `ripplerank` and `npm test` do.
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findJava } from './setup/java.mjs'
import { diskFull, exitCodes, requireSpace, SetupError } from './setup/setup-error.mjs'
import { takeLock } from './setup/setup-lock.mjs'
import { setupSteps, testSteps } from './setup/steps.mjs'

export { projectNode } from './setup/steps.mjs'

/** The checkout that this file stands in. */
export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)))

/**
 * Runs the steps that are due. Several may call it at once: one works, the others wait.
 * @param {{ root?: string, environment?: NodeJS.ProcessEnv, print?: (line: string) => void,
 *   isForTests?: boolean, versions?: readonly string[] }} [options] `versions` of Spark to test the client with
 * @throws {SetupError} with one sentence that says what to do
 */
export async function setUp({
  root = projectRoot,
  environment = process.env,
  print = printError,
  isForTests = false,
  versions,
} = {}) {
  const home = join(root, '.ripplerank')
  try {
    const place = { root, home, environment, java: findJava(environment) }
    const stamps = join(home, 'stamps')
    const steps = () => [...setupSteps(place), ...(isForTests ? testSteps(place, versions) : [])]
    if (!steps().some((step) => isDue(step, stamps))) return
    mkdirSync(stamps, { recursive: true })
    const giveBack = await takeLock(join(home, 'setup.lock'), (pid) =>
      print(`Waiting for another set-up (process ${pid}) ...`),
    )
    try {
      for (const step of steps()) if (isDue(step, stamps)) await perform(step, { stamps, print })
    } finally {
      giveBack()
    }
  } catch (error) {
    throw describe(error, home)
  }
}

async function perform(step, { stamps, print }) {
  const file = stampFile(step, stamps)
  const stamp = JSON.stringify(step.inputs)
  const startedAt = performance.now()
  if (!(step.isThere() && step.isDoneByOthers?.())) {
    rmSync(file, { force: true }) // an interrupted step is due again
    try {
      requireSpace(dirname(stamps), step.megabytes)
      await step.run()
      print(`Set up ${step.name} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
    } catch (error) {
      if (step.giveUp === undefined || error.exitCode === 130) throw error
      step.giveUp(error)
      print(`Set-up goes on without the ${step.name}; everything works, Spark only starts more slowly.`)
    }
  }
  writeFileSync(file, stamp)
}

function isDue(step, stamps) {
  const file = stampFile(step, stamps)
  return !step.isThere() || !existsSync(file) || readFileSync(file, 'utf8') !== JSON.stringify(step.inputs)
}

function stampFile(step, stamps) {
  return join(stamps, step.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'))
}

function describe(error, home) {
  if (error instanceof SetupError) return error
  if (error.code === 'ENOSPC') return diskFull(error)
  if (error.code === 'EACCES' || error.code === 'EROFS' || error.code === 'EPERM') {
    return new SetupError(`${error.path ?? home} cannot be written: check the owner of the project folder.`, {
      cause: error,
    })
  }
  return error
}

function printError(line) {
  process.stderr.write(`${line}\n`)
}

/**
 * The same for a program: an error becomes a sentence on standard error.
 * @param {Parameters<typeof setUp>[0]} [options]
 * @returns {Promise<number>} the exit code, 0 when all is there
 */
export async function runSetUp(options = {}) {
  try {
    await setUp(options)
    return 0
  } catch (error) {
    printError(error instanceof SetupError ? error.message : (error.stack ?? String(error)))
    return error.exitCode ?? exitCodes.other
  }
}

const isProgram =
  process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)
if (isProgram) process.exitCode = await runSetUp({ isForTests: true })
