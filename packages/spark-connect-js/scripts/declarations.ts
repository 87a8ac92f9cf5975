import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** One `@example` of a docstring. */
export interface Example {
  /** The exported name that it shows: `upper`, or `DataFrame.select`. */
  readonly name: string
  /** `column/functions/string.ts:12`. */
  readonly place: string
  readonly code: string
  /** What follows `=>`, as JavaScript; undefined where the value cannot be known. */
  readonly expected: string | undefined
}

/** Whatever a file exports, and the members of its exported classes, by name; with the examples of each. */
export type Declarations = ReadonlyMap<string, readonly Example[]>

interface Docstring {
  readonly line: number
  readonly text: string
}

// Prettier has set these sources: what is exported begins a line, a class's members stand two spaces from its edge,
// and a class ends with a brace at the edge.
const DOCSTRING = /^ *\/\*\*([\s\S]*?)\*\//
const EXPORTED = /^export (?:async )?(?:const|function\*?|(?:abstract )?(class)) (\w+)/
const MEMBER = /^ {2}(?:(?:static|async|override|get|set|readonly) |\*)*(\w+)[(<:]/
const TAG = /@example\s+([\s\S]*?)(?=\n\s*@|$)/g

/** Finds the docstrings of a source's exported declarations. */
export const declarationsOf = (source: string, path: string): Declarations => {
  const declarations = new Map<string, Example[]>()
  let [className, docstring]: [string | undefined, Docstring | undefined] = [undefined, undefined]
  for (let index = 0, line = 1; index < source.length;) {
    const rest = source.slice(index)
    const comment = DOCSTRING.exec(rest)
    const text = comment?.[0] ?? rest.slice(0, rest.search(/\n|$/))
    if (comment) docstring = { line, text: comment[1] ?? '' }
    else {
      const name = declaredName(text, className)
      const examples = docstring ? examplesOf(docstring, name ?? '', path) : []
      if (name !== undefined) declarations.set(name, [...(declarations.get(name) ?? []), ...examples])
      const exported = EXPORTED.exec(text)
      className = exported?.[1] === undefined ? (text === '}' ? undefined : className) : exported[2]
      docstring = undefined
    }
    line += text.split('\n').length
    index += text.length + 1
  }
  return declarations
}

const declaredName = (line: string, className: string | undefined): string | undefined => {
  const exported = EXPORTED.exec(line)?.[2]
  if (exported !== undefined) return exported
  const member = MEMBER.exec(line)?.[1]
  return className === undefined || member === undefined ? undefined : `${className}.${member}`
}

const examplesOf = ({ line, text }: Docstring, name: string, path: string): Example[] => {
  const plain = text.replaceAll(/^ *\* ?/gm, '').trimEnd()
  return [...plain.matchAll(TAG)].map(([, example = '']) => ({
    ...partsOf(example.replaceAll(/\s*\n\s*/g, ' ').trim()),
    name,
    place: `${path}:${line}`,
  }))
}

// The comment begins with the last `//` that stands apart: a text such as 'sc://host' has none.
const partsOf = (example: string): Pick<Example, 'code' | 'expected'> => {
  const [code = '', comment = ''] = example.split(/ \/\/ (?!.* \/\/ )/)
  return { code: code.trim(), expected: comment.startsWith('=> ') ? comment.slice(3).trim() : undefined }
}

/** The declarations of every file of a folder, without generated ones, by the file's path in it. */
export const declarationsIn = (folder: string): ReadonlyMap<string, Declarations> =>
  new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.startsWith('generated'))
      .toSorted()
      .map((file) => [file, declarationsOf(readFileSync(join(folder, file), 'utf8'), file)]),
  )

/** A name that an entry of the package exports, and where it is declared. */
export interface Reexport {
  readonly name: string
  readonly declaredName: string
  readonly file: string
}

/** What an entry takes from other files to export it; types are left out. */
export const reexportsOf = (source: string): Reexport[] =>
  [...source.matchAll(/^export \{([^}]*)\} from '\.\/([^']+)'/gm)].flatMap(([, names = '', file = '']) =>
    names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && !name.startsWith('type '))
      .map((name) => {
        const [declared = name, exported = declared] = name.split(' as ')
        return { name: exported, declaredName: declared, file }
      }),
  )
