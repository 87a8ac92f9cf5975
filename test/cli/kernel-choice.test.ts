import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { kernelChoice } from '../../src/cli/kernel-choice.ts'

const saved = {
  format: 'ripplerank-kernel/1',
  name: 'storm',
  followers_exponent: 0.5,
  hours_exponent: 1.25,
  root_log_factor: -1,
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kernel-choice-'))
})
afterAll(() => rm(folder, { recursive: true }))

const choose = async (content: unknown) => {
  const file = join(folder, 'storm.kernel.json')
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content))
  return kernelChoice.safeParseAsync(file)
}

describe('a kernel is chosen', () => {
  it.each(['calibrated', 'debatenight'])('by the name %s', async (name) => {
    expect(await kernelChoice.parseAsync(name)).toBe(name)
  })

  it('by its file', async () => {
    expect((await choose(saved)).data).toEqual({
      name: 'storm',
      followersExponent: 0.5,
      hoursExponent: 1.25,
      rootLogFactor: -1,
    })
  })

  it.each<[unknown, RegExp]>([
    ['{', /storm\.kernel\.json is no kernel file; make one by ripplerank calibrate/],
    [{ ...saved, format: 'ripplerank-kernel/9' }, /is no kernel file: format: /],
    [{ ...saved, name: 'calibrated' }, /is no kernel file: name: is a kernel of Ripplerank itself/],
    [{ ...saved, name: "'; drop" }, /is no kernel file: name: takes lower-case letters/],
    [{ ...saved, hours_exponent: 400 }, /is no kernel file: hours_exponent: /],
    [{ ...saved, root_log_factor: '1' }, /is no kernel file: root_log_factor: /],
  ])('never from %j', async (content, sentence) => {
    expect((await choose(content)).error?.issues).toMatchObject([
      { message: expect.stringMatching(sentence) },
    ])
  })

  it('never by a name or a file that is not there', async () => {
    const message = async (text: string) =>
      (await kernelChoice.safeParseAsync(text)).error?.issues[0]?.message
    expect(await message('best')).toBe(
      '--kernel best is unknown; choose calibrated or debatenight, or one saved by ripplerank calibrate (there is no best.kernel.json here)',
    )
    expect(await message('./best')).toBe(
      '--kernel ./best does not exist; name a file saved by ripplerank calibrate',
    )
    expect(await message(`${folder}/`)).toMatch(/cannot be read; name a file/)
  })
})
