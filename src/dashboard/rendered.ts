import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

import type { Context } from 'hono'

import { remembered } from './remembered.ts'

const compress = promisify(gzip)
const LEVEL = 5 // two thirds of the time of zlib's 6, for 2 % more bytes
const PAGES_KEPT = 300 // of 50 kB or less

interface Rendered {
  readonly html: string
  readonly gzipped: Uint8Array<ArrayBuffer>
}

/** What decides how a page looks, beside the code. */
export interface Look {
  /** Path and parameters. */
  readonly address: string
  /** Changes with each publish. */
  readonly version: string
  readonly user: string | undefined
  readonly nowMs: number
}

const MINUTE_MS = 60_000 // ages on a page are given in minutes

/** Answers with pages, each of which is made once for all who look at it in the same minute. */
export function renderer(): (c: Context, look: Look, make: () => Promise<string>) => Promise<Response> {
  const pages = remembered<Rendered>(PAGES_KEPT)
  return async (c, { address, version, user, nowMs }, make) => {
    const key = JSON.stringify([address, version, user, Math.floor(nowMs / MINUTE_MS)])
    const { html, gzipped } = await pages(key, async () => {
      const text = await make()
      return { html: text, gzipped: await compress(text, { level: LEVEL }) }
    })
    c.header('vary', 'accept-encoding')
    if (!/\bgzip\b/.test(c.req.header('accept-encoding') ?? '')) return c.html(html)
    return c.body(gzipped, 200, { 'content-type': 'text/html; charset=UTF-8', 'content-encoding': 'gzip' })
  }
}
