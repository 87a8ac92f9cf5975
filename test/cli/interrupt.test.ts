import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Server } from 'node:net'
import { createServer } from 'node:net'
import { text } from 'node:stream/consumers'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

let silent: Server

beforeAll(async () => {
  silent = createServer()
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
})

afterAll(async () => {
  await new Promise((resolve) => silent.close(resolve))
})

/** The command line as a process of its own, waiting for a database that takes connections and never speaks. */
async function waitingProcess() {
  const address = silent.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const DATABASE_URL = `mysql://me:secret@127.0.0.1:${port}/ripplerank`
  const connected = once(silent, 'connection')
  const child = spawn(process.execPath, ['--conditions=source', 'src/cli/main.ts', 'store', 'migrate'], {
    env: { ...process.env, DATABASE_URL },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  await connected
  return child
}

describe('an interrupted command', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'ends with 130 and a word on %s, without a wait',
    async (signal) => {
      const child = await waitingProcess()
      const startedMs = performance.now()
      child.kill(signal)
      const [[code], stderr] = await Promise.all([once(child, 'exit'), text(child.stderr)])
      expect({ code, stderr }).toEqual({ code: 130, stderr: 'ripplerank: interrupted\n' })
      expect(performance.now() - startedMs).toBeLessThan(5_000) // the database is waited for longer
    },
  )
})
