import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import type { Column, DataFrame, Row, SparkSession, ValueOf } from 'spark-connect-js'

import type { Example } from '../../scripts/declarations.ts'

/** What examples may name beside the package's exports. */
export interface Surroundings {
  readonly spark: SparkSession
  /** The address of the server, for examples of a session of their own. */
  readonly remote: string
  /** A folder that the server can read and write; it holds `words.txt`. */
  readonly folder: string
}

/** One example as functions; the second is missing where the value cannot be known. */
export interface RunnableExample {
  readonly run: (surroundings: Surroundings) => unknown
  readonly expected?: (surroundings: Surroundings) => unknown
}

/** The JavaScript value that the compiler promises of an example. */
type Promised<R> =
  R extends Promise<infer V>
    ? V
    : R extends Column<infer T>
      ? ValueOf<T>
      : R extends DataFrame<infer S>
        ? readonly Row<S>[]
        : R

interface UnknownExample<R> extends RunnableExample {
  /** The value that the code gives: one that its type allows. */
  gives(expected: (surroundings: Surroundings) => Promised<R>): RunnableExample
}

/**
 * An example whose value the compiler compares with the type of its code.
 * @public to the module that is written
 */
export const example = <R>(run: (surroundings: Surroundings) => R): UnknownExample<R> => ({
  run,
  gives: (expected) => ({ run, expected }),
})

const SURROUNDINGS = ['spark', 'remote', 'folder'] as const

const taken = (code: string): string => {
  const names = SURROUNDINGS.filter((known) => new RegExp(`\\b${known}\\b`).test(code))
  return names.length > 0 ? `{ ${names.join(', ')} }: Surroundings` : ''
}

const thunk = ({ code, expected, place, name }: Example): string => {
  const run = `${/\bawait\b/.test(code) ? 'async ' : ''}(${taken(code)}) => (${code})`
  const gives = expected === undefined ? '' : `.gives((${taken(expected)}) => (${expected}))`
  return `  // ${name}, ${place}\n  example(${run})${gives},`
}

/** The examples as one module: the compiler checks it and the test runs it. */
export const exampleModule = (
  examples: readonly Example[],
  entries: Readonly<Record<string, readonly string[]>>,
): string => {
  const text = examples.map(({ code, expected = '' }) => `${code} ${expected}`).join('\n')
  const words = new Set(text.match(/\w+/g))
  const imports = Object.entries(entries).map(([entry, names]) => {
    const named = names.filter((name) => words.has(name))
    return `import { ${named.join(', ')} } from '${entry}'`
  })
  return [
    ...imports,
    `import { example, type RunnableExample, type Surroundings } from '${import.meta.filename}'`,
    'export const examples: readonly RunnableExample[] = [',
    ...examples.map(thunk),
    ']',
    '',
  ].join('\n')
}

/** Writes the module and a configuration for the compiler beside it; returns the module's path. */
export const writeExampleModule = (folder: string, source: string): string => {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'examples.ts')
  writeFileSync(path, source)
  // Every example is given its surroundings, and need not look at them.
  const compilerOptions = { noUnusedParameters: false, lib: ['esnext'] }
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ extends: '../../tsconfig.json', compilerOptions, include: [path] }),
  )
  return path
}
