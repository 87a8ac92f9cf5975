import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import axe, { type AxeResults } from 'axe-core'
import { parse } from 'csv-parse/sync'
import type { Browser, BrowserContext, Page } from 'playwright-core'

import type { ScratchDatabase } from '../store/scratch-database.ts'
import { inventSlot } from './invented-slots.ts'
import { hostileId, idOf, slotBefore } from './invented.ts'
import { openBrowser } from './open-browser.ts'
import { dashboardOn, inventedDatabase, START_MS, type InventedDatabase } from './running-dashboard.ts'

const pictures = fileURLToPath(new URL('../../.ripplerank/pictures', import.meta.url))
// As texts, because they run in the browser, whose types the tests do not have.
const READY = `'ready' in document.documentElement.dataset`
const OVERFLOW = 'document.documentElement.scrollWidth - innerWidth'
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const MOST_BYTES = 150_000

let invented: InventedDatabase
let database: ScratchDatabase
let dashboard: Awaited<ReturnType<typeof dashboardOn>>
let browser: Browser

beforeAll(async () => {
  await mkdir(pictures, { recursive: true })
  ;[invented, browser] = await Promise.all([inventedDatabase(), openBrowser()])
  database = invented.database
  dashboard = await dashboardOn(database.url, { pricePerHour: 0.5 })
})

afterAll(async () => {
  await browser.close()
  await dashboard[Symbol.asyncDispose]()
  await invented[Symbol.asyncDispose]()
})

const first = hostileId('script')
const PATHS: readonly (readonly [name: string, path: string])[] = [
  ['overview', '/'],
  ['influencers', '/influencers'],
  ['author', `/authors/${idOf(0)}`],
  ['compare', `/compare?${[0, 1, 2, 5].map((index) => `author=${idOf(index)}`).join('&')}`],
  ['network', '/network'],
  ['topics', '/topics'],
  ['map', '/map'],
  ['map-of-moods', '/map?show=mood'],
  ['budget', '/budget?total=10000&most=2000'],
  ['runs', '/runs'],
  ['not-found', '/nowhere'],
]

interface Opened extends AsyncDisposable {
  readonly page: Page
  readonly context: BrowserContext
  /** What the browser complains of, such as a broken policy. */
  readonly complaints: readonly string[]
}

async function opened(path: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<Opened> {
  const context = await browser.newContext({
    baseURL: dashboard.url,
    locale: 'en-GB',
    timezoneId: 'Asia/Tokyo',
    ...options,
  })
  const page = await context.newPage()
  await page.clock.setFixedTime(START_MS)
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' && !/404|400/.test(message.text())) complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(path)
  if (options.javaScriptEnabled !== false) await page.waitForFunction(READY)
  return { page, context, complaints, [Symbol.asyncDispose]: () => context.close() }
}

/** What the rules of WCAG 2.2 AA say of a page, one line each. */
async function violationsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run(document, { runOnly: ${JSON.stringify(RULES)}, resultTypes: ['violations'] })`,
  )
  return violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .map(({ html }) => html.slice(0, 160))
        .slice(0, 3)
        .join(' | ')}`,
  )
}

const namesOf = (page: Page): Promise<readonly string[]> => page.locator('tbody .author').allTextContents()

describe('every page', () => {
  it.each([
    ['light', 1440],
    ['dark', 390],
  ] as const)('in %s, %i points wide, breaks no rule of WCAG 2.2 AA and fits', async (colorScheme, width) => {
    await using tab = await opened('/', { colorScheme, viewport: { width, height: 900 } })
    const { page, complaints } = tab
    const problems: Record<string, unknown> = {}
    for (const [name, path] of PATHS) {
      let bytes = 0
      const count = (size: number): void => void (bytes += size)
      page.removeAllListeners('requestfinished')
      page.on(
        'requestfinished',
        (request) =>
          void request
            .response()
            .then(async (response) => count((await response?.body())?.length ?? 0))
            .catch(() => {}),
      )
      await page.goto(path)
      await page.waitForFunction(READY)
      const violations = await violationsOf(page)
      const overflow = await page.evaluate<number>(OVERFLOW)
      const picture = join(pictures, `${name}-${colorScheme}-${width}`)
      await page.screenshot({ path: `${picture}.png`, fullPage: true })
      // For docs/pictures.
      await page.screenshot({ path: `${picture}.jpg`, quality: 72 })
      if (violations.length > 0 || overflow > 0 || bytes > MOST_BYTES)
        problems[name] = { violations, overflow, bytes }
    }
    expect({ problems, complaints }).toEqual({ problems: {}, complaints: [] })
  })
})

describe('the influencers', () => {
  it('are filtered, sorted and paged, and their address shows a colleague the same', async () => {
    await using tab = await opened('/influencers')
    const { page } = tab
    const all = await namesOf(page)
    expect(all).toHaveLength(25)
    await page.locator('form.filters select[name=country]').selectOption('GB')
    await page.waitForURL(/country=GB/)
    await page.getByRole('link', { name: 'Followers', exact: true }).click()
    await page.waitForURL(/sort=followers/)
    const british = await namesOf(page)
    expect(british.length).toBeGreaterThan(3)
    expect(british).not.toEqual(all)
    expect(page.url()).not.toContain('search=')
    await using other = await opened(page.url())
    expect(await namesOf(other.page)).toEqual(british)
    expect(await other.page.locator('th[aria-sort=descending]').innerText()).toContain('Followers')
    await page.goto('/influencers')
    await page.getByRole('link', { name: 'Next' }).click()
    await page.waitForURL(/page=2/)
    expect(await page.locator('tbody tr td.number').first().innerText()).toBe('26')
  })

  it('are exported as they are shown', async () => {
    await using tab = await opened('/influencers?followers=1000&sort=retweets&order=asc&page=2')
    const { page } = tab
    const shown = await page
      .locator('tbody tr')
      .evaluateAll((rows) => rows.map((row) => row.querySelector('input')?.value))
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'CSV' }).click(),
    ])
    const text = await readFile(await download.path(), 'utf8')
    const rows: readonly Record<string, string>[] = parse(text, { bom: true, columns: true })
    expect(rows.map(({ author_id }) => author_id)).toEqual(shown)
    expect(text).not.toMatch(/^=|,=|,"=/m)
    const json = await (
      await page.request.get((await page.getByRole('link', { name: 'JSON' }).getAttribute('href')) ?? '')
    ).json()
    expect(json).toMatchObject({ page: 2, authors: shown.map((author_id) => ({ author_id })) })
  })

  it('are moved through by keys', async () => {
    await using tab = await opened('/influencers')
    const { page } = tab
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    const second = (await namesOf(page))[1]
    expect(await page.evaluate<string>('document.activeElement.textContent')).toBe(second)
    await page.keyboard.press('/')
    expect(await page.evaluate<string>('document.activeElement.name')).toBe('search')
    await page.keyboard.press('Escape')
    await page.locator('h1').click()
    await page.keyboard.press('?')
    expect(await page.getByRole('dialog').innerText()).toContain('next and previous row')
    expect(await violationsOf(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.keyboard.press('g')
    await page.keyboard.press('m')
    await page.waitForURL(/\/map/)
  })

  it('work without a script', async () => {
    await using tab = await opened('/influencers', { javaScriptEnabled: false })
    const { page } = tab
    await page.locator('form.filters select[name=method]').selectOption('explicit')
    await page.getByRole('button', { name: 'Apply' }).click()
    expect(page.url()).toContain('method=explicit')
    expect(await page.locator('.estimate').count()).toBe(0)
    await page.locator('form.place select[name=window]').selectOption('7d')
    await page.getByRole('button', { name: 'Show' }).click()
    expect(await page.locator('.freshness').innerText()).toContain('7 days to 5 Mar 2026')
    expect(page.url()).toContain('method=explicit')
    await page.locator('tbody input[type=checkbox]').nth(0).check()
    await page.locator('tbody input[type=checkbox]').nth(1).check()
    await page.getByRole('button', { name: 'Compare the chosen' }).click()
    expect(await page.locator('h1').innerText()).toBe('Compare')
    expect(await page.locator('section').first().locator('tbody tr').count()).toBe(2)
  })
})

it('shows hostile names and texts harmlessly', async () => {
  await using tab = await opened(`/authors/${first}`)
  const { page, complaints } = tab
  expect(await page.locator('h1').innerText()).toBe('<script>document.title = "taken"</script>')
  expect(await page.title()).toBe('<script>document.title = "taken"</script> · Ripplerank')
  for (const path of [
    '/influencers',
    '/topics?kind=word',
    '/network',
    '/runs',
    `/compare?author=${hostileId('image')}&author=${hostileId('rightToLeft')}`,
  ]) {
    await page.goto(path)
    expect(await page.title()).not.toContain('taken')
    expect(await page.locator('img').count()).toBe(0)
    expect(await page.locator('script:not([src])').count()).toBe(0)
  }
  const names: string[] = []
  for (const search of ['lolo', 'null', 'gnp'])
    names.push(...((await page.goto(`/influencers?search=${search}`)) ? await namesOf(page) : []))
  const long = names.find((name) => name.startsWith('LoLo'))
  expect(long?.length).toBeLessThanOrEqual(41)
  expect(names).toContain('Null bell')
  expect(names.join('')).not.toMatch(/[\u202A-\u202E]|\p{Cc}/u)
  expect(complaints).toEqual([])
})

it('plans a budget with costs from a file, and says what is wrong with a broken one', async () => {
  await using tab = await opened('/budget?total=500')
  const { page } = tab
  const upload = async (text: string): Promise<void> => {
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'costs.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
    await Promise.all([
      page.waitForNavigation(),
      page.getByRole('button', { name: 'Upload and plan' }).click(),
    ])
  }
  await upload('author,cost\nada_0,100\nbruno_1,-3\n"broken')
  expect(await page.locator('main').innerText()).toMatch(/This file cannot be used[\s\S]*line \d/)
  await page.goto('/budget?total=500')
  await upload('author,cost\nada_0,100\nbruno_1,-3\n')
  expect(await page.locator('main').innerText()).toContain('line 3: the cost "-3" is not an amount')
  await page.goto('/budget?total=500&most=200')
  await upload('author;cost\nada_0;100\n@BRUNO_1;200\nnobody;1\n')
  expect(await page.locator('main').innerText()).toContain('Costs are from your file')
  const bought = await page.locator('section').first().locator('tbody .author').allTextContents()
  expect(bought.toSorted()).toEqual(['ada_0', 'bruno_1'])
  expect(await page.locator('main').innerText()).toContain('nobody')
  await using other = await opened(page.url())
  expect(await other.page.locator('section').first().locator('tbody .author').allTextContents()).toEqual(
    bought,
  )
  const csv = await page.request.get(
    (await page.getByRole('link', { name: 'CSV' }).getAttribute('href')) ?? '',
  )
  expect(await csv.text()).toContain('ada_0')
})

it('has a theme that is kept, and shows local times beside UTC', async () => {
  await using tab = await opened('/', { colorScheme: 'light' })
  const { page } = tab
  const background = (): Promise<string> =>
    page.evaluate<string>('getComputedStyle(document.body).backgroundColor')
  const light = await background()
  await page.getByRole('button', { name: 'Use the dark theme' }).click()
  expect(await background()).not.toBe(light)
  await page.reload()
  await page.waitForFunction(READY)
  expect(await background()).not.toBe(light)
  expect(await page.locator('main time').first().getAttribute('title')).toBe(
    '5 Mar 2026, 21:45 (Asia/Tokyo, your time)',
  )
})

it('shows a new slot as soon as it is published, and the reader stays where they are', async () => {
  await using tab = await opened('/influencers', { viewport: { width: 1200, height: 500 } })
  await using kept = await opened('/influencers?window=24h&slot=2026-03-05T12:45:00Z')
  const { page } = tab
  await page.locator('tbody input[type=checkbox]').nth(3).check()
  const ticked = await page.locator('tbody input:checked').getAttribute('value')
  await page.locator('input[name=search]').fill('half a na')
  await page.evaluate(`document.querySelector('input[name=search]').setSelectionRange(4, 4)`)
  await page.evaluate('scrollTo(0, 300)')
  await inventSlot(async (table, rows) => database.insert(table, rows), {
    slotEnd: slotBefore(-1),
    windowHours: 24,
  })
  await page.locator('.freshness time', { hasText: '13:00' }).waitFor({ timeout: 10_000 })
  const place = await page.evaluate(
    `({ top: scrollY, focused: document.activeElement.name, typed: document.activeElement.value, cursor: document.activeElement.selectionStart })`,
  )
  expect(place).toEqual({ top: 300, typed: 'half a na', focused: 'search', cursor: 4 })
  expect(await page.locator('tbody input:checked').getAttribute('value')).toBe(ticked)
  expect(await page.locator('[data-toast]').innerText()).toContain('13:00 UTC')
  expect(await kept.page.locator('.freshness').innerText()).toContain('12:45 UTC')
  expect(dashboard.errors).toEqual([])
})
