import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from '@jest/globals'
import { firehoseObjects, writeFirehoseObjects } from '../../src/local/firehose-objects.ts'
import type { ArrivedRecord, FirehoseOptions } from '../../src/local/firehose-objects.ts'

const OLDEST_MS = Date.UTC(2018, 11, 9, 23, 59, 58)
const options: FirehoseOptions = { stream: 'tweets', prefix: 'raw/', seed: 1 }
const record = (data: string, secondsLater = 0): ArrivedRecord => ({
  data,
  arrivedAtMs: OLDEST_MS + secondsLater * 1_000,
})
const objectsOf = (records: readonly ArrivedRecord[], changes: Partial<FirehoseOptions> = {}) => [
  ...firehoseObjects(records, { ...options, ...changes }),
]
const textOf = (body: Uint8Array | undefined): string => Buffer.from(body ?? []).toString('utf8')

const concatenated = () => ({ isDelimited: false, isCompressed: false })
const secondPacked = (index: number) => ({ isDelimited: true, isCompressed: index === 1 })
const keysOf = (seed: number) => objectsOf([record('{}'), record('{}', 400)], { seed }).map(({ key }) => key)

describe('objects as Firehose delivers them', () => {
  it('are named by the arrival of their oldest record, in UTC', () => {
    const [object] = objectsOf([record('{}'), record('{}', 200)])
    expect(object?.key).toMatch(
      /^raw\/2018\/12\/09\/23\/tweets-1-2018-12-09-23-59-58-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    )
  })

  it('have the same names for the same seed and others for another', () => {
    expect(keysOf(1)).toEqual(keysOf(1))
    expect(keysOf(1)).not.toEqual(keysOf(2))
    expect(new Set(keysOf(1)).size).toBe(2)
  })

  it('are closed when the buffer time is over, and delivered then', () => {
    const objects = objectsOf([record('{"a":1}'), record('{"b":2}', 299), record('{"c":3}', 300)])
    expect(objects.map(({ records }) => records)).toEqual([2, 1])
    expect(objects[0]?.deliveredAtMs).toBe(OLDEST_MS + 300_000)
  })

  it('are closed before they grow beyond the buffer, and delivered at once', () => {
    const objects = objectsOf(
      [record('x'.repeat(40)), record('y'.repeat(40), 1), record('z'.repeat(40), 2)],
      {
        bufferBytes: 100,
      },
    )
    expect(objects.map(({ body }) => body.length)).toEqual([82, 41])
    expect(objects[0]?.deliveredAtMs).toBe(OLDEST_MS + 2_000)
  })

  it('hold one record a line, or one after the other with nothing between', () => {
    const records = [record('{"a":"é"}'), record('{"b":"🌊"}')]
    expect(textOf(objectsOf(records)[0]?.body)).toBe('{"a":"é"}\n{"b":"🌊"}\n')
    expect(textOf(objectsOf(records, { formatOf: concatenated })[0]?.body)).toBe('{"a":"é"}{"b":"🌊"}')
  })

  it('are gzip under a name that ends in .gz where asked for', () => {
    const [plain, packed] = objectsOf([record('{"a":1}'), record('{"b":2}', 400)], { formatOf: secondPacked })
    expect(plain?.key).not.toMatch(/\.gz$/)
    expect(packed?.key).toMatch(/\.gz$/)
    expect(gunzipSync(packed?.body ?? new Uint8Array()).toString()).toBe('{"b":2}\n')
  })

  it('end with a truncated record when nothing stands between records', () => {
    const records = [record('{"a":1}'), { ...record('{"b'), fault: 'truncated' }, record('{"c":3}')]
    const bodies = objectsOf(records, { formatOf: concatenated }).map(({ body }) => textOf(body))
    expect(bodies).toEqual(['{"a":1}{"b', '{"c":3}'])
    expect(objectsOf(records)).toHaveLength(1)
  })

  it('are none when nothing arrives', () => {
    expect(objectsOf([])).toEqual([])
  })

  it('become files below a folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ripplerank-firehose-'))
    try {
      const [file = ''] = await writeFirehoseObjects(objectsOf([record('{"a":1}')]), folder)
      expect(file.startsWith(join(folder, 'raw/2018/12/09/23/'))).toBe(true)
      expect(await readFile(file, 'utf8')).toBe('{"a":1}\n')
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
