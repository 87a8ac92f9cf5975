import { posix } from 'node:path'

import { parseSource } from './parse-source.ts'
import type { ParsedSource } from './parse-source.ts'
import { clientEntries, isInClient, roomOf, rooms } from './rooms.ts'

/** Source texts by path from the project's root, `src/cli/main.ts`. */
export type Sources = ReadonlyMap<string, string>

interface SourceFile extends ParsedSource {
  readonly path: string
}

/** The one file that reads the environment; all else is told. */
const ENVIRONMENT_READER = 'src/cli/environment.ts'

/** Loads parts of a package that does not export them. */
const COMPUTED_IMPORTS_ALLOWED: ReadonlySet<string> = new Set(['src/local/start-s3.ts'])

/** Two classes that make each other: a frame groups into grouped data, which aggregates into a frame. */
const MAKE_EACH_OTHER: ReadonlySet<string> = new Set([
  'packages/spark-connect-js/src/frame/data-frame.ts',
  'packages/spark-connect-js/src/frame/grouped-data.ts',
])

/** Every broken rule about what a file takes from elsewhere, one sentence each, which names the file. */
export function findProblems(sources: Sources): readonly string[] {
  const files = [...sources].map(([path, code]): SourceFile => ({ path, ...parseSource(code) }))
  return [...files.flatMap(problemsOf), ...cyclesOf(files)]
}

function problemsOf(file: SourceFile): readonly string[] {
  const { path, readsEnvironment, computedImports, hasUnnamedExport } = file
  if (!rooms[roomOf(path)]) return [`${path} stands in no room; add ${roomOf(path)} to rooms.ts`]
  return [
    ...file.specifiers.flatMap((specifier) => problemOfImport(path, specifier) ?? []),
    ...(readsEnvironment && path !== ENVIRONMENT_READER
      ? [`${path} reads the environment; only ${ENVIRONMENT_READER} may`]
      : []),
    ...(computedImports > 0 && !COMPUTED_IMPORTS_ALLOWED.has(path)
      ? [`${path} computes the name of a module; write it out, so that it can be checked`]
      : []),
    ...(hasUnnamedExport ? [`${path} exports by default or by *; export names`] : []),
  ]
}

function problemOfImport(path: string, specifier: string): string | undefined {
  const target = fileOf(path, specifier)
  if (target !== undefined) return problemOfArrow(path, target)
  const room = roomOf(path)
  if (specifier.startsWith('node:')) {
    return rooms[room]?.isPure ? `${path} imports ${specifier}, but ${room} only computes` : undefined
  }
  const name = packageOf(specifier)
  const allowed = rooms[room]?.packages
  return allowed === undefined || allowed.includes(name)
    ? undefined
    : `${path} imports ${name}, but ${room} may use ${allowed.join(', ') || 'no package'}`
}

function problemOfArrow(path: string, target: string): string | undefined {
  if (isInClient(path) !== isInClient(target) && !Object.values(clientEntries).includes(target)) {
    return `${path} imports ${target}, across the border of a package; the app says spark-connect-js, the client nothing`
  }
  const [from, to] = [roomOf(path), roomOf(target)]
  if (from === to || rooms[from]?.rooms.includes(to)) return undefined
  return `${path} imports ${target}, but ${from} may import ${rooms[from]?.rooms.join(', ') || 'no other room'}`
}

/** The project's file that a specifier stands for; undefined for packages and Node's own modules. */
function fileOf(path: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : clientEntries[specifier]
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

/** Circles of files that load each other; types may refer to each other as they like. */
function cyclesOf(files: readonly SourceFile[]): readonly string[] {
  const targets = new Map(
    files.map(({ path, loaded }) => [path, loaded.flatMap((name) => fileOf(path, name) ?? [])]),
  )
  const done = new Set<string>()
  const cycles: string[] = []
  const visit = (path: string, trail: readonly string[]): void => {
    const cycle = trail.slice(trail.indexOf(path))
    const isCycle = trail.includes(path)
    if (isCycle && !cycle.every((file) => MAKE_EACH_OTHER.has(file))) {
      cycles.push(`a circle of imports: ${[...cycle, path].join(' -> ')}`)
    }
    if (isCycle || done.has(path)) return
    for (const target of targets.get(path) ?? []) visit(target, [...trail, path])
    done.add(path)
  }
  for (const path of targets.keys()) visit(path, [])
  return cycles
}
