import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { describe, expect, it } from '@jest/globals'

import { findProblems } from './find-problems.ts'
import { rooms } from './rooms.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const checked = ['src', 'packages/spark-connect-js/src']
const written = [...checked, 'test', 'packages/spark-connect-js/test', 'bench', 'bin', 'scripts']
const MOST_LINES = 400

/** Paths from the project's root of all files below a folder that people write. */
function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.m?ts$|\.mjs$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .filter((path) => !path.includes('/generated/'))
}

const read = (path: string): string => readFileSync(join(root, path), 'utf8')
/** Without names that are only passed on: a list of five hundred is no harder to read than one of five. */
const linesOf = (source: string): number =>
  source
    .replaceAll(/^export \{[^}]*\} from .*$/gm, '')
    .trimEnd()
    .split('\n').length
const problemsOf = (sources: Readonly<Record<string, string>>): readonly string[] =>
  findProblems(new Map(Object.entries(sources)))

describe('the project', () => {
  it('imports one way only', () => {
    const files = checked.flatMap(filesBelow)
    expect(files.length).toBeGreaterThan(50)
    expect(findProblems(new Map(files.map((path) => [path, read(path)])))).toEqual([])
  })

  it(`has no file over ${MOST_LINES} lines`, () => {
    const long = written.flatMap(filesBelow).filter((path) => linesOf(read(path)) > MOST_LINES)
    expect(long).toEqual([])
  })

  it('has no circle among its rooms', () => {
    const stranded = new Set(Object.keys(rooms))
    for (let size = -1; size !== stranded.size;) {
      size = stranded.size
      for (const room of stranded) {
        if (!rooms[room]?.rooms.some((other) => stranded.has(other))) stranded.delete(room)
      }
    }
    expect([...stranded]).toEqual([])
  })
})

describe('a wrong arrow is found in', () => {
  const store = '../store/store.ts'
  it.each([
    ['an import', `import { openStore } from '${store}'`],
    ['an import of a type', `import type { Store } from '${store}'`],
    ['an import over several lines', `import {\n  openStore,\n} from\n  '${store}'`],
    ['an import for its effect', `import '${store}'`],
    ['a re-export', `export { openStore } from '${store}'`],
    ['a re-export of a type', `export type { Store } from '${store}'`],
    ['a dynamic import', `const load = async () => (await import('${store}')).openStore`],
    ['a type written as an import', `export type S = import('${store}').Store`],
  ])('%s', (_form, code) => {
    expect(problemsOf({ 'src/transforms/score.ts': code })).toEqual([
      'src/transforms/score.ts imports src/store/store.ts, but src/transforms may import src/schema, packages/spark-connect-js/src/',
    ])
  })
})

describe('an arrow', () => {
  it.each([
    ['src/cli/score.ts', '../jobs/score.ts'],
    ['src/cli/score.ts', 'spark-connect-js'],
    ['src/jobs/score.ts', '../transforms/window.ts'],
    ['src/transforms/author/with-rank.ts', '../window.ts'],
    ['src/transforms/window.ts', 'spark-connect-js/functions'],
    ['src/store/publish.ts', 'kysely'],
    ['packages/spark-connect-js/src/wire/client.ts', '@grpc/grpc-js'],
    ['packages/spark-connect-js/src/session/executor.ts', '../wire/client.ts'],
    ['packages/spark-connect-js/src/plan/plan.ts', '../generated/spark/connect/base_pb.js'],
  ])('from %s to %s is right', (path, specifier) => {
    expect(problemsOf({ [path]: `import { one } from '${specifier}'` })).toEqual([])
  })

  it.each([
    ['src/jobs/score.ts', '../cli/environment.ts'],
    ['src/jobs/score.ts', '../local/start-embedded.ts'],
    ['src/lake/silver.ts', '../store/store.ts'],
    ['src/store/store.ts', '../collect/random.ts'],
    ['src/collect/random.ts', '../cloud/firehose.ts'],
    ['src/local/start-spark.ts', '../cli/environment.ts'],
    ['src/schema/cascade.ts', '../transforms/window.ts'],
    ['src/transforms/window.ts', 'node:fs'],
    ['src/transforms/window.ts', 'zod'],
    ['src/jobs/score.ts', 'mysql2/promise'],
    ['src/cli/score.ts', '../../packages/spark-connect-js/src/wire/client.ts'],
    ['packages/spark-connect-js/src/wire/client.ts', '../frame/data-frame.ts'],
    ['packages/spark-connect-js/src/arrow/decode.ts', '../frame/columns.ts'],
    ['packages/spark-connect-js/src/types/ddl.ts', '../frame/columns.ts'],
    ['packages/spark-connect-js/src/plan/plan.ts', '../wire/client.ts'],
    ['packages/spark-connect-js/src/plan/plan.ts', '@grpc/grpc-js'],
    ['packages/spark-connect-js/src/index.ts', '../../../src/schema/cascade.ts'],
  ])('from %s to %s is wrong', (path, specifier) => {
    expect(problemsOf({ [path]: `import { one } from '${specifier}'` })).toEqual([
      expect.stringContaining(`${path} imports `),
    ])
  })
})

describe('a source', () => {
  it.each([
    'export const home = process.env.HOME',
    "export const home = process['env']['HOME']",
    'export const home = globalThis.process.env.HOME',
    'const { env } = process\nexport const home = env.HOME',
    "import { env } from 'node:process'\nexport const home = env.HOME",
  ])('reads the environment by %j', (code) => {
    expect(problemsOf({ 'src/store/store.ts': code })).toEqual([
      'src/store/store.ts reads the environment; only src/cli/environment.ts may',
    ])
    expect(problemsOf({ 'src/cli/environment.ts': code }).filter((text) => /reads/.test(text))).toEqual([])
  })

  it('may speak of the environment, and of imports, in comments and texts', () => {
    const code = "/** Like `process.env`; import('../store/store.ts') */\nexport const text = 'process.env'"
    expect(problemsOf({ 'src/schema/cascade.ts': code })).toEqual([])
  })

  it('must not compute the name of a module', () => {
    const code = 'export const load = (name: string) => import(name)'
    expect(problemsOf({ 'src/cli/main.ts': code })).toEqual([
      'src/cli/main.ts computes the name of a module; write it out, so that it can be checked',
    ])
  })

  it.each(["export * from './other.ts'", 'export default 1', 'export default function score() {}'])(
    'must export by names, not by %j',
    (code) => {
      expect(problemsOf({ 'src/cli/main.ts': code })).toEqual([
        'src/cli/main.ts exports by default or by *; export names',
      ])
    },
  )

  it('must stand in a room', () => {
    expect(problemsOf({ 'src/utils/text.ts': '' })).toEqual([
      'src/utils/text.ts stands in no room; add src/utils to rooms.ts',
    ])
  })

  it('must not import itself by way of others', () => {
    const sources = {
      'src/schema/a.ts': "import { b } from './b.ts'",
      'src/schema/b.ts': "import { type C } from './c.ts'",
      'src/schema/c.ts': "export { a } from './a.ts'",
      'src/schema/d.ts': "import { a } from './a.ts'",
    }
    expect(problemsOf(sources)).toEqual([
      'a circle of imports: src/schema/a.ts -> src/schema/b.ts -> src/schema/c.ts -> src/schema/a.ts',
    ])
  })
  it('may share types with one that it imports', () => {
    const sources = {
      'src/schema/a.ts': "import { b } from './b.ts'",
      'src/schema/b.ts': "import type { A } from './a.ts'",
    }
    expect(problemsOf(sources)).toEqual([])
  })
})
