import { createHash, timingSafeEqual } from 'node:crypto'

import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context, Hono, MiddlewareHandler } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { z } from 'zod'

import type { DashboardEnv } from '../app.ts'
import { dense } from '../layout/dense.ts'
import { framed, type FrameOptions } from '../layout/frame.ts'
import { loginPage } from '../pages/login.ts'
import { isPassword } from './passwords.ts'
import { Sessions } from './sessions.ts'

/** Who may see the dashboard: those with a name and a password, and whoever has the token. */
export interface AccessOptions {
  /** Hashes of passwords, by name. */
  readonly users: ReadonlyMap<string, string>
  readonly token?: string | undefined
  readonly nowMs?: () => number
}

/** Lets in and remembers who is in. */
export interface Access {
  readonly sessions: Sessions
  /** The name of who gave these, undefined where they are wrong. */
  readonly check: (name: string, password: string) => Promise<string | undefined>
  readonly isToken: (text: string) => boolean
  /** Counts a failure of an address and a name. */
  readonly failed: (keys: readonly string[]) => Promise<void>
  /** Whether one of them has failed too often lately. */
  readonly isBarred: (keys: readonly string[]) => Promise<boolean>
}

const COOKIE = '__Host-ripplerank'
const TOKEN_USER = 'token'
const MOST_FAILURES = 10
const FAILURES_SECONDS = 15 * 60
// Of no password; checked where there is no such user, so that the time tells nothing.
const NOBODY = `scrypt$65536$8$2$${'A'.repeat(22)}$${'A'.repeat(43)}`

/** Checks names, passwords and tokens; ten failures in a quarter of an hour are enough. */
export function createAccess({ users, token, nowMs = Date.now }: AccessOptions): Access {
  const failures = new RateLimiterMemory({ points: MOST_FAILURES, duration: FAILURES_SECONDS })
  const isToken = (text: string): boolean =>
    token !== undefined && timingSafeEqual(hashOf(text), hashOf(token))
  return {
    sessions: new Sessions(nowMs),
    isToken,
    check: async (name, password) => {
      if (name === TOKEN_USER && isToken(password)) return TOKEN_USER
      const isRight = await isPassword(password, users.get(name) ?? NOBODY)
      return isRight && users.has(name) ? name : undefined
    },
    failed: async (keys) => {
      // It rejects above the limit, which `isBarred` finds out.
      await Promise.allSettled(keys.map((key) => failures.consume(key)))
    },
    isBarred: async (keys) => {
      const found = await Promise.all(keys.map((key) => failures.get(key)))
      return found.some((each) => each !== null && each.consumedPoints >= MOST_FAILURES)
    },
  }
}

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest()

const credentials = z.object({
  name: z.string().max(100),
  password: z.string().max(1_000),
  next: z.string().max(2_000).default('/'),
})

/** `/login` and `/logout`. */
export function loginRoutes(
  app: Hono<DashboardEnv>,
  access: Access,
  { assets }: Pick<FrameOptions, 'assets'>,
): void {
  const answer = (next: string, problem?: string) =>
    dense(framed(loginPage({ next: ownPath(next), problem }), { assets }))
  app.get('/login', async (c) => c.html(await answer(c.req.query('next') ?? '/')))
  app.post('/login', async (c) => {
    const form = credentials.safeParse(await c.req.parseBody())
    if (!form.success) return c.html(await answer('/', 'Fill in the name and the password.'), 400)
    const { name, password, next } = form.data
    const keys = [`address ${addressOf(c)}`, `name ${name}`]
    if (await access.isBarred(keys)) {
      c.header('retry-after', String(FAILURES_SECONDS))
      return c.html(await answer(next, 'Too many failures. Wait a quarter of an hour and try again.'), 429)
    }
    const user = await access.check(name, password)
    if (user === undefined) {
      await access.failed(keys)
      return c.html(await answer(next, 'Name or password is wrong.'), 401)
    }
    const options = { path: '/', secure: true, httpOnly: true, sameSite: 'Lax' } as const
    setCookie(c, COOKIE, access.sessions.begin(user), options)
    return c.redirect(ownPath(next), 303)
  })
  app.post('/logout', (c) => {
    access.sessions.end(getCookie(c, COOKIE) ?? '')
    deleteCookie(c, COOKIE, { path: '/', secure: true })
    return c.redirect('/login', 303)
  })
}

/** Sends who is not logged in to the login; programs show the token instead. */
export const requireLogin =
  (access: Access): MiddlewareHandler<DashboardEnv> =>
  async (c, next) => {
    c.header('cache-control', 'private, no-store')
    const bearer = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1]
    if (bearer !== undefined) {
      const keys = [`address ${addressOf(c)}`]
      if (await access.isBarred(keys)) return c.text('too many failures; wait a quarter of an hour\n', 429)
      if (!access.isToken(bearer)) {
        await access.failed(keys)
        return c.text('wrong token\n', 401)
      }
      c.set('user', TOKEN_USER)
      return next()
    }
    const user = access.sessions.userOf(getCookie(c, COOKIE) ?? '')
    c.set('user', user)
    if (user !== undefined) return next()
    if (c.req.method !== 'GET') return c.text('log in first\n', 401)
    return c.redirect(`/login?next=${encodeURIComponent(c.req.path + queryOf(c))}`, 303)
  }

const queryOf = (c: Context): string => new URL(c.req.url).search

/** A path of this site, whatever was asked for: `//host` and `/\host` lead elsewhere. */
export const ownPath = (path: string): string => (/^\/(?![/\\])[^\\]*$/.test(path) ? path : '/')

function addressOf(c: Context): string {
  return getConnInfo(c).remote.address ?? 'unknown'
}
