import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

import { beforeAll, describe, expect, it } from '@jest/globals'
import * as client from 'spark-connect-js'
import * as functions from 'spark-connect-js/functions'

import { testServices } from '../../../test/environment/services.ts'
import {
  exampleModule,
  writeExampleModule,
  type RunnableExample,
  type Surroundings,
} from './examples/example-module.ts'
import { declarationsIn, declarationsOf, reexportsOf } from '../scripts/declarations.ts'
import { runExamples, type Outcome } from './examples/run-examples.ts'
import { openSession } from './spark/open-session.ts'

const root = join(import.meta.dirname, '../../..')
const source = join(import.meta.dirname, '../src')
const declarations = declarationsIn(source)
const examples = [...declarations.values()].flatMap((file) => [...file.values()].flat())
const entries = {
  'spark-connect-js': Object.keys(client),
  'spark-connect-js/functions': Object.keys(functions),
}

/** What lets Spark answer about a few rows in half the time. */
const FEW_ROWS = { 'spark.sql.adaptive.enabled': 'false', 'spark.sql.leafNodeDefaultParallelism': '1' }

/** Types that Spark 4.1 has and keeps switched off. */
const NEW_TYPES = { 'spark.sql.timeType.enabled': 'true', 'spark.sql.geospatial.enabled': 'true' }

const written = writeExampleModule(join(root, '.ripplerank/examples'), exampleModule(examples, entries))

describe('an example', () => {
  let outcomes: readonly Outcome[]
  let runnable: readonly RunnableExample[]
  let surroundings: Surroundings
  beforeAll(async () => {
    const module = (await import(written)) as { readonly examples: readonly RunnableExample[] }
    runnable = module.examples
    const spark = await openSession()
    await spark.conf.setAll({ ...FEW_ROWS, ...NEW_TYPES })
    const folder = await mkdtemp(join(tmpdir(), 'spark-connect-js-examples-'))
    await writeFile(join(folder, 'words.txt'), 'one two\n'.repeat(10_000))
    try {
      surroundings = { spark, folder, remote: testServices().sparkRemote }
      outcomes = await runExamples(runnable, surroundings)
    } finally {
      await spark[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    }
  })

  it.each(examples.map(({ name, code, ...rest }, index) => ({ name, code, index, ...rest })))(
    'of $name: $code',
    ({ index, expected, place }) => {
      const outcome = outcomes[index]
      if (!outcome || 'error' in outcome) throw new Error(`${place} fails`, { cause: outcome?.error })
      expect(outcome).toHaveProperty('value')
      if (expected !== undefined)
        expect(outcome.value).toStrictEqual(runnable[index]?.expected?.(surroundings))
    },
  )
})

describe('the examples', () => {
  it('are right for the compiler', async () => {
    const compiler = join(root, 'node_modules/typescript/bin/tsc')
    const project = join(root, '.ripplerank/examples')
    const checked = await promisify(execFile)(process.execPath, [
      compiler,
      '--noEmit',
      '--project',
      project,
    ]).catch(({ stdout }: { readonly stdout: string }) => ({ stdout }))
    expect(checked.stdout).toBe('')
  })

  it.each(['functions.ts', 'index.ts'])('leave out no function or method of %s', (entry) => {
    const exported = reexportsOf(readFileSync(join(source, entry), 'utf8'))
    const values: Readonly<Record<string, unknown>> = entry === 'index.ts' ? client : functions
    expect(exported.map(({ name }) => name).toSorted()).toEqual(Object.keys(values).toSorted())
    const without = exported.flatMap(({ name, declaredName, file }) =>
      isClass(values[name])
        ? membersOf(values[name]).filter((member) => examplesOfMember.get(member)?.length === 0)
        : declarations.get(file)?.get(declaredName)?.length
          ? []
          : [`${name} in ${file}`],
    )
    expect(without).toEqual([])
  })
})

/** Members by their class; the name of a class is unique. A private one is not declared to the outside. */
const examplesOfMember = new Map([...declarations.values()].flatMap((file) => [...file]))

const isClass = (value: unknown): value is abstract new (...args: never) => object =>
  typeof value === 'function' && String(value).startsWith('class')

/** The members of a class and of those that it extends, as `Class.member`. */
const membersOf = (value: unknown): readonly string[] => {
  if (!isClass(value)) return []
  const named = (owner: object) =>
    Object.getOwnPropertyNames(owner)
      .filter((member) => member !== 'constructor')
      .map((member) => `${value.name}.${member}`)
  return [...named(value.prototype), ...named(value), ...membersOf(Object.getPrototypeOf(value))]
}

describe('finding examples', () => {
  it('takes them by declaration, with what they give', () => {
    const found = declarationsOf(
      `
/**
 * A class.
 * @example spark.read // a reader
 */
export class Reader {
  /** @example spark.read.text('a // b') // => 1n */
  text(path: string): void
  /**
   * Two.
   * @example one(
   *   2,
   * ) // => null
   * @example two('sc://x')
   */
  static async open(): Promise<void> {
    const inner = { text() {} }
  }

  private hidden(): void {}
}

/** @example upper(lit('a')) // => 'A' */
export const upper = (): void => {}
export const bare = 1
`,
      'x.ts',
    )
    expect([...found]).toEqual([
      ['Reader', [{ name: 'Reader', place: 'x.ts:2', code: 'spark.read', expected: undefined }]],
      [
        'Reader.text',
        [{ name: 'Reader.text', place: 'x.ts:7', code: "spark.read.text('a // b')", expected: '1n' }],
      ],
      [
        'Reader.open',
        [
          { name: 'Reader.open', place: 'x.ts:9', code: 'one( 2, )', expected: 'null' },
          { name: 'Reader.open', place: 'x.ts:9', code: "two('sc://x')", expected: undefined },
        ],
      ],
      ['upper', [{ name: 'upper', place: 'x.ts:23', code: "upper(lit('a'))", expected: "'A'" }]],
      ['bare', []],
    ])
  })
})
