import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { describe, expect, it } from '@jest/globals'
import { z } from 'zod'
import { readInstance } from '../../src/local/keeper-protocol.ts'
import { hasClosed, isListening } from './loopback-port.ts'
import { temporaryFolder } from './temporary-folder.ts'

const Variables = z.object({ DATABASE_URL: z.url(), AWS_ENDPOINT_URL_S3: z.url() })

const program = `
  import { startEmbedded } from './src/local/start-embedded.ts'
  const embedded = await startEmbedded({
    environment: { PATH: process.env.PATH }, services: ['mariadb', 's3'], stateDirectory: process.argv[1],
  })
  console.log(JSON.stringify(embedded.environment))
  process.stdin.resume().once('end', () => process.exit())
`

/** A program of its own that holds MariaDB and S3; resolves once they are up. */
async function startProgram(stateDirectory: string) {
  const flags = ['--conditions=source', '--disable-warning=ExperimentalWarning', '--input-type=module']
  const child = spawn(process.execPath, [...flags, '-e', program, stateDirectory], {
    stdio: ['pipe', 'pipe', 'ignore'], // input: it goes when the test run is killed, too
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const { DATABASE_URL, AWS_ENDPOINT_URL_S3 } = Variables.parse(
    JSON.parse((await lines.next()).value ?? '{}'),
  )
  const urls = [DATABASE_URL, AWS_ENDPOINT_URL_S3]
  return { child, urls, [Symbol.dispose]: () => void child.kill('SIGKILL') }
}

describe('after kill -9', () => {
  it.each(['the program', 'the keeper'] as const)('of %s, no server is left', async (victim) => {
    await using folder = await temporaryFolder()
    using running = await startProgram(folder.path)
    const { child, urls } = running
    expect(await Promise.all(urls.map(isListening))).toEqual([true, true])
    const keeper = await readInstance(folder.path)
    if (victim === 'the keeper') process.kill(keeper?.pid ?? 0, 'SIGKILL')
    else child.kill('SIGKILL')
    expect(await Promise.all(urls.map((url) => hasClosed(url)))).toEqual([true, true])
  })

  it('of the keeper, the next program finds the data folder usable', async () => {
    await using folder = await temporaryFolder()
    using first = await startProgram(folder.path)
    process.kill((await readInstance(folder.path))?.pid ?? 0, 'SIGKILL')
    first.child.kill('SIGKILL')
    using second = await startProgram(folder.path)
    expect(await Promise.all(second.urls.map(isListening))).toEqual([true, true])
    second.child.kill('SIGTERM')
    expect(await Promise.all(second.urls.map((url) => hasClosed(url)))).toEqual([true, true])
  })
})
