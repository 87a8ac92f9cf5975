import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from '@jest/globals'

import { sideBySide } from '../../src/jobs/side-by-side.ts'

/** Waits until it is interrupted, and notes how it ended. */
const endless = (ended: string[]) => async (signal: AbortSignal) => {
  await sleep(60_000, undefined, { signal, ref: false }).catch(() => undefined)
  await sleep(5)
  ended.push(signal.aborted ? 'interrupted' : 'done')
  signal.throwIfAborted()
}

describe('two parts of the work', () => {
  it('run at the same time and give what each made', async () => {
    const { promise, resolve } = Promise.withResolvers<string>()
    const found = await sideBySide(
      undefined,
      () => promise,
      () => Promise.resolve(resolve('told by the second')).then(() => 2),
    )
    expect(found).toEqual(['told by the second', 2])
  })

  it('end together where one fails, with its error, after the other has ended', async () => {
    const ended: string[] = []
    const failure = new Error('the disk is full')
    await expect(sideBySide(undefined, endless(ended), () => Promise.reject(failure))).rejects.toBe(failure)
    expect(ended).toEqual(['interrupted'])
  })

  it('are interrupted by the signal, and tell its reason', async () => {
    const ended: string[] = []
    const control = new AbortController()
    const both = sideBySide(control.signal, endless(ended), endless(ended))
    control.abort(new Error('Ctrl-C'))
    await expect(both).rejects.toThrow('Ctrl-C')
    expect(ended).toEqual(['interrupted', 'interrupted'])
  })
})
