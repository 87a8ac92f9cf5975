import { describe, expect, it } from '@jest/globals'
import { resultOf } from '../../bench/child.ts'

const { signal } = new AbortController()

const nodeThat = (does: string, env?: NodeJS.ProcessEnv) =>
  resultOf({ command: process.execPath, args: ['-e', does], signal, ...(env && { env }) })

describe('a child of the bench', () => {
  it('gives what it wrote, more than a mebibyte too', async () => {
    const writes = 'console.log(JSON.stringify({ text: process.env.WORD.repeat(1e6) }))'
    expect(await nodeThat(writes, { WORD: 'two' })).toEqual({ text: 'two'.repeat(1e6) })
  })

  it('that fails is an error with what it said', async () => {
    const failed = nodeThat('console.error("no such file"); process.exit(3)')
    await expect(failed).rejects.toMatchObject({ code: 3, stderr: 'no such file\n' })
  })
})
