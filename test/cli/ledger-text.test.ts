import { describe, expect, it } from '@jest/globals'

import { statusText } from '../../src/cli/run-store-status.ts'
import { verifyText } from '../../src/cli/run-verify.ts'
import { mergeable } from '../../src/jobs/compact.ts'
import type { SilverFolder } from '../../src/store/silver-folders.ts'

const slotEnd = new Date('2026-01-02T03:15:00Z')
const after = (seconds: number): Date => new Date(slotEnd.getTime() + seconds * 1_000)
const counts = { observations: 1_855, duplicates: 3, setAside: 0, rejected: 29, authors: 39 }
const published = {
  ...counts,
  slotEnd,
  windowHours: 24,
  state: 'published' as const,
  kernel: 'calibrated',
  startedAt: after(360),
  publishedAt: after(372.5),
  coverage: 0.873,
}

describe('the status of the store', () => {
  it('shows lag, coverage and what is unknown', () => {
    const failed = { ...published, state: 'failed' as const, publishedAt: null, coverage: null }
    const text = statusText({
      now: after(400),
      lease: { holder: 'host, process 7', fence: 12n, isHeld: true },
      slots: [published, { ...failed, windowHours: 168, authors: null }],
      sources: [],
      staged: 4_000,
      rejections: [{ reason: 'no tweet id', records: 10 }],
      pendingDeletions: 0,
    })
    expect(text).toContain('Lease: held by host, process 7, fence 12')
    expect(text).toContain('Staging: 4,000 rows')
    expect(text).not.toContain('Deletions')
    const row = (state: string) => text.split('\n').find((line) => line.includes(state))
    expect(row('published')?.trim().split(/ {2,}/)).toEqual([
      '2026-01-02T03:15:00Z',
      '24 h',
      'published',
      '6.2 min',
      '12.5 s',
      '1,855',
      '3',
      '0',
      '29',
      '39',
      '87.3 %',
    ])
    expect(row('failed')).toMatch(/–$/)
    expect(text).toContain('No source was read yet.')
    expect(text).toContain('10  no tweet id')
  })
})

describe('a verification', () => {
  const report = { slot: '2026-01-02T03:15:00Z', windowHours: 24, objects: 2, rows: 1_200 }

  it('says that nothing differs', () => {
    expect(verifyText({ ...report, counts: [], differences: [] })).toBe(
      'Slot 2026-01-02T03:15:00Z, 24 h: 1,200 rows from 2 raw objects, no difference\n',
    )
  })

  it('lists what differs, and no more than a person reads', () => {
    const missing = Array.from({ length: 60 }, (_, author) => ({
      table: 'author_score' as const,
      key: { term: 'storm', author_id: String(author) },
      kind: 'missing' as const,
      columns: {},
    }))
    const text = verifyText({
      ...report,
      counts: [{ count: 'authors', published: 40, recomputed: 100 }],
      differences: missing,
    })
    expect(text).toContain('61 differences')
    expect(text).toContain('authors: published 40, recomputed 100')
    expect(text).toContain('author_score storm / 0: missing\n')
    expect(text).toContain('and 11 more')
  })
})

describe('folders that are merged', () => {
  const folder = (usable: number): SilverFolder => ({
    silverId: `${usable}`,
    path: `/lake/${usable}`,
    firstSeq: 1,
    lastSeq: 1,
    usable,
    rejected: 0,
    deletions: 0,
    holds: { parents: false, likes: false, follows: false },
    oldest: undefined,
    newest: undefined,
  })
  const sizes = (...usable: readonly number[]) =>
    mergeable(usable.map(folder), 100).map((group) => group.map((member) => member.usable))

  it('are neighbours, as many as make a whole one', () => {
    expect(sizes(40, 50, 20, 90, 5, 5)).toEqual([
      [40, 50],
      [90, 5, 5],
    ])
  })

  it('are none where each is large, or alone', () => {
    expect(sizes(200, 300)).toEqual([])
    expect(sizes(40)).toEqual([])
    expect(sizes()).toEqual([])
  })
})
