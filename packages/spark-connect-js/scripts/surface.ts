import { join } from 'node:path'

import { declarationsIn, type Declarations } from './declarations.ts'
import type { Surface } from './coverage-table.ts'

const source = join(import.meta.dirname, '../src')

/** A module as its importer sees it. */
type Exports = Readonly<Record<string, unknown>>

/** What the package has to offer: its functions, the public members of its classes, and the keys of its constants. */
export const surfaceOf = (client: Exports, functions: Exports): Surface => {
  const declared = new Map([...declarationsIn(source).values()].flatMap((file) => [...file]))
  const callable = Object.entries(client).filter(([, value]) => typeof value === 'function')
  const classes = callable.filter(([, value]) => String(value).startsWith('class'))
  const plain = callable.filter(([, value]) => !String(value).startsWith('class'))
  const constants = Object.entries(client).filter(([, value]) => typeof value === 'object')
  return new Map([
    ['functions', new Set(Object.keys(functions))],
    ...classes.map(([name, value]) => [name, membersOf(value, declared)] as const),
    ['spark-connect-js', new Set(plain.map(([name]) => name))],
    ...constants.map(([name, value]) => [name, new Set(Object.keys(value as object))] as const),
  ])
}

/** The members of a class and of those that it extends, as the sources declare them: also what is set on construction. */
const membersOf = (value: unknown, declared: Declarations): ReadonlySet<string> => {
  const members = new Set<string>()
  for (let owner = value; typeof owner === 'function' && owner.name; owner = Object.getPrototypeOf(owner)) {
    const prefix = `${owner.name}.`
    for (const name of declared.keys()) {
      if (name.startsWith(prefix)) members.add(name.slice(prefix.length))
    }
  }
  members.delete('constructor')
  return members
}
