import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { parseBudgetOptions } from '../../src/cli/budget-options.ts'
import type { BudgetReport } from '../../src/budget/budget-report.ts'
import { readCostFile } from '../../src/cli/cost-file.ts'
import { runProgram } from '../../src/cli/run-program.ts'
import { openStore } from '../../src/store/store.ts'
import type { ScratchDatabase } from '../store/scratch-database.ts'
import { scratchDatabase } from '../store/scratch-database.ts'
import { countsOf, stagedScore } from '../store/staged-rows.ts'
import { capturedOutput } from './captured-output.ts'

const slotEnd = new Date('2026-01-02T03:15:00Z')

let folder: string
let database: ScratchDatabase
let files = 0

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'budget-'))
  database = await scratchDatabase()
  await using store = await openStore({ url: database.url })
  await store.migrate()
})

afterAll(async () => {
  await rm(folder, { recursive: true })
  await database[Symbol.asyncDispose]()
})

async function costFile(text: string): Promise<string> {
  const path = join(folder, `${(files += 1)}.csv`)
  await writeFile(path, text)
  return path
}

/** Two authors whom the same two fans amplify, a third on their own, and one whose name is a formula. */
async function publish(): Promise<void> {
  await using store = await openStore({ url: database.url })
  await using ledger = await store.openLedger({ holder: 'the test' })
  const slot = { slotEnd, windowHours: 720, kernel: 'calibrated' }
  const slotRun = await ledger.beginSlot(slot, { inputs: ['/raw'] }, 1)
  const author = (author_id: string, screen_name: string | null, followers: bigint | null, retweeters = 0n) =>
    stagedScore(slotRun, {
      author_id,
      screen_name,
      followers,
      tweets: 10,
      retweets: 10n * retweeters,
      retweeters,
    })
  const authors = [
    author('1', 'ada', 1000n, 2n),
    author('2', 'bob', 1000n, 2n),
    author('3', '=HYPERLINK("x")', 500n),
    author('4', null, null),
  ]
  await database.insert('author_score_staging', authors)
  const edge = (amplifier_id: string, author_id: string) => ({
    fence: slotRun.fence,
    term: 'storm',
    window_hours: 720,
    slot_end: slotEnd,
    amplifier_id,
    author_id,
    retweets: 10n,
    expected_children: 1.5,
    amplifier_followers: 20_000n,
    amplifier_community: '1',
    author_community: '1',
  })
  const edges = [edge('x', '1'), edge('y', '1'), edge('x', '2'), edge('y', '2')]
  await database.insert('influence_edge_staging', edges)
  await ledger.publish(slotRun, countsOf({ author_score: authors, influence_edge: edges }))
}

async function run(...argv: readonly string[]) {
  const [stdout, stderr] = [capturedOutput(), capturedOutput()]
  const variables = { DATABASE_URL: database.url }
  const signal = new AbortController().signal
  const code = await runProgram(['budget', ...argv], { variables, signal, stdout, stderr })
  return { code, stdout: stdout.text(), stderr: stderr.text() }
}

const reportOf = (json: string): BudgetReport => JSON.parse(json)

describe('the budget', () => {
  const costs = 'author,cost\n@Ada,100\nbob,100.00\n3,50\n4,10\nstranger,5\n'

  it('of a database without a published slot is refused', async () => {
    const found = await run('--total', '100', '--base', '1')
    expect(found).toMatchObject({ code: 2, stderr: expect.stringContaining('no slot is published; run') })
    await publish()
  })

  it('goes to authors by new readers per cost, and counts shared readers once', async () => {
    const limits = ['--total', '250.50', '--max-per-author', '100', '--seen', '0.5']
    const { code, stdout } = await run(...limits, '--costs', await costFile(costs), '--json')
    expect(code).toBe(0)
    const report = reportOf(stdout)
    // A post of ada: half of 1,000 followers, and half of the 40,000 who follow the two fans.
    expect(report.lines).toMatchObject([
      { author: 'ada', posts: 1, cost: 100, reach_added: 20_500, shared: 0 },
      { author: 'bob', posts: 1, cost: 100, reach_added: 10_500, shared: 0.488 },
      { author: '=HYPERLINK("x")', posts: 1, cost: 50, reach_added: 250 },
    ])
    expect(report).toMatchObject({
      spent: 250,
      unspent: 0.5,
      expected_reach: 31_250,
      unknown_authors: ['stranger'],
    })
    expect(report.lines[1]?.reason).toMatch(/49 % of its readers are reached already, mostly through ada/)
  })

  it('prints a table that says what is left, what is left out and what is not known', async () => {
    const { stdout } = await run('--total', '120', '--costs', await costFile(costs))
    expect(stdout).toMatch(/^Slot 2026-01-02T03:15:00Z, 720 h, storm\n/)
    expect(stdout).toContain('is left: ')
    expect(stdout).toContain('Left out, as they have no price or are not in the slot: stranger\n')
    expect(stdout).toContain('Readers are expected, not observed')
  })

  it('prints CSV in which no name is a formula', async () => {
    const { stdout } = await run(
      '--total',
      '500',
      '--base',
      '10',
      '--per-follower',
      '0.01',
      '--max-per-author',
      '100',
      '--csv',
    )
    expect(stdout.split('\n')[0]).toBe(
      'author,author_id,posts,cost,reach_added,reach_cumulative,shared,reason',
    )
    expect(stdout).toMatch(/^"?'=HYPERLINK/m)
    expect(stdout).not.toMatch(/^"?=/m)
  })

  it('assumes what a post costs where nobody says it, and says so', async () => {
    const { code, stdout } = await run('--total', '500')
    expect(code).toBe(0)
    expect(stdout).toContain('A post is taken to cost 50, and 0.001 for each follower')
    expect((await run('--total', '500', '--base', '10')).stdout).not.toContain('taken to cost')
  })

  it.each([
    [['--total', '5', '--base', '10'], '--total 5.00 buys no post; the cheapest costs 10.00'],
    [['--total', '5', '--base', '1', '--term', 'flood'], '--term flood is not in the slot, which has storm'],
    [['--total', '5', '--base', '1', '--window', '24h'], 'no slot with a window of 24 h is published'],
    [['--total', '-5', '--base', '1'], '--total -5 is not an amount above 0'],
  ])('refuses %j with a sentence', async (argv, sentence) => {
    const { code, stderr } = await run(...argv)
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(sentence) })
  })

  it.each([
    ['author,cost\nnobody,1\n', 'none of the authors with a cost is in the slot under the term storm'],
    ['author,cost\nada,1\n1,2\n', 'line 3: 1 has a cost in line 2 already'],
  ])('refuses the costs %j', async (text, sentence) => {
    const { code, stderr } = await run('--total', '5', '--costs', await costFile(text))
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(sentence) })
  })
})

describe('a costs file', () => {
  it('is read as spreadsheets write it', async () => {
    const path = await costFile('\uFEFFAuthor;Cost;Note\r\n"ada";10.5;x\r\n\r\n@bob;3;\r\n')
    expect(await readCostFile(path)).toEqual([
      { author: 'ada', costCents: 1050, line: 2 },
      { author: 'bob', costCents: 300, line: 4 },
    ])
  })

  it.each([
    ['author,price\na,1\n', /has no columns author and cost/],
    ['author,cost\na,1\nb,-2\n', /line 3: the cost "-2" is not an amount/],
    ['author,cost\na,1,5\n', /line 2/],
    ['author,cost\na,"1\n', /line 2/],
    ['author,cost\n,1\n', /line 2: no author/],
    ['author,cost\na,1.005\n', /line 2: the cost "1.005"/],
    ['author,cost\na,0\n', /line 2: the cost "0"/],
    ['', /names no author/],
  ])('is refused by line: %j', async (text, sentence) => {
    await expect(readCostFile(await costFile(text))).rejects.toMatchObject({
      name: 'BudgetError',
      message: expect.stringMatching(sentence),
    })
  })

  it('that is not there is refused', async () => {
    await expect(readCostFile('nowhere.csv')).rejects.toThrow('--costs nowhere.csv cannot be read')
  })
})

describe('the flags of budget', () => {
  const defaults = { authors: '200', seen: '0.1', total: '10', base: '1' }

  it('are exact: cents for amounts, millionths for rates', () => {
    expect(parseBudgetOptions({ ...defaults, total: '0.29', perFollower: '0.000001' })).toMatchObject({
      totalCents: 29,
      costModel: { baseMicros: 1_000_000n, perFollowerMicros: 1n },
    })
  })

  it.each([
    [{ seen: '0' }, /--seen takes a share/],
    [{ seen: '1.1' }, /--seen takes a share/],
    [{ authors: '0' }, /--authors takes a whole number/],
    [{ costs: 'x.csv' }, /exclude each other/],
    [{ base: '0' }, /are both 0/],
    [{ base: '-1' }, /--base -1 is not an amount/],
    [{ maxPerAuthor: '1,000' }, /--max-per-author 1,000 is not an amount/],
    [{ csv: true, json: true }, /--csv and --json exclude each other/],
    [{ window: '8d' }, /--window 8d is unknown/],
    [{ slot: '2026-01-02T03:16:00Z' }, /not a UTC quarter hour/],
  ])('say in one sentence what is wrong with %j', (flags, sentence) => {
    expect(() => parseBudgetOptions({ ...defaults, ...flags })).toThrow(sentence)
  })
})
