import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { schema, t } from 'spark-connect-js'
import { arrayExcept } from 'spark-connect-js/functions'

import { topicsOfTerm, topicsOfText } from '../../../src/transforms/topic/topics-of-text.ts'
import type { TransformBench } from '../cascade-frames.ts'
import { transformBench } from '../cascade-frames.ts'

let bench: TransformBench
beforeAll(async () => {
  bench = await transformBench()
})
afterAll(() => bench[Symbol.asyncDispose]())

const Said = schema({
  term: t.string,
  text: t.string.nullable,
  links: t.array(t.string.nullable).nullable,
})

interface Case {
  readonly term?: string
  readonly text: string | null
  readonly links?: readonly string[]
  readonly topics: readonly string[] | null
}

const CASES: Readonly<Record<string, Case>> = {
  'names, tags and words in small letters, each once': {
    text: '#Lamps by @Ada: LAMPS, lamps and #lamps',
    topics: ['#lamps', '@ada', 'lamps', 'and'],
  },
  'the host of a link, without www. and m., however it is written': {
    text: 'HTTPS://www.Example.org:8080/a?b=#c http://user@m.example.com',
    topics: ['/example.org', '/example.com'],
  },
  'where links lead, not where they are wrapped': {
    text: 'see https://bit.ly/1 https://t.co/2',
    links: ['https://news.example.org/1', 'https://news.example.org/2'],
    topics: ['see', '/news.example.org'],
  },
  'no link that only wraps': { text: 'https://t.co/2', topics: [] },
  'no part of the search term, as a word or tag': {
    term: 'Café #Lumière',
    text: 'Café lumière #café #lumière #cafélumière @cafélumière lights',
    topics: ['lights'],
  },
  'letters of any script': {
    text: 'Größe übrigens привет مرحبا 안녕하세요',
    topics: ['größe', 'übrigens', 'привет', 'مرحبا', '안녕하세요'],
  },
  'of scripts without spaces the tags alone': {
    text: '今日は ＃渋谷 で สวัสดี rain',
    topics: ['#渋谷', 'rain'],
  },
  'no number, no short word, no entity': { text: '2026 #2026 ab #a1 &amp; 4ever', topics: ['#a1'] },
  'nothing that an ellipsis cuts off': { text: 'whole #cutof… @ad… wor…', topics: ['whole'] },
  'an apostrophe within a word, but no genitive': {
    text: "don’t o'clock Ada's",
    topics: ["don't", "o'clock", 'ada'],
  },
  'a handle with dots, but no address of e-mail': {
    text: '@ada.example.org me@example.org',
    topics: ['@ada.example.org'],
  },
  'nothing of what is no link': { text: 'and/or https:// http://localhost/x', topics: ['and'] },
  'nothing of an unknown text': { text: null, topics: null },
}

it('a text gives its topics', async () => {
  const said = Object.values(CASES).map(({ term = 'tests', text, links = null }) => ({ term, text, links }))
  const frame = bench.spark.createDataFrame(
    said.map((row) => ({ ...row, links: row.links === null ? null : [...row.links] })),
    Said,
  )
  const rows = await frame
    .select((c) => ({ topics: arrayExcept(topicsOfText(c), topicsOfTerm(c.term)) }))
    .collect()
  const found = Object.keys(CASES).map((name, index) => [name, rows[index]?.topics?.toSorted() ?? null])
  const expected = Object.entries(CASES).map(([name, { topics }]) => [name, topics?.toSorted() ?? null])
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected))
})
