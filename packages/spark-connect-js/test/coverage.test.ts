import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from '@jest/globals'
import * as client from 'spark-connect-js'
import * as functions from 'spark-connect-js/functions'

import { coverageTable } from '../scripts/coverage-table.ts'
import { surfaceOf } from '../scripts/surface.ts'

const REAL_DATA = process.env['RIPPLERANK_REAL_DATA']
const PYSPARK = REAL_DATA ? join(REAL_DATA, '../api/pyspark-4.1.json') : ''
const itWithPySpark = existsSync(PYSPARK) ? it : it.skip

const page = readFileSync(join(import.meta.dirname, '../docs/coverage.md'), 'utf8')
const surface = surfaceOf(client, functions)

/** The rows of each section of the page: PySpark's name, and what the page says of it. */
const sections = new Map(
  page
    .split(/^## /m)
    .slice(1)
    .map((text) => {
      const rows = [...text.matchAll(/^\| `(\w+)` +\| (.*?) +\|$/gm)]
      return [
        text.slice(0, text.indexOf('\n')),
        rows.map(([, name = '', here = '']) => [name, here] as const),
      ]
    }),
)

/** Everything that a value offers at run time, from its class and those that it extends. */
const offers = (value: unknown, name: string): boolean =>
  typeof value === 'function'
    ? name in value || name in (value.prototype as object)
    : typeof value === 'object' && value !== null && name in value

describe('the table of PySpark’s names', () => {
  it('is what its generator makes: run `npm run coverage --workspace spark-connect-js`', () => {
    expect(page).toBe(coverageTable(surface))
  })

  it('promises nothing that is not exported', () => {
    const promised = [...sections].flatMap(([owner, rows]) =>
      rows.flatMap(([name, here]) => {
        if (here === 'same') return [`${owner}.${name}`]
        const renamed = /^`(.*)`$/.exec(here)?.[1]
        return renamed === undefined ? [] : [renamed.includes('.') ? renamed : `${owner}.${renamed}`]
      }),
    )
    const values: Readonly<Record<string, unknown>> = { ...client, functions }
    const missing = promised.filter((path) => {
      const [owner = '', name = ''] = path.split('.')
      // A field is on no prototype: of those the sources tell.
      return !offers(values[owner], name) && !(owner !== 'functions' && surface.get(owner)?.has(name))
    })
    expect(missing).toEqual([])
    expect(promised.length).toBeGreaterThan(250)
  })

  it('leaves out no export', () => {
    const words = new Set(page.match(/\w+/g))
    const exported = [...Object.keys(client), ...Object.keys(functions)]
    expect(exported.filter((name) => !words.has(name))).toEqual([])
  })

  itWithPySpark('has every name of PySpark 4.1', () => {
    const api = JSON.parse(readFileSync(PYSPARK, 'utf8')) as Record<string, object>
    for (const [owner, names] of Object.entries(api)) {
      const expected = Array.isArray(names) ? (names as readonly string[]) : Object.keys(names)
      expect([owner, sections.get(owner)?.map(([name]) => name)]).toEqual([owner, expected])
    }
  })
})
