import { afterAll, describe, expect, it } from '@jest/globals'
import { seededRandom, type Random } from '../../../src/collect/random.ts'
import { AS_UNDISTURBED, faultLab, judge, undisturbed, type FaultLab } from './fault-lab.ts'
import { rawPlace, simulatedLines } from './raw-objects.ts'
import { expectNoSecrets } from './secrets.ts'

afterAll(expectNoSecrets)

const RECORDS = 10_000
const OBJECTS = 10
const LINE_ENDS = new Set([0x0a, 0x0d])

/** Another byte that differs in one bit, and ends no line. */
function flipped(byte: number, random: Random): number {
  const other = byte ^ (1 << Math.floor(random.unit() * 8))
  return LINE_ENDS.has(other) ? byte ^ 0x80 : other
}

const FLIPS: Readonly<Record<string, (line: Buffer, random: Random) => Buffer>> = {
  'a byte of 1 % of 10,000 records flipped': (line, random) => {
    if (random.unit() >= 0.01) return line
    const at = Math.floor(random.unit() * line.length)
    return Buffer.from(line.map((byte, index) => (index === at ? flipped(byte, random) : byte)))
  },
  '1 % of the bytes of 10,000 records flipped': (line, random) =>
    Buffer.from(line.map((byte) => (random.unit() < 0.01 ? flipped(byte, random) : byte))),
}

interface Line {
  readonly key: string
  readonly number: number
  readonly bytes: Buffer
  readonly isWhole: boolean
}

function flippedLines(flip: (line: Buffer, random: Random) => Buffer): readonly Line[] {
  const random = seededRandom(11)
  return simulatedLines({ seed: 3, records: RECORDS }).map((text, index) => {
    const bytes = flip(Buffer.from(text), random)
    const [object, number] = [Math.floor((index * OBJECTS) / RECORDS), (index % (RECORDS / OBJECTS)) + 1]
    return { key: `2018/12/09/${13 + object}/part`, number, bytes, isWhole: isWhole(bytes) }
  })
}

/** By another reader of JSON than Spark's, which takes control characters in texts, too. */
function isWhole(line: Buffer): boolean {
  try {
    const value: unknown = JSON.parse(line.toString().replaceAll(/\p{Cc}/gu, ' '))
    return typeof value === 'object' && value !== null
  } catch {
    return false
  }
}

const objectsOf = (lines: readonly Line[]): ReadonlyMap<string, Buffer> =>
  new Map(
    [...Map.groupBy(lines, ({ key }) => key)].map(([key, some]) => [
      key,
      Buffer.concat(some.flatMap(({ bytes }) => [bytes, Buffer.from('\n')])),
    ]),
  )

/** What is left of a text where two programs make something different of bytes that are no UTF-8. */
const ascii = (text: string): string => text.replaceAll(/[^!-~]/g, '')

/** Broken lines that are not found in `rejected`, in the order in which they stand in their objects. */
async function missing({ database }: FaultLab, broken: readonly Line[]): Promise<readonly string[]> {
  const rows = await database.rows('select object, record from rejected order by object, record_number')
  const texts = Map.groupBy(rows, ({ object }) => object?.split('/').slice(-5).join('/'))
  const left = new Map(
    [...texts].map(([key, some]) => [key, ascii(some.map(({ record }) => record).join(''))]),
  )
  return broken.flatMap(({ key, number, bytes }) => {
    const text = left.get(key) ?? ''
    const found = text.indexOf(ascii(bytes.toString()))
    if (found < 0) return [`${key} ${number}`]
    left.set(key, text.slice(found))
    return []
  })
}

/** A line that flips have made look like several records takes as many numbers. */
const positionsIn = async ({ database }: FaultLab): Promise<ReadonlySet<string>> => {
  const rows = await database.rows('select object, record_number from rejected')
  return new Set(
    rows.map((row) => `${row['object']?.split('/').slice(-5).join('/')} ${row['record_number']}`),
  )
}

async function traceOf(fault: string) {
  const lines = flippedLines(FLIPS[fault] ?? ((line) => line))
  const whole = lines.filter((line) => line.isWhole)
  using clean = await rawPlace(`clean-${whole.length}`, objectsOf(whole))
  const expected = await undisturbed([clean.input])
  using place = await rawPlace(`flipped-${whole.length}`, objectsOf(lines))
  const begunMs = performance.now()
  await using lab = await faultLab([place.input])
  await lab.runWell()
  const broken = lines.filter((line) => !line.isWhole)
  const { rejected: _broken, batch_object: _objects, silver: _counts, ...scores } = expected
  const leaveOut = ['slot_run.rejected']
  const verdict = { fault, runs: 1, begunMs, expected: scores, leaveOut }
  const found = await judge(lab, verdict)
  const positions = await positionsIn(lab)
  const misplaced = broken.filter(({ key, number }) => !positions.has(`${key} ${number}`))
  return { ...found, misplaced: misplaced.length, missing: await missing(lab, broken) }
}

describe('broken records', () => {
  const [few = '', many = ''] = Object.keys(FLIPS)

  it(`are rejected with their place, and cost no other: ${few}`, async () => {
    expect(await traceOf(few)).toEqual({ ...AS_UNDISTURBED, misplaced: 0, missing: [] })
  })

  it(`are rejected, and cost no other: ${many}`, async () => {
    expect(await traceOf(many)).toMatchObject({ ...AS_UNDISTURBED, missing: [] })
  })
})
