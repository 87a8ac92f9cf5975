import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'

import type { Hono } from 'hono'

import type { DashboardEnv } from './app.ts'
import type { AssetPaths } from './layout/frame.ts'
import { ICON_FILE } from './layout/icons.ts'
import { takesGzip } from './rendered.ts'

/** The files that pages name, in memory. */
export interface Assets {
  readonly paths: AssetPaths
  readonly files: ReadonlyMap<string, AssetFile>
}

interface AssetFile {
  readonly body: string
  readonly gzipped: Uint8Array<ArrayBuffer>
  readonly type: string
}

const FOR_EVER = 'public, max-age=31536000, immutable'
const FOR_A_DAY = 'public, max-age=86400'
const TYPES = { css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8' } as const

/** Reads scripts and style sheets; the latter become one. Their addresses change with what is in them. */
export async function readAssets(): Promise<Assets> {
  const folder = new URL('assets/', import.meta.url)
  const names = (await readdir(folder)).toSorted()
  const texts = await Promise.all(
    names.map(async (name) => [name, await readFile(new URL(name, folder), 'utf8')] as const),
  )
  const style = texts
    .filter(([name]) => name.endsWith('.css'))
    .map(([, text]) => text)
    .join('\n')
  const scripts = texts.filter(([name]) => name.endsWith('.js'))
  const hash = createHash('sha256')
    .update(style)
    .update(scripts.map(([, text]) => text).join('\n'))
    .digest('hex')
  const base = `/assets/${hash.slice(0, 12)}`
  const files = new Map<string, AssetFile>([
    [`${base}/style.css`, fileOf(style, TYPES.css)],
    ...scripts.map(([name, body]) => [`${base}/${name}`, fileOf(body, TYPES.js)] as const),
  ])
  const paths = { style: `${base}/style.css`, theme: `${base}/theme.js`, island: `${base}/island.js` }
  return { paths, files }
}

const fileOf = (body: string, type: string): AssetFile => ({ body, gzipped: gzipSync(body), type })

/** Answers for the files; everybody may have them, as the page for logging in needs them too. */
export function serveAssets(app: Hono<DashboardEnv>, { files }: Assets): void {
  app.get('/assets/icon.svg', (c) =>
    c.body(ICON_FILE, 200, { 'content-type': 'image/svg+xml', 'cache-control': FOR_A_DAY }),
  )
  app.get('/assets/:hash/:name', (c, next) => {
    const file = files.get(c.req.path)
    if (file === undefined) return next()
    const headers = { 'content-type': file.type, 'cache-control': FOR_EVER, vary: 'accept-encoding' }
    if (!takesGzip(c)) return c.body(file.body, 200, headers)
    return c.body(file.gzipped, 200, { ...headers, 'content-encoding': 'gzip' })
  })
}
