import { html } from 'hono/html'

import type { Cascade } from '../../store/reading/author-details.ts'
import type { PastCascade } from '../../store/reading/history.ts'
import { cascadeTimeline, spanOf } from '../charts/cascade-timeline.ts'
import { depthNumber, orUnknown, unknown } from '../layout/estimate.ts'
import type { Markup } from '../layout/markup.ts'
import { compact, hundredth, smallOrWhole, whole } from '../layout/numbers.ts'
import { people, shown } from '../layout/people-text.ts'
import { table } from '../layout/table.ts'
import { timeMarkup } from '../layout/time.ts'

interface Carried {
  readonly cascades: readonly Cascade[]
  readonly steps: readonly PastCascade[]
  readonly end: Date
}

const TEXT_LETTERS = 140

/** Tweets below each other on one time. */
export function cascadeTable({ cascades, steps, end }: Carried): Markup {
  const span = spanOf(cascades, end)
  const byRoot = Map.groupBy(steps, ({ root_id }) => root_id)
  return table<Cascade>({
    caption: 'Most carried tweets',
    rows: cascades,
    empty: 'No tweet of this author was retweeted in the window.',
    columns: [
      {
        title: 'Tweet',
        isHead: true,
        cell: ({ text, tweeted_at, root_id }) =>
          html`<span class="tweet">${text === null ? unknown : people(text, TEXT_LETTERS)}</span
            ><span class="handle"
              >${tweeted_at === null ? html`time ${unknown}` : timeMarkup(tweeted_at)} · id
              ${shown(root_id, 40)}</span
            >`,
      },
      {
        title: 'From the tweet to its last event',
        cell: (cascade) =>
          span
            ? cascadeTimeline(cascade, {
                span,
                steps: (byRoot.get(cascade.root_id) ?? []).map(({ slot_end, retweets }) => ({
                  at: slot_end,
                  retweets: Number(retweets),
                })),
              })
            : '',
        yields: 1,
      },
      { title: 'Retweets', side: 'right', cell: ({ retweets }) => whole(retweets) },
      {
        title: 'Favourites',
        side: 'right',
        cell: ({ favourites }) => orUnknown(favourites, compact),
        yields: 2,
      },
      {
        title: 'Passed on',
        explained: 'Retweets from somebody other than the author',
        side: 'right',
        cell: (it) =>
          depthNumber(
            {
              value: it.non_primary_retweets,
              method: it.depth_method,
              low: it.non_primary_low,
              high: it.non_primary_high,
            },
            smallOrWhole,
          ),
        yields: 1,
      },
      {
        title: 'Depth',
        explained: 'Mean depth of the retweeters',
        side: 'right',
        cell: (it) => depthNumber({ value: it.mean_depth, method: it.depth_method }, hundredth),
        yields: 2,
      },
    ],
  })
}

const TOPIC = /(?<![\p{L}\p{N}_&/])[#@][\p{L}\p{N}_]{2,50}/gu
const TOPICS_SHOWN = 12

/** Hashtags and mentions of the tweets, each with the retweets of the tweets that name it. */
export function topicsOfTexts(cascades: readonly Cascade[]): Markup {
  const retweets = new Map<string, number>()
  for (const cascade of cascades) {
    const topics = new Set((cascade.text ?? '').toLowerCase().match(TOPIC))
    for (const topic of topics) retweets.set(topic, (retweets.get(topic) ?? 0) + cascade.retweets)
  }
  const rows = [...retweets].toSorted(([, one], [, other]) => other - one).slice(0, TOPICS_SHOWN)
  return table<readonly [string, number]>({
    caption: 'Topics of the most carried tweets',
    rows,
    isCompact: true,
    empty: 'These tweets name no hashtag and nobody.',
    columns: [
      { title: 'Topic', isHead: true, cell: ([topic]) => people(topic, 40) },
      {
        title: 'Retweets',
        explained: 'Of the tweets that name it',
        side: 'right',
        cell: ([, count]) => whole(count),
      },
    ],
  })
}
