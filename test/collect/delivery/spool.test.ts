import { readFile, readdir, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { systemClock } from '../../../src/collect/clock.ts'
import { recoverLog } from '../../../src/collect/delivery/segments.ts'
import { SpoolReader, type SpooledRecord } from '../../../src/collect/delivery/spool-reader.ts'
import { SpoolWriter } from '../../../src/collect/delivery/spool-writer.ts'
import { temporaryFolder } from '../../local/temporary-folder.ts'

const { signal } = new AbortController()

/** Opens the log of a folder; small segments, so that a few records fill one. */
async function openLog(folder: string) {
  const log = await recoverLog(folder)
  const writer = new SpoolWriter({
    folder,
    log,
    source: 'file',
    mostBytes: 1e9,
    segmentBytes: 500,
    clock: systemClock,
    onTrouble: () => {},
  })
  const damages: number[] = []
  const onDamage = ({ records }: { readonly records: number }): void => void damages.push(records)
  const reader = new SpoolReader({ folder, writer, from: log.state.sent, onDamage })
  return { log, writer, reader, damages }
}

/** Writes texts one by one, each with itself as the position, and closes the log. */
async function write(folder: string, texts: readonly string[]): Promise<void> {
  const { writer, reader } = await openLog(folder)
  for (const text of texts) {
    expect(writer.append({ lane: 0, sinceMs: 7, text })).toBe(true)
    writer.setPosition(text)
    while (writer.unwritten > 0) await writer.moved.rung()
  }
  await writer[Symbol.asyncDispose]()
  await reader[Symbol.asyncDispose]()
}

/** All that is not delivered, and what was found out on the way. */
async function readAll(folder: string) {
  const { log, writer, reader, damages } = await openLog(folder)
  writer.end()
  const records: SpooledRecord[] = []
  for (let block = await reader.next(signal); block; block = await reader.next(signal)) records.push(...block)
  await writer[Symbol.asyncDispose]()
  await reader[Symbol.asyncDispose]()
  return { texts: records.map(({ data }) => data.toString()), records, damages, log }
}

const spoolFiles = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder)).filter((name) => name.endsWith('.spool')).toSorted()

const TEXTS = Array.from({ length: 20 }, (_, index) => `record ${index} 🌊`.padEnd(60, '.'))

describe('the spool', () => {
  it('gives back what was written, with the position of the last', async () => {
    await using folder = await temporaryFolder()
    await write(folder.path, TEXTS)
    const { texts, records, log } = await readAll(folder.path)
    expect(texts).toEqual(TEXTS)
    expect(records[3]).toMatchObject({ sinceMs: 7, place: { records: 3 } })
    expect(log.state).toMatchObject({ records: 20, positions: { file: TEXTS[19] } })
    expect((await spoolFiles(folder.path)).length).toBeGreaterThan(3)
  })

  it('removes segments that are delivered, and begins after the last that is', async () => {
    await using folder = await temporaryFolder()
    await write(folder.path, TEXTS)
    const before = await spoolFiles(folder.path)
    const { records } = await readAll(folder.path)
    const { writer, reader } = await openLog(folder.path)
    writer.setSent(records[15]?.place ?? { offset: 0, records: 0 })
    await writer[Symbol.asyncDispose]()
    await reader[Symbol.asyncDispose]()
    expect((await spoolFiles(folder.path)).length).toBeLessThan(before.length - 2)
    expect((await readAll(folder.path)).texts).toEqual(TEXTS.slice(15))
  })

  it('loses nothing but the torn write, wherever a sudden death cuts the last segment', async () => {
    await using folder = await temporaryFolder()
    await write(folder.path, TEXTS)
    const last = join(folder.path, (await spoolFiles(folder.path)).at(-1) ?? '')
    const whole = await readFile(last)
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), async (length) => {
        await writeFile(last, whole)
        await truncate(last, length)
        const { texts, log } = await readAll(folder.path)
        expect(texts).toEqual(TEXTS.slice(0, texts.length))
        expect(texts.length).toBe(log.state.records)
        // The source goes on after a record that is there.
        expect(texts).toContain(log.state.positions['file'])
        for (const name of await spoolFiles(folder.path)) {
          if (join(folder.path, name) > last) throw new Error(`${name} was made though nothing was written`)
        }
      }),
      { numRuns: 40 },
    )
  })

  it('sets a damaged segment aside, counts what is lost, and goes on', async () => {
    await using folder = await temporaryFolder()
    await write(folder.path, TEXTS)
    const [, second = ''] = await spoolFiles(folder.path)
    const bytes = await readFile(join(folder.path, second))
    bytes[bytes.length - 30] = (bytes[bytes.length - 30] ?? 0) ^ 1
    await writeFile(join(folder.path, second), bytes)
    const { texts, damages } = await readAll(folder.path)
    expect(damages.length).toBeLessThanOrEqual(1)
    expect(texts.length + (damages[0] ?? 0)).toBe(TEXTS.length)
    expect(texts.at(-1)).toBe(TEXTS.at(-1))
    expect(await readdir(folder.path)).toContain(`${second}.damaged`)
  })

  it('takes no more than it may, until something is delivered', async () => {
    await using folder = await temporaryFolder()
    const log = await recoverLog(folder.path)
    await using writer = new SpoolWriter({
      folder: folder.path,
      log,
      source: 'file',
      mostBytes: 200,
      clock: systemClock,
      onTrouble: () => {},
    })
    const frame = { lane: 0, sinceMs: 0, text: 'x'.repeat(150) }
    expect([writer.append(frame), writer.append(frame), writer.append(frame)]).toEqual([true, true, false])
    while (writer.unwritten > 0) await writer.moved.rung()
    writer.setSent({ offset: writer.written, records: 2 })
    expect(writer.append(frame)).toBe(true)
  })
})
