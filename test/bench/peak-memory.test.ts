import { once } from 'node:events'
import { createServer } from 'node:net'
import { describe, expect, it } from '@jest/globals'
import { peakMemoryOfListener } from '../../bench/peak-memory.ts'

const onLinux = process.platform === 'linux' ? it : it.skip

describe('the peak memory of a listener', () => {
  onLinux('is that of the process behind the port', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    try {
      expect(await peakMemoryOfListener(port)).toBeGreaterThan(20e6)
    } finally {
      server.close()
      await once(server, 'close')
    }
    expect(await peakMemoryOfListener(port)).toBeUndefined()
  })
})
