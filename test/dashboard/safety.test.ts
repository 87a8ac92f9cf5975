import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'

import { runProgram } from '../../src/cli/run-program.ts'
import { ownPath } from '../../src/dashboard/safety/access.ts'
import { hashPassword, isPassword } from '../../src/dashboard/safety/passwords.ts'
import { Sessions } from '../../src/dashboard/safety/sessions.ts'
import { capturedOutput } from '../cli/captured-output.ts'
import { dashboardOn, inventedDatabase, type InventedDatabase } from './running-dashboard.ts'

const TOKEN = 'a token of thirty-two characters'
const PASSWORD = 'correct horse battery'

let invented: InventedDatabase
let open: Awaited<ReturnType<typeof dashboardOn>>
let closed: Awaited<ReturnType<typeof dashboardOn>>

beforeAll(async () => {
  invented = await inventedDatabase()
  open = await dashboardOn(invented.database.url)
  const users = new Map([['ada', await hashPassword(PASSWORD)]])
  closed = await dashboardOn(invented.database.url, { users, token: TOKEN })
})

afterAll(async () => {
  await open[Symbol.asyncDispose]()
  await closed[Symbol.asyncDispose]()
  await invented[Symbol.asyncDispose]()
})

const get = (url: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
  fetch(url, { headers, redirect: 'manual' })

const post = (
  url: string,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
) => fetch(url, { method: 'POST', body: new URLSearchParams(fields), headers, redirect: 'manual' })

describe('any answer', () => {
  it('forbids inline scripts, frames and whatever comes from elsewhere', async () => {
    const { headers } = await get(open.url)
    const policy = headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-frame-options')).toBe('DENY')
  })

  it.each([
    ['/?window=1h', 'window takes 24h, 7d or 30d'],
    ['/?slot=yesterday', 'slot takes a time'],
    ['/?slot=2026-03-05T12:46:00Z', 'a full quarter of an hour'],
    ['/influencers?page=0', 'page takes a number from 1'],
    ['/influencers?page=1e9', 'page'],
    ['/influencers?sort=password', 'sort takes one of'],
    ['/influencers?country=gb', 'country takes two capital letters'],
    ['/influencers?followers=-1&method=magic', 'method takes explicit'],
    [`/influencers?search=${'x'.repeat(101)}`, 'at most 100 letters'],
    ['/influencers.csv?order=up', 'order takes desc or asc'],
    ['/topics?kind=person', 'kind takes'],
    ['/map?show=money', 'show takes'],
    ['/compare?author=1&author=2&author=3&author=4&author=5', 'four can be compared'],
    ['/budget?total=-1', 'total takes an amount'],
    ['/budget?total=1&base=0&follower=0', 'a post costs something'],
    ['/budget?total=1&seen=0', 'seen takes a share'],
    ['/budget?total=1&costs=!!!', 'costs in this address are broken'],
    ['/runs?page=x', 'page takes a whole number'],
    ['/?term=a&term=b', 'term'],
  ])('to %s is 400 and says why', async (path, sentence) => {
    const answer = await get(new URL(path, open.url).href)
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain(sentence)
  })

  it.each([
    '/?term=nothing',
    '/?window=30d',
    '/?slot=2020-01-01T00:00:00Z',
    '/authors/nobody',
    '/nowhere',
    '/assets/x/y.js',
  ])('to %s is 404 with a way out', async (path) => {
    const answer = await get(new URL(path, open.url).href)
    expect(answer.status).toBe(404)
    expect(await answer.text()).toContain('Go to the overview')
  })

  it('for a name that is not its own is refused: another site may let its name lead here', async () => {
    const { promise, resolve } = Promise.withResolvers<number | undefined>()
    const { request } = await import('node:http')
    request(open.url, { headers: { host: 'evil.example' } }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    }).end()
    expect(await promise).toBe(421)
  })

  it('to a form of another site is 403', async () => {
    const body = new FormData()
    body.set('file', new Blob(['author,cost\na,1\n']), 'costs.csv')
    const answer = await fetch(new URL('/budget', open.url), {
      method: 'POST',
      body,
      headers: { origin: 'https://evil.example' },
    })
    expect(answer.status).toBe(403)
  })

  it('to a large upload is 413, and to an endless one too', async () => {
    const body = new FormData()
    body.set('file', new Blob(['author,cost\n', 'a,1\n'.repeat(300_000)]), 'costs.csv')
    const answer = await fetch(new URL('/budget', open.url), {
      method: 'POST',
      body,
      headers: { origin: new URL(open.url).origin },
    })
    expect(answer.status).toBe(413)
  })

  it('is small: pages are compressed, and files keep for ever under their names', async () => {
    const page = await get(new URL('/influencers', open.url).href)
    expect(page.headers.get('content-encoding')).toBe('gzip')
    const style = /href="(\/assets\/[0-9a-f]{12}\/style\.css)"/.exec(await page.text())?.[1]
    const answer = await get(new URL(style ?? '', open.url).href)
    expect(answer.headers.get('cache-control')).toContain('immutable')
    expect(answer.headers.get('content-encoding')).toBe('gzip')
    const whole = await get(new URL(style ?? '', open.url).href, { 'accept-encoding': 'identity' })
    expect(whole.headers.get('content-encoding')).toBeNull()
    expect(await whole.text()).toBe(await answer.text())
  })
})

it('exports no name as a formula', async () => {
  const csv = await (await get(`${open.url}influencers.csv?search=hyperlink`)).text()
  expect(csv).toContain(`"'=HYPERLINK(""http://evil.example""`)
  expect(csv).not.toMatch(/(^|,)"?=/m)
})

describe('whoever looks after it', () => {
  it('is told whether it lives, is ready, and how it fares', async () => {
    expect((await get(`${open.url}healthz`)).status).toBe(200)
    expect((await get(`${open.url}readyz`)).status).toBe(200)
    await get(`${open.url}authors/nobody`)
    const metrics = await (await get(`${open.url}metrics`)).text()
    expect(metrics).toContain('ripplerank_dashboard_requests_total{route="/authors/:id",status="404"}')
    expect(metrics).not.toContain('nobody')
  })

  it('finds what readers are not told in the log, and no stack on the page', async () => {
    const lost = await dashboardOn(invented.database.url.replace(/\/[^/]+$/, '/information_schema'))
    try {
      const answer = await get(lost.url)
      const text = await answer.text()
      expect(answer.status).toBe(500)
      expect(text).toContain('Something went wrong')
      expect(text).not.toMatch(/slot_run|\.ts:|at .*\(/)
      expect(lost.errors).toHaveLength(1)
      expect((await get(`${lost.url}readyz`)).status).toBe(503)
      expect((await get(`${lost.url}healthz`)).status).toBe(200)
    } finally {
      await lost[Symbol.asyncDispose]()
    }
  })
})

describe('a dashboard with users', () => {
  const login = (fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) =>
    post(`${closed.url}login`, fields, { origin: new URL(closed.url).origin, ...headers })

  it('sends strangers to the login and back, and shows them nothing else', async () => {
    const answer = await get(`${closed.url}influencers?country=GB`)
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe('/login?next=%2Finfluencers%3Fcountry%3DGB')
    for (const path of ['', 'metrics', 'events', 'influencers.csv', 'budget.csv', 'nowhere'])
      expect((await get(closed.url + path)).status).toBe(303)
    expect((await get(`${closed.url}healthz`)).status).toBe(200)
  })

  it('lets in who knows the password, by a cookie that scripts and other sites do not get, until they log out', async () => {
    const answer = await login({ name: 'ada', password: PASSWORD, next: '/map?term=x' })
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe('/map?term=x')
    const cookie = answer.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^__Host-ripplerank=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/)
    const [session = ''] = cookie.split(';')
    const page = await get(closed.url, { cookie: session })
    expect(page.status).toBe(200)
    expect(page.headers.get('cache-control')).toBe('private, no-store')
    expect(await page.text()).toContain('Log out')
    await post(`${closed.url}logout`, {}, { cookie: session, origin: new URL(closed.url).origin })
    expect((await get(closed.url, { cookie: session })).status).toBe(303)
  })

  it('lets programs in by the token, and nobody by another', async () => {
    expect((await get(`${closed.url}metrics`, { authorization: `Bearer ${TOKEN}` })).status).toBe(200)
    expect((await get(`${closed.url}metrics`, { authorization: 'Bearer wrong' })).status).toBe(401)
    expect((await login({ name: 'token', password: TOKEN })).status).toBe(303)
  })

  it('keeps no page for anybody else than whose name stands on it', async () => {
    const cookie =
      (await login({ name: 'ada', password: PASSWORD })).headers.get('set-cookie')?.split(';')[0] ?? ''
    const ways = [{ cookie }, { authorization: `Bearer ${TOKEN}` }, { cookie }]
    const pages = await Promise.all(ways.map(async (way) => (await get(`${closed.url}map`, way)).text()))
    const names = pages.map((page) => /Logged in as (\w+)/.exec(page)?.[1])
    expect(names).toEqual(['ada', 'token', 'ada'])
  })

  it('takes no login from another site', async () => {
    expect(
      (await login({ name: 'ada', password: PASSWORD }, { origin: 'https://evil.example' })).status,
    ).toBe(403)
  })

  it('bars who fails too often, also with the right password then', async () => {
    const bob = await dashboardOn(invented.database.url, {
      users: new Map([['bob', await hashPassword(PASSWORD)]]),
    })
    try {
      const attempt = async (password: string): Promise<number> =>
        (await post(`${bob.url}login`, { name: 'bob', password }, { origin: new URL(bob.url).origin })).status
      const found: number[] = []
      for (let tries = 0; tries < 11; tries++) found.push(await attempt('wrong'))
      expect(found).toEqual([...Array.from({ length: 10 }, () => 401), 429])
      expect(await attempt(PASSWORD)).toBe(429)
    } finally {
      await bob[Symbol.asyncDispose]()
    }
  })
})

it.each([
  ['/map?term=x#y', '/map?term=x#y'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  ['/a\\b', '/'],
  ['', '/'],
])('after the login, %j leads to %j', (asked, path) => {
  expect(ownPath(asked)).toBe(path)
})

it('sessions end after twelve hours', () => {
  let now = 0
  const sessions = new Sessions(() => now)
  const token = sessions.begin('ada')
  now = 12 * 3_600_000 - 1
  expect(sessions.userOf(token)).toBe('ada')
  now += 1
  expect(sessions.userOf(token)).toBeUndefined()
  expect(sessions.userOf('')).toBeUndefined()
})

it('a password is kept as a salted hash', async () => {
  const [one, other] = await Promise.all([hashPassword(PASSWORD), hashPassword(PASSWORD)])
  expect(one).not.toBe(other)
  expect(one).toMatch(/^scrypt\$65536\$8\$2\$/)
  expect(await isPassword(PASSWORD, one)).toBe(true)
  expect(await isPassword(`${PASSWORD} `, one)).toBe(false)
})

describe('the command line', () => {
  const run = async (argv: readonly string[], variables: NodeJS.ProcessEnv = {}, input = '') => {
    const [stdout, stderr] = [capturedOutput(), capturedOutput()]
    const ending = new AbortController()
    const context = {
      variables: { DATABASE_URL: invented.database.url, ...variables },
      stdin: Readable.from([input]),
      stdout,
      stderr,
    }
    // It serves until the signal; its first line says that it does.
    const timer = setInterval(() => stdout.text().includes('http://') && ending.abort(), 20)
    const code = await runProgram(argv, { ...context, signal: ending.signal }).finally(() =>
      clearInterval(timer),
    )
    return { code, stdout: stdout.text(), stderr: stderr.text() }
  }

  it('prints the address as its first line', async () => {
    expect(await run(['serve', '--port', '0'])).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/\n$/),
      stderr: '',
    })
  })

  it('shows nothing to other machines without users or a token', async () => {
    const refused = await run(['serve', '--port', '0', '--host', '0.0.0.0'])
    expect(refused).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('name who may see the numbers by --users'),
    })
    expect(await run(['serve', '--port', '0'], { RIPPLERANK_TOKEN: 'short' })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('fewer than 24 letters'),
    })
  })

  it('makes lines for the users file, and takes no other', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'users-'))
    try {
      const made = await run(['password', 'ada'], {}, `${PASSWORD}\n`)
      expect(made.stdout).toMatch(/^ada:scrypt\$/)
      const path = join(folder, 'users')
      await writeFile(path, `# who looks\n\n${made.stdout}`)
      expect(await run(['serve', '--port', '0', '--users', path])).toMatchObject({ code: 0 })
      await writeFile(path, `${made.stdout}${made.stdout}bob:secret\n`)
      const { stderr } = await run(['serve', '--port', '0', '--users', path])
      expect(stderr).toContain('line 2: ada is there already')
      expect(stderr).toContain('line 3 is not what `ripplerank password` prints')
      expect(stderr).not.toContain('secret')
      expect(await run(['password', 'ada'], {}, 'short\n')).toMatchObject({ code: 2 })
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
