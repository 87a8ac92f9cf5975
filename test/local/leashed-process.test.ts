import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { startLeashed, waitUntilReady, type LeashedProcess } from '../../src/local/leashed-process.ts'
import { LocalError } from '../../src/local/local-error.ts'
import { temporaryFolder } from './temporary-folder.ts'

async function shell(folder: string, script: string) {
  const name = 'Server'
  const environment = { PATH: process.env['PATH'] }
  const logFile = join(folder, 'server.log')
  const options = { name, command: ['sh', '-c', script], environment, workingDirectory: folder, logFile }
  return startLeashed({ ...options, graceSeconds: 1 })
}

const never = async (): Promise<undefined> => undefined

/** Waits for the line that the script writes once its traps are set. */
async function untilListening(server: LeashedProcess): Promise<void> {
  const probe = async () => (await readFile(server.logFile, 'utf8')).includes('listening') || undefined
  await waitUntilReady({ process: server, probe, timeoutMs: 5_000, secrets: [] })
}

describe('a process on the leash', () => {
  it('hands on its exit code', async () => {
    await using folder = await temporaryFolder()
    await using server = await shell(folder.path, 'exit 7')
    expect(await server.exited).toBe(7)
  })

  it('is asked to end when disposed', async () => {
    await using folder = await temporaryFolder()
    const server = await shell(
      folder.path,
      "trap 'exit 3' TERM; echo listening; while :; do sleep 0.05; done",
    )
    await untilListening(server)
    await server[Symbol.asyncDispose]()
    expect(await server.exited).toBe(3)
  })

  it('is ended by force when it does not listen', async () => {
    await using folder = await temporaryFolder()
    const server = await shell(folder.path, "trap '' TERM; echo listening; while :; do sleep 0.05; done")
    await untilListening(server)
    await server[Symbol.asyncDispose]()
    expect(await server.exited).toBe(137) // 128 + SIGKILL
  })

  it('tells its last words when it ends while it starts, but no secret', async () => {
    await using folder = await temporaryFolder()
    await using server = await shell(folder.path, 'echo "no such option --password=sesame" >&2; exit 1')
    const ready = waitUntilReady({ process: server, probe: never, timeoutMs: 5_000, secrets: ['sesame'] })
    const error = await ready.catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(LocalError)
    expect(error).toMatchObject({
      code: 'start_failed',
      message: 'Server ended while it started.',
      hint: 'Its last words:\nno such option --password=***',
    })
  })

  it('is given up when it stays silent', async () => {
    await using folder = await temporaryFolder()
    await using server = await shell(folder.path, 'sleep 60')
    const ready = waitUntilReady({
      process: server,
      probe: never,
      timeoutMs: 50,
      secrets: [],
    })
    await expect(ready).rejects.toMatchObject({ code: 'start_timeout' })
  })

  it('says that the disk is full where that is the cause', async () => {
    await using folder = await temporaryFolder()
    await using server = await shell(folder.path, 'echo "write: No space left on device"; exit 1')
    const ready = waitUntilReady({
      process: server,
      probe: never,
      timeoutMs: 5_000,
      secrets: [],
    })
    await expect(ready).rejects.toMatchObject({ code: 'disk_full' })
  })
})
