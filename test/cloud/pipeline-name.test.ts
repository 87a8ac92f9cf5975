import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { pipelineName, roleName } from '../../src/cloud/pipeline-name.ts'
import { MOST_TERM_CHARACTERS, termOfTags, termTags } from '../../src/cloud/term-tags.ts'

const anyTerm = fc
  .oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('#a', 'a b', '=23', '%23', 'é'),
  )
  .filter((text) => text.trim() !== '')
const wellFormed = (text: string): string => text.toWellFormed().normalize('NFC').trim()
const LONGEST_REGION = 'ap-southeast-2'

describe('the name of a pipeline', () => {
  // Data of earlier runs lies below these prefixes: a name that changes loses it.
  it.each([
    ['photo of the day', 'ripplerank-photo-of-the-day-', 'raw/photo-of-the-day-'],
    ['#MeToo', 'ripplerank-metoo-', 'raw/metoo-'],
    ['Überschwemmung in Köln am Rhein', 'ripplerank-uberschwemmung-in-ko-', 'raw/uberschwemmung-in-ko-'],
    ['地震', 'ripplerank-', 'raw/'],
  ])('of %s is readable where it can be', (term, stream, prefix) => {
    const name = pipelineName(term)
    expect(name.stream.slice(0, -16)).toBe(stream)
    expect(name.stream.slice(-16)).toMatch(/^[0-9a-f]{16}$/)
    expect(name.prefix).toBe(`${prefix}${name.stream.slice(-16)}/`)
  })

  it('is the same for ever', () => {
    expect(pipelineName('photo of the day').stream).toBe('ripplerank-photo-of-the-day-9cfc98630dd8febc')
  })

  it('is the same for the same term, and another for another', () => {
    const same = ['é', ' e\u0301 '].map((term) => pipelineName(term).stream)
    expect(new Set(same).size).toBe(1)
    const others = ['a b', 'a  b', 'A b', 'a-b', 'a_b', '#a b'].map((term) => pipelineName(term).stream)
    expect(new Set(others).size).toBe(6)
  })

  it('is one that AWS takes, whatever the term', () => {
    fc.assert(
      fc.property(anyTerm, (term) => {
        const name = pipelineName(term)
        expect(name.stream).toMatch(/^[a-z0-9-]{1,64}$/)
        expect(roleName(name, LONGEST_REGION).length).toBeLessThanOrEqual(64)
        expect(name.prefix).toMatch(/^raw\/[a-z0-9-]+\/$/)
        expect(name.errorPrefix).toMatch(/^errors\/[a-z0-9-]+\/$/)
        expect(pipelineName(name.term)).toEqual(name)
      }),
    )
  })
})

describe('the tags of a term', () => {
  it('are of characters that AWS takes, and tell the term', () => {
    fc.assert(
      fc.property(anyTerm.map(wellFormed), (term) => {
        const tags = termTags(term)
        for (const { Value } of tags) expect(Value).toMatch(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,255}$/u)
        expect(termOfTags(tags.toReversed())).toBe(term)
      }),
    )
  })

  it('are few enough for a stream, however long the term', () => {
    for (const character of ['x', '#', 'ü', '🌪', '\u0301']) {
      const term = character.repeat(MOST_TERM_CHARACTERS / character.length)
      const tags = termTags(term)
      expect(tags.length).toBeLessThanOrEqual(50)
      expect(termOfTags(tags)).toBe(term)
    }
  })

  it('of somebody else tell no term', () => {
    expect(termOfTags([{ Key: 'team', Value: 'storm' }])).toBeUndefined()
  })
})
