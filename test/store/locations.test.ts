import { afterAll, beforeAll, expect, it } from '@jest/globals'

import type { Store } from '../../src/store/store.ts'
import type { ScratchStore } from './scratch-store.ts'
import { scratchStore } from './scratch-store.ts'

let scratch: ScratchStore
let store: Store

beforeAll(async () => {
  scratch = await scratchStore()
  store = scratch.store
})

afterAll(async () => scratch[Symbol.asyncDispose]())

const location = (letter: string, country: string | null, resolver = 'new') => ({
  location_hash: letter.repeat(64),
  location: `Kraków 🐉 ${letter}`,
  country,
  resolver,
})

it('knows what this resolver or a person found, and keeps what a person entered', async () => {
  await store.rememberLocations([location('a', 'PL'), location('b', null), location('c', 'DE', 'old')])
  await store.rememberLocations([location('d', 'CZ', 'manual'), location('a', 'PL')])
  await store.rememberLocations([location('d', 'PL'), location('e', 'SK', 'old'), location('e', 'SK', 'old')])
  const known = await store.knownLocations(
    Array.from('abcdef').map((letter) => letter.repeat(64)),
    'new',
  )
  expect(Object.fromEntries([...known].map(([hash, country]) => [hash[0], country]))).toEqual({
    a: 'PL',
    b: null,
    d: 'CZ',
  })
  await store.rememberLocations([location('c', 'AT')])
  expect(await store.knownLocations(['c'.repeat(64)], 'new')).toEqual(new Map([['c'.repeat(64), 'AT']]))
  expect(await store.knownLocations([], 'new')).toEqual(new Map())
})
