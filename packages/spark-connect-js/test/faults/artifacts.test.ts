import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { failureOf } from '../spark/open-session.ts'
import { openProxied } from './proxied-session.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'spark-connect-js-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const BYTES = 600_000

describe('a file for the session', () => {
  it('arrives whole, wherever its transfer is cut', async () => {
    const path = join(folder, 'content.bin')
    await writeFile(path, Buffer.alloc(BYTES, 'whole'))
    for (const afterBytes of [1, 100_000, BYTES]) {
      await using proxied = await openProxied()
      const { spark, proxy } = proxied
      proxy.arm({ kind: 'reset', direction: 'up', afterBytes })
      await spark.addArtifacts([{ path, kind: 'files' }])
      expect(proxy.pending).toBe(0)
      // The server compares: it takes the same file a second time, and no other under its name.
      await spark.addArtifacts([{ path, kind: 'files' }])
    }
  })

  it('may be small, or empty', async () => {
    await using proxied = await openProxied()
    for (const size of [0, 1, 32 * 1024, 32 * 1024 + 1]) {
      const path = join(folder, `of-${size}.bin`)
      await writeFile(path, Buffer.alloc(size, 'x'))
      await proxied.spark.addArtifacts([{ path, kind: 'files' }])
      await expect(proxied.spark.addArtifacts([{ path, kind: 'files' }])).resolves.toBeUndefined()
    }
  })

  it('that is not there is named, and the session goes on', async () => {
    await using proxied = await openProxied()
    const path = join(folder, 'missing.txt')
    const error = await failureOf(proxied.spark.addArtifacts([{ path, kind: 'files' }]))
    expect(error.message).toContain('missing.txt')
    expect(await proxied.spark.version()).toMatch(/^\d/)
  })

  it('that is another one under the same name is refused by the server', async () => {
    const path = join(folder, 'changed.txt')
    await using proxied = await openProxied()
    await writeFile(path, 'the first')
    await proxied.spark.addArtifacts([{ path, kind: 'files' }])
    await writeFile(path, 'the second')
    const error = await failureOf(proxied.spark.addArtifacts([{ path, kind: 'files' }]))
    expect(error.message).toContain('changed.txt')
  })
})
