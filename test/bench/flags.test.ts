import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from '@jest/globals'

describe('a bench', () => {
  it.each([
    ['bench/score.ts', '--records', 'many'],
    ['bench/score.ts', '--runs', '0'],
    ['bench/client.ts', '--rows', '1.5'],
    ['bench/client.ts', '--runs', ''],
  ])('%s does not begin with %s %j', async (script, flag, value) => {
    const started = promisify(execFile)(process.execPath, ['--conditions=source', script, flag, value])
    await expect(started).rejects.toMatchObject({
      code: 2,
      stderr: `bench: ${flag} ${value} is not a whole number from 1\n`,
    })
  })
})
