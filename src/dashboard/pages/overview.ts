import { html } from 'hono/html'

import type { Mood } from '../../store/reading/author-details.ts'
import type { PastVolume } from '../../store/reading/history.ts'
import { estimatePattern, scoreBar, scoreLegend } from '../charts/score-bar.ts'
import { lineChart } from '../charts/line-chart.ts'
import { countryName } from '../layout/countries.ts'
import { orUnknown, unknown } from '../layout/estimate.ts'
import type { Page } from '../layout/frame.ts'
import { staleNotice } from '../layout/freshness.ts'
import { nothing, type Markup } from '../layout/markup.ts'
import { moodBar } from '../layout/mood.ts'
import { compact, hundredth, percent, shortest, signed, tenth, whole } from '../layout/numbers.ts'
import { authorCell } from '../layout/people.ts'
import { table } from '../layout/table.ts'
import { section, tiles } from '../layout/tiles.ts'
import { utc } from '../layout/time.ts'
import { linkTo } from '../links.ts'
import { editionOf } from '../editions.ts'
import type { PageRequest } from '../page-request.ts'
import type { RankedAuthor } from '../snapshots.ts'
import { earlierOf, movementOf, type Earlier } from '../trends.ts'
import { slotsBefore, type View } from '../view.ts'
import { gapsOf } from './overview-gaps.ts'
import { AMONG, moversOf } from './overview-movers.ts'

const VOLUME_SLOTS = 48
const TOP_AUTHORS = 5

/** What a term came to: how much, by whom, how well, and what is not known of it. */
export async function overviewPage(request: PageRequest): Promise<Page> {
  const view = await request.view()
  const { snapshots, reader, nowMs } = request
  const slots = slotsBefore(view, VOLUME_SLOTS)
  const [figures, countries, mood, ranking, volumes] = await Promise.all([
    snapshots.figures(view),
    snapshots.countries(view),
    snapshots.mood(view),
    snapshots.ranking(view),
    snapshots.derived(view, `volumes of ${editionOf(slots)}`, () =>
      reader.volumeHistory({ ...view.key, slotEnds: slots.map(({ slot_end }) => slot_end) }),
    ),
  ])
  const leading = ranking.authors.slice(0, AMONG)
  const earlier = await snapshots.derived(view, `earlier of ${editionOf(slots)}`, () =>
    earlierOf(request, view, leading),
  )
  const gaps = gapsOf({ figures, countries, mood, run: view.run })
  const reach = countries.reduce((sum, country) => sum + (country.reach ?? 0), 0)
  return {
    title: 'Overview',
    path: '/',
    view,
    body: html` ${staleNotice(view, nowMs())} ${estimatePattern}
      ${tiles([
        { name: 'Tweets and retweets', value: orUnknown(mood?.volume, compact), note: 'in the window' },
        {
          name: 'Reach',
          value:
            reach > 0
              ? html`<span
                  class="estimate"
                  title="Distinct speakers times the mean of their followers; people who follow several count for each"
                  >≈ ${compact(reach)}</span
                >`
              : unknown,
          note: 'followers of all who spoke',
        },
        {
          name: 'Authors',
          value: compact(gaps.authors),
          note: html`${compact(gaps.scored)} with a score`,
          href: linkTo(view, '/influencers'),
        },
        {
          name: 'Coverage',
          value: orUnknown(gaps.coverage, percent),
          note: 'of the retweets that the platform counts were seen',
        },
        {
          name: 'Countries',
          value: whole(countries.filter(({ country }) => country !== 'unknown').length),
          note: topCountry(countries),
          href: linkTo(view, '/map'),
        },
      ])}
      <div class="columns">
        ${section('Leading authors', leaders(view, leading, earlier), html`<a href="${linkTo(view, '/influencers')}">All authors</a>`)}
        ${section('Top movers', moversOf(view, { leading, earlier }))}
        ${section('Volume', volumeChart(volumes), html`<small>in the ${view.run.window_hours} h up to each slot</small>`)}
        ${section('Mood', moodOfTerm(mood, volumes), html`<small>below: the mean up to each slot, of −1 to +1</small>`)}
      </div>
      ${section('What the data does not know', gaps.list)}`,
  }
}

function leaders(view: View, leading: readonly RankedAuthor[], earlier: Earlier | undefined): Markup {
  const rows = leading.slice(0, TOP_AUTHORS)
  return html`${table<RankedAuthor>({
    caption: 'Leading authors',
    rows,
    isCompact: true,
    empty: 'Nobody has a score.',
    columns: [
      { title: '#', side: 'right', cell: ({ rank }) => whole(rank) },
      { title: 'Author', isHead: true, cell: (author) => authorCell(view, author) },
      {
        title: 'Influence',
        cell: (author) =>
          html`<span class="score">${orUnknown(author.influence, tenth)}</span>${scoreBar(author)}`,
      },
      {
        title: html`<span class="visually-hidden">Movement</span>`,
        cell: (author) => movementOf(author, earlier),
      },
    ],
  })}${scoreLegend(rows.some(({ depth_method }) => depth_method === 'expected'))}`
}

function topCountry(
  countries: readonly { readonly country: string; readonly share: number }[],
): Markup | string {
  const first = countries.find(({ country }) => country !== 'unknown')
  return first ? `most from ${countryName(first.country)}` : nothing
}

function moodOfTerm(mood: Mood | undefined, volumes: readonly PastVolume[]): Markup {
  if (mood === undefined) return html`<p class="empty">No mood is known of this term.</p>`
  return html`${moodBar(mood)}${moodChart(volumes)}`
}

/** How the mean went, where there are two slots to tell. */
const moodChart = (volumes: readonly PastVolume[]): Markup =>
  lineChart({
    label: 'Mean mood by slot, of −1 to +1',
    fromZero: false,
    leastSpan: 0.2,
    format: (value) => signed(value, hundredth),
    formatX: (value) => utc(new Date(value)),
    series: [
      {
        colour: 0,
        points: volumes.map(({ slot_end, mean }) => ({
          x: slot_end.getTime(),
          y: mean,
          title: `${mean === null ? 'unknown' : signed(mean, hundredth)} up to ${utc(slot_end)}`,
        })),
      },
    ],
  })

function volumeChart(volumes: readonly PastVolume[]): Markup {
  if (volumes.length < 2)
    return html`<p class="empty">
      A curve needs two slots of this window; there is ${volumes.length === 1 ? 'one' : 'none'}.
    </p>`
  return lineChart({
    label: 'Volume by slot',
    fromZero: true,
    format: shortest,
    formatX: (value) => utc(new Date(value)),
    series: [
      {
        colour: 0,
        points: volumes.map(({ slot_end, volume }) => ({
          x: slot_end.getTime(),
          y: Number(volume),
          title: `${whole(Number(volume))} up to ${utc(slot_end)}`,
        })),
      },
    ],
  })
}
