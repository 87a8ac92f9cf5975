import { spawnSync } from 'node:child_process'
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { findJava, findMaven } from '../../scripts/setup/java.mjs'
import { explainFailure, requireSpace } from '../../scripts/setup/setup-error.mjs'
import { takeLock } from '../../scripts/setup/setup-lock.mjs'
import { temporaryFolder } from '../local/temporary-folder.ts'

/** A folder that looks like a JDK: `bin/java` and a `release` file. */
async function fakeJdk(home: string, version: string): Promise<string> {
  await mkdir(join(home, 'bin'), { recursive: true })
  await writeFile(join(home, 'bin', 'java'), '#!/bin/sh\n')
  await chmod(join(home, 'bin', 'java'), 0o755)
  await writeFile(join(home, 'release'), `JAVA_VERSION="${version}"\n`)
  return home
}

describe('the search for Java', () => {
  it.each([
    ['17.0.15', true],
    ['25', true],
    ['11.0.2', false],
    ['1.8.0_452', false],
  ])('takes Java %s: %s', async (version, isTaken) => {
    await using folder = await temporaryFolder()
    const JAVA_HOME = await fakeJdk(folder.path, version)
    const find = () => findJava({ JAVA_HOME })
    if (isTaken) expect(find()).toEqual({ file: join(JAVA_HOME, 'bin', 'java'), version })
    else
      expect(find).toThrow(`Java ${version} (${JAVA_HOME}/bin/java) is too old for Spark: install a JDK 17`)
  })

  it('follows a link on the PATH to the JDK behind it', async () => {
    await using folder = await temporaryFolder()
    const home = await fakeJdk(join(folder.path, 'jdk'), '21.0.1')
    await mkdir(join(folder.path, 'bin'))
    await symlink(join(home, 'bin', 'java'), join(folder.path, 'bin', 'java'))
    expect(findJava({ PATH: join(folder.path, 'bin') }).version).toBe('21.0.1')
  })

  it('says what to do when there is none, or JAVA_HOME is wrong, or Maven is missing', async () => {
    await using folder = await temporaryFolder()
    expect(() => findJava({ PATH: folder.path })).toThrow(
      'No Java on this machine: install a JDK 17 or later',
    )
    expect(() => findJava({ JAVA_HOME: folder.path })).toThrow(
      `JAVA_HOME is ${folder.path}, which holds no Java`,
    )
    expect(() => findMaven({ PATH: folder.path })).toThrow('No Maven on this machine: install it')
  })
})

describe('a failed tool', () => {
  it.each([
    ['npm error code ENOSPC', 2, 'The disk is full'],
    ['Caused by: java.io.IOException: No space left on device', 2, 'The disk is full'],
    [
      'npm error network request to https://example.org failed, reason: getaddrinfo ENOTFOUND',
      4,
      'cannot reach its registry',
    ],
    ['Could not transfer artifact a:b:pom:1: Unknown host', 4, 'cannot reach its registry'],
    ['Tests are in danger', 1, 'Tests are in danger'],
  ])('is explained: %s', (output, exitCode, sentence) => {
    const error = explainFailure({ tool: 'npm', output })
    expect(error.exitCode).toBe(exitCode)
    expect(error.message).toContain(sentence)
  })
})

describe('the room on the disk', () => {
  it('is looked at before a step starts', async () => {
    await using folder = await temporaryFolder()
    expect(() => requireSpace(folder.path, 1)).not.toThrow()
    const anyDiskMegabytes = 2 ** 40
    expect(() => requireSpace(folder.path, anyDiskMegabytes)).toThrow('The disk is full: free about 2 GB')
  })
})

describe('the lock of the set-up', () => {
  it('lets one in at a time, and does not wait for the dead', async () => {
    await using folder = await temporaryFolder()
    const file = join(folder.path, 'setup.lock')
    const { pid } = spawnSync('true')
    await writeFile(file, `${pid} left-over`)
    const waitedFor: number[] = []
    const inside: string[] = []
    const enter = async (name: string): Promise<void> => {
      const giveBack = await takeLock(file, (holder) => void waitedFor.push(holder))
      inside.push(`${name} in`)
      await new Promise((settle) => setTimeout(settle, 20))
      inside.push(`${name} out`)
      giveBack()
    }
    await Promise.all([enter('a'), enter('b')])
    const [first = '', , second = ''] = inside.map((event) => event.slice(0, 1))
    expect(inside).toEqual([`${first} in`, `${first} out`, `${second} in`, `${second} out`])
    expect(waitedFor).toEqual([process.pid])
  })
})

const launcher = join(dirname(dirname(import.meta.dirname)), 'bin', 'ripplerank.mjs')

const run = (argument: string) => spawnSync(process.execPath, [launcher, argument], { encoding: 'utf8' })

describe('the launcher', () => {
  it('ends with 2 and one sentence when Java is too old', async () => {
    await using folder = await temporaryFolder()
    const env = { ...process.env, JAVA_HOME: await fakeJdk(folder.path, '11.0.2') }
    const { status, stderr, stdout } = spawnSync(process.execPath, [launcher, '--version'], {
      env,
      encoding: 'utf8',
    })
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(/^Java 11\.0\.2 \(.*\) is too old for Spark: install a JDK 17 or later, or .*\n$/)
  })

  it('hands on arguments, output and the exit code', () => {
    expect(run('--version')).toMatchObject({ status: 0, stdout: '0.1.0\n', stderr: '' })
    expect(run('nonsense').status).toBe(2)
  })
})
