import { html } from 'hono/html'

import { estimatePattern } from '../charts/score-bar.ts'
import { lineChart } from '../charts/line-chart.ts'
import { countryName } from '../layout/countries.ts'
import { orUnknown, unknown } from '../layout/estimate.ts'
import type { Page } from '../layout/frame.ts'
import type { Markup } from '../layout/markup.ts'
import { moodBar } from '../layout/mood.ts'
import { hundredth, percent, tenth, whole } from '../layout/numbers.ts'
import { nameOf, people, shown } from '../layout/people-text.ts'
import { section, tiles } from '../layout/tiles.ts'
import { utc } from '../layout/time.ts'
import { linkTo } from '../links.ts'
import type { PageRequest } from '../page-request.ts'
import type { RankedAuthor } from '../snapshots.ts'
import { trendsOf } from '../trends.ts'
import { slotsBefore, type View } from '../view.ts'
import { amplifierTable } from './author-amplifiers.ts'
import { cascadeTable, topicsOfTexts } from './author-cascades.ts'
import { whyTable } from './author-why.ts'
import { findAuthor } from './find-author.ts'

const CASCADES = 10
const TREND_SLOTS = 48
const CASCADE_SLOTS = 12

/** Why one author has their score: its parts, its trend, and who carried which tweets. */
export async function authorPage(request: PageRequest): Promise<Page> {
  const view = await request.view()
  const { reader } = request
  const author = await findAuthor(request, view)
  const slots = slotsBefore(view, TREND_SLOTS)
  const authorId = author.author_id
  const [trends, cascades, amplifiers, mood] = await Promise.all([
    trendsOf(request, view, { slots, authors: [author] }),
    reader.cascades(view.key, { authorId, limit: CASCADES }),
    reader.amplifiers(view.key, [authorId]),
    reader.mood(view.key, authorId),
  ])
  const ids = cascades.map(({ root_id }) => root_id)
  const slotEnds = slots.slice(-CASCADE_SLOTS).map(({ slot_end }) => slot_end)
  const [steps, countries] = await Promise.all([
    reader.cascadeHistory({ ...view.key, slotEnds }, ids),
    reader.countriesOfLocations(amplifiers.flatMap(({ location }) => location ?? [])),
  ])
  const values = trends.of(authorId)
  const path = `/authors/${encodeURIComponent(authorId)}`
  return {
    title: shown(nameOf(author), 80),
    section: '/influencers',
    path,
    view,
    body: html` ${estimatePattern} ${identity(view, author)}
      ${figures(author, await authorsOf(request, view))} ${section('Why this score', whyTable(author))}
      <div class="columns">
        ${section('Trend', trendChart(values, slots))}
        ${section('Mood of those who spread it', mood ? moodBar(mood) : html`<p class="empty">Not known: moods are kept for the leading authors of a term.</p>`)}
      </div>
      ${section('Most carried tweets', cascadeTable({ cascades, steps, end: view.run.slot_end }))}
      <div class="columns">
        ${section('Who amplifies', amplifierTable(view, { amplifiers, countries }))}
        ${section('Topics of these tweets', topicsOfTexts(cascades))}
      </div>`,
  }
}

async function authorsOf({ snapshots }: PageRequest, view: View): Promise<number> {
  const all = await snapshots.figures(view)
  return all.reduce((sum, { authors }) => sum + authors, 0)
}

/** Who they are, where, and what can be done next. */
function identity(view: View, { author_id, screen_name, location, country }: RankedAuthor): Markup {
  return html`<p class="identity">
    ${screen_name === null ? '' : html`<span>@${people(screen_name, 40)}</span>`}
    <span>id <code>${shown(author_id, 64)}</code></span>
    <span
      >${location === null ? html`place ${unknown}` : html`${people(location, 60)}${country === null ? html` <small>(country ${unknown})</small>` : html` <small>(${countryName(country)})</small>`}`}</span
    >
    <a class="button secondary" href="${linkTo(view, '/compare', { author: author_id })}"
      >Compare with others</a
    >
  </p>`
}

function figures(author: RankedAuthor, authors: number): Markup {
  const { rank, influence, coverage, engagement_rate, amplification, tweets } = author
  return tiles([
    { name: 'Influence', value: orUnknown(influence, tenth), note: 'of 100' },
    {
      name: 'Place',
      value: whole(rank),
      note: `of ${whole(authors)}: in the first ${percent((rank / Math.max(authors, 1)) * 100)}`,
    },
    { name: 'Tweets', value: whole(tweets), note: 'with events in the window' },
    {
      name: 'Coverage',
      value: orUnknown(coverage, (value) => percent(Math.min(1, value) * 100)),
      note: 'of the retweets that the platform counts were seen',
    },
    {
      name: 'Engagement',
      value: orUnknown(engagement_rate, (value) => percent(value * 100)),
      note: 'retweets and favourites a tweet and follower',
    },
    {
      name: 'Amplification',
      value:
        amplification === null ? unknown : html`<span class="estimate">≈ ${hundredth(amplification)}</span>`,
      note: 'retweets drawn in the cascades of others',
    },
  ])
}

function trendChart(
  values: readonly (number | null)[],
  slots: readonly { readonly slot_end: Date }[],
): Markup {
  const known = values.filter((value) => value !== null).length
  if (known < 2)
    return html`<p class="empty">
      A trend needs two slots; this author was scored in ${known === 1 ? 'one' : 'none'}.
    </p>`
  return lineChart({
    label: 'Influence by slot',
    fromZero: false,
    format: tenth,
    formatX: (value) => utc(new Date(value)),
    series: [
      {
        colour: 0,
        points: slots.map(({ slot_end }, index) => ({
          x: slot_end.getTime(),
          y: values[index] ?? null,
          title: `${orNone(values[index])} at ${utc(slot_end)}`,
        })),
      },
    ],
  })
}

const orNone = (value: number | null | undefined): string =>
  typeof value === 'number' ? tenth(value) : 'no score'
