import { html } from 'hono/html'
import { z } from 'zod'

import type { Topic } from '../../store/reading/term-figures.ts'
import { orUnknown, unknown } from '../layout/estimate.ts'
import type { Page } from '../layout/frame.ts'
import type { Markup } from '../layout/markup.ts'
import { moodCell } from '../layout/mood.ts'
import { compact, signed, whole } from '../layout/numbers.ts'
import { people } from '../layout/people-text.ts'
import { table, type Column } from '../layout/table.ts'
import { section } from '../layout/tiles.ts'
import { moodOf } from '../influencers-query.ts'
import { linkTo } from '../links.ts'
import type { PageRequest } from '../page-request.ts'
import type { View } from '../view.ts'

const PATH = '/topics'
const MOVING = 8
const LEADING = 50
const LEAST_VOLUME = 10 // a topic that was named twice instead of once has not risen by 100 %
const KINDS = [
  ['hashtag', 'Hashtags'],
  ['mention', 'Mentions'],
  ['domain', 'Linked sites'],
  ['word', 'Words'],
] as const

const topicsQuery = z.object({
  kind: z
    .enum(['hashtag', 'mention', 'domain', 'word'], 'kind takes hashtag, mention, domain or word')
    .optional(),
})

/** What is spoken of: what rises, what falls, and what is large. */
export async function topicsPage(request: PageRequest): Promise<Page> {
  const view = await request.view()
  const asked = request.parsed(topicsQuery)
  const all = await request.snapshots.topics(view)
  const [first] = KINDS.find(([value]) => all.some((topic) => topic.kind === value)) ?? KINDS[0]
  const kind = asked.kind ?? first
  const topics = all.filter((topic) => topic.kind === kind)
  return {
    title: 'Topics',
    path: PATH,
    view,
    parameters: asked,
    body: html` <nav class="tabs" aria-label="Kind of topic">
        ${KINDS.map(([value, name]) => html`<a href="${linkTo(view, PATH, { kind: value })}" ${value === kind ? html` aria-current="page"` : ''}>${name}</a>`)}
      </nav>
      <p class="lead">
        Change is against the ${view.run.window_hours} hours before. It is unknown where the data does not
        reach back that far.
      </p>
      <div class="columns">
        ${section('Rising', movingTable('Rising topics', moving(topics, 1)))}
        ${section('Falling', movingTable('Falling topics', moving(topics, -1)))}
      </div>
      ${section('Most used', leadingTable(view, topics))}`,
  }
}

/** Those that changed most in one direction. */
export const moving = (topics: readonly Topic[], direction: 1 | -1): readonly Topic[] =>
  topics
    .filter(
      ({ change_percent, volume, previous_volume }) =>
        change_percent !== null &&
        change_percent * direction > 0 &&
        Math.max(volume, previous_volume ?? 0) >= LEAST_VOLUME,
    )
    .toSorted((one, other) => ((other.change_percent ?? 0) - (one.change_percent ?? 0)) * direction)
    .slice(0, MOVING)

const change: Column<Topic> = {
  title: 'Change',
  side: 'right',
  cell: ({ change_percent }) =>
    change_percent === null
      ? unknown
      : html`<span class="${change_percent > 0 ? 'up' : 'down'}">${signed(change_percent, whole)} %</span>`,
}

const movingTable = (caption: string, rows: readonly Topic[]): Markup =>
  table<Topic>({
    caption,
    rows,
    isCompact: true,
    empty: 'None that is known.',
    columns: [
      { title: 'Topic', isHead: true, cell: ({ topic }) => people(topic, 40) },
      change,
      {
        title: 'Before',
        yields: 1,
        side: 'right',
        cell: ({ previous_volume }) => orUnknown(previous_volume, compact),
      },
      { title: 'Now', side: 'right', cell: ({ volume }) => compact(volume) },
    ],
  })

const BAR = 120

function leadingTable(view: View, topics: readonly Topic[]): Markup {
  const most = Math.max(1, ...topics.map(({ volume }) => volume))
  return table<Topic>({
    caption: 'Topics by volume',
    rows: topics.slice(0, LEADING),
    isCompact: true,
    empty: html`No topic of this kind is published.
      <a href="${linkTo(view, PATH, { kind: 'word' })}">Look at words</a>, or choose a longer window.`,
    columns: [
      { title: '#', side: 'right', cell: (_, index) => whole(index + 1) },
      { title: 'Topic', isHead: true, cell: ({ topic }) => people(topic, 50) },
      {
        title: 'Tweets and retweets',
        isTight: true,
        cell: ({ volume }) =>
          html`<svg class="part-bar" viewBox="0 0 ${BAR} 12" width="${BAR}" height="12" aria-hidden="true">
              <rect class="fill fill-track" width="${BAR}" height="12" />
              <rect class="fill fill-accent" width="${((volume / most) * BAR).toFixed(1)}" height="12" />
            </svg>
            ${whole(volume)}`,
      },
      change,
      {
        title: 'Authors',
        explained: 'Distinct, within 5 %',
        side: 'right',
        cell: ({ authors }) => orUnknown(authors, compact),
        yields: 1,
      },
      {
        title: 'Reach',
        explained: 'Authors times the mean of their followers',
        side: 'right',
        cell: ({ reach }) =>
          reach === null ? unknown : html`<span class="estimate">≈ ${compact(reach)}</span>`,
        yields: 2,
      },
      {
        title: 'Mood',
        side: 'right',
        cell: ({ sentiment }) => (sentiment === null ? unknown : moodCell(sentiment, moodOf(sentiment))),
        yields: 1,
      },
    ],
  })
}
