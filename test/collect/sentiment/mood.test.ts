import { describe, expect, it } from '@jest/globals'

import { boundedCache } from '../../../src/collect/sentiment/bounded-cache.ts'
import { vaderMood } from '../../../src/collect/sentiment/mood.ts'
import { normaliseText } from '../../../src/collect/sentiment/normalise-text.ts'

const mood = vaderMood()

describe('sentiment', () => {
  // https://github.com/cjhutto/vaderSentiment#output-for-the-above-example-code
  it.each([
    ['VADER is smart, handsome, and funny.', 0.8316],
    ['VADER is smart, handsome, and funny!', 0.8439],
    ['VADER is very smart, handsome, and funny.', 0.8545],
    ['VADER is VERY SMART, handsome, and FUNNY.', 0.9227],
    ['VADER is VERY SMART, handsome, and FUNNY!!!', 0.9342],
    ['VADER is VERY SMART, uber handsome, and FRIGGIN FUNNY!!!', 0.9469],
    ['VADER is not smart, handsome, nor funny.', -0.7424],
    ['The book was good.', 0.4404],
    ["At least it isn't a horrible book.", 0.431],
    ['The book was only kind of good.', 0.3832],
    ['The plot was good, but the characters are uncompelling and the dialog is not great.', -0.7042],
    ['Today SUX!', -0.5461],
    ["Today only kinda sux! But I'll get by, lol", 0.5249],
    ['Make sure you :) or :D today!', 0.8633],
    ['Catch utf-8 emoji such as 💘 and 💋 and 😁', 0.7003],
    ['Not bad at all', 0.431],
  ])('agrees with the published example: %s', (text, compound) => {
    expect(mood(text, 'en')?.score).toBe(compound)
  })

  it('has the labels of the published thresholds', () => {
    const label = (text: string) => mood(text, 'en')?.label
    expect(label('The book was good.')).toBe('1')
    expect(label('The book was horrible.')).toBe('-1')
    expect(label('Gates open at 17:00.')).toBe('0')
    expect(label('')).toBe('0')
  })

  it('is unknown in other languages than English', () => {
    expect(mood('Die Show war super gut', 'de')).toBeNull()
    expect(mood('good', 'enm')).toBeNull()
    expect(mood('good', 'en-GB')?.label).toBe('1')
  })

  it('is that of an English text where nobody says the language', () => {
    for (const lang of [null, 'und']) {
      expect(mood('This is what we have been waiting for, and it was great', lang)?.label).toBe('1')
      expect(mood('So ein Mist, die Bahn war super voll', lang)).toBeNull()
      expect(mood('Le bus est en retard, super', lang)).toBeNull()
      expect(mood('🎉🎉🎉', lang)).toBeNull()
    }
    expect(mood('So ein Mist', 'en')?.label).toBe('0') // not what was remembered of an unknown language
  })

  it('of a text of megabytes takes no longer than that of its start', () => {
    const start = process.cpuUsage() // not by the clock, which runs on where the machine is busy
    expect(mood('good '.repeat(400_000), 'en')?.label).toBe('1')
    expect(process.cpuUsage(start).user).toBeLessThan(2_000_000) // microseconds
  })
})

describe('a text is normalised', () => {
  it.each([
    ['RT @ann: RT @bob: Great show', 'great show'],
    ['a RT @ann: b', 'a RT : b'],
    ['see https://t.co/AbC. and http://x.example/good?bad=1 now', 'see and now'],
    ['@happy thanks @sad.bsky.social, mail me@home.example', 'thanks , mail me@home.example'],
    ['#happy #1 C#', 'happy #1 C#'],
    ['I &lt;3 you &amp; me', 'I <3 you & me'],
    ['it isn’t', "it isn't"],
    ['NOT good, BUT the BEST', 'not good, but the BEST'],
    ["DON'T PANIC", "don't panic"],
    ['WANT it', 'WANT it'],
    ['so👍🏽😁', 'so thumbs up beaming face with smiling eyes'],
    ['👩‍🚀', 'woman astronaut'],
    ['I ❤ it ❤️', 'I red heart it red heart'],
  ])('%s', (text, expected) => {
    expect(normaliseText(text)).toBe(expected)
  })
})

describe('a bounded cache', () => {
  it('computes once what is used, and forgets what has long not been', () => {
    const computed: string[] = []
    const cached = boundedCache<number>({ characters: 4 })
    const get = (key: string) => cached(key, () => computed.push(key))
    for (const key of ['aa', 'aa', 'bb', 'aa', 'cc', 'aa', 'dd', 'ee', 'ff', 'bb']) get(key)
    expect(computed).toEqual(['aa', 'bb', 'cc', 'dd', 'ee', 'ff', 'bb'])
    expect(get('bb')).toBe(7)
  })
})
