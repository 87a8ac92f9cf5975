import { describe, expect, it } from '@jest/globals'

import { termSummary } from '../../src/cli/term-summary.ts'

const topic = { term: 'storm', kind: 'hashtag', topic: 'lamps', volume: 1_200, change_percent: 50 }
const country = { term: 'storm', country: 'GB', share: 62.5 }

describe('the summary of a term', () => {
  it('shows hashtags with their change, and countries with what is unknown', () => {
    const topics = [
      topic,
      { ...topic, topic: 'glow', change_percent: -3.4 },
      { ...topic, topic: 'new', change_percent: null },
      { ...topic, kind: 'word', topic: 'lanterns' },
      { ...topic, term: 'flood', topic: 'other' },
    ]
    const countries = [
      { ...country, country: 'unknown', share: 37.5 },
      country,
      { ...country, term: 'flood' },
    ]
    expect(termSummary('storm', { topics, countries })).toBe(
      '  hashtags    #lamps 1,200 (+50 %), #glow 1,200 (-3 %), #new 1,200\n' +
        '  countries   GB 62.50 %, unknown 37.50 %\n',
    )
  })

  it('shows words where nobody uses hashtags', () => {
    const topics = [
      { ...topic, kind: 'domain' },
      { ...topic, kind: 'word', topic: 'lan\u001Bterns' },
    ]
    expect(termSummary('storm', { topics, countries: [] })).toBe('  words       lan terns 1,200 (+50 %)\n')
  })

  it('is empty where nothing is known', () => {
    expect(termSummary('storm', { topics: [], countries: [] })).toBe('')
  })
})
