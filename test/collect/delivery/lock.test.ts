import { spawnSync } from 'node:child_process'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { lockFolder } from '../../../src/collect/delivery/lock.ts'
import { temporaryFolder } from '../../local/temporary-folder.ts'

describe('the lock of a folder', () => {
  it('lets one in at a time, and names the one that is in', async () => {
    await using folder = await temporaryFolder()
    const lock = await lockFolder(folder.path)
    await expect(lockFolder(folder.path)).rejects.toMatchObject({
      code: 'locked',
      message: `process ${process.pid} collects into ${folder.path} already`,
    })
    await lock[Symbol.asyncDispose]()
    await using again = await lockFolder(folder.path)
    expect(again).toBeDefined()
  })

  it.each([
    ['whose process is gone', JSON.stringify({ pid: spawnSync('true').pid, started: '1' })],
    ['whose process is another by now', JSON.stringify({ pid: process.pid, started: '1' })],
    ['that was never finished', '{"pid":'],
  ])('is taken over from one %s', async (_case, content) => {
    await using folder = await temporaryFolder()
    await writeFile(join(folder.path, 'lock'), content)
    const lock = await lockFolder(folder.path)
    expect(await readdir(folder.path)).toEqual(['lock'])
    await lock[Symbol.asyncDispose]()
    expect(await readdir(folder.path)).toEqual([])
  })
})
