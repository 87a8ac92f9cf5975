import { html } from 'hono/html'
import { z } from 'zod'

import type { Rejection, Run } from '../../store/reading/runs.ts'
import { orUnknown, unknown } from '../layout/estimate.ts'
import type { Page } from '../layout/frame.ts'
import { nothing, type Markup } from '../layout/markup.ts'
import { duration, whole } from '../layout/numbers.ts'
import { people } from '../layout/people-text.ts'
import { table } from '../layout/table.ts'
import { section, tiles } from '../layout/tiles.ts'
import { timeMarkup } from '../layout/time.ts'
import { href } from '../links.ts'
import type { PageRequest } from '../page-request.ts'
import { windowName } from '../view.ts'

const PATH = '/runs'
const ROWS = 30
const REASONS = 20
const HOUR_MS = 3_600_000

const runsQuery = z.object({
  page: z.coerce
    .number('page takes a whole number')
    .int()
    .min(1, 'page takes a number from 1')
    .max(1_000)
    .default(1),
})

/** What became of slots: when, how long, what was refused and why, and what it cost. */
export async function runsPage(request: PageRequest): Promise<Page> {
  const { reader, pricePerHour } = request
  const { page } = request.parsed(runsQuery)
  const found = await reader.runs({ limit: ROWS + 1, offset: (page - 1) * ROWS })
  const runs = found.slice(0, ROWS)
  const rejections = await reader.rejections(runs.map(({ slot_end }) => slot_end))
  return {
    title: 'Runs',
    path: PATH,
    view: page === 1 ? await request.view().catch(() => undefined) : undefined,
    isWithoutPlace: true,
    body: html` ${summary(runs, pricePerHour)} ${section('Slots', runTable(runs, pricePerHour))}
      <nav class="pager" aria-label="Pages of the table">
        <ul>
          ${page > 1 ? html`<li><a href="${href(PATH, { page: page === 2 ? undefined : page - 1 })}" rel="prev">Newer</a></li>` : ''}
          ${found.length > ROWS ? html`<li><a href="${href(PATH, { page: page + 1 })}" rel="next">Older</a></li>` : ''}
        </ul>
      </nav>
      ${section('Rejected records of these slots', rejectionTable(rejections), html`<small>those that a slot was the first to meet</small>`)}`,
  }
}

const workMs = ({ started_at, published_at }: Run): number | null =>
  published_at && published_at.getTime() - started_at.getTime()

const lagMs = ({ slot_end, published_at }: Run): number | null =>
  published_at && published_at.getTime() - slot_end.getTime()

function summary(runs: readonly Run[], pricePerHour: number | undefined): Markup {
  const published = runs.filter(({ state }) => state === 'published')
  const work = published.reduce((sum, run) => sum + (workMs(run) ?? 0), 0)
  const records = published.reduce((sum, { observations }) => sum + (observations ?? 0), 0)
  const rejected = published.reduce((sum, run) => sum + (run.rejected ?? 0), 0)
  const lags = published.flatMap((run) => lagMs(run) ?? []).toSorted((one, other) => one - other)
  return tiles([
    {
      name: 'Published',
      value: whole(published.length),
      note: `of the ${whole(runs.length)} slots on this page`,
    },
    {
      name: 'Typical lag',
      value: orUnknown(lags[Math.floor(lags.length / 2)], duration),
      note: 'from the end of a slot to its numbers',
    },
    {
      name: 'Work',
      value: duration(work),
      note: records > 0 ? `${duration((work / records) * 1e6)} a million records` : nothing,
    },
    {
      name: 'Cost',
      value: pricePerHour === undefined ? unknown : ((work / HOUR_MS) * pricePerHour).toFixed(2),
      note:
        pricePerHour === undefined ? html`say <code>--price-per-hour</code>` : `at ${pricePerHour} an hour`,
    },
    { name: 'Rejected', value: whole(rejected), note: `of ${whole(records + rejected)} records` },
  ])
}

/** What has not come to an end has no numbers yet, which is no gap in them. */
const ifPublished = (run: Run, value: number | null, format: (value: number) => string): Markup =>
  run.state === 'published' ? orUnknown(value, format) : html`–`

const runTable = (runs: readonly Run[], pricePerHour: number | undefined): Markup =>
  table<Run>({
    caption: 'Slots, the newest first',
    rows: runs,
    isCompact: true,
    empty: html`No slot was ever run. Start with <code>ripplerank score</code>.`,
    columns: [
      {
        title: 'Slot',
        isHead: true,
        cell: (run) =>
          run.state === 'published'
            ? html`<a
                href="${href('/', { window: windowName(run.window_hours), slot: run.slot_end.toISOString().replace('.000Z', 'Z') })}"
                >${timeMarkup(run.slot_end)}</a
              >`
            : timeMarkup(run.slot_end),
      },
      { title: 'Window', cell: ({ window_hours }) => windowName(window_hours) },
      { title: 'State', cell: ({ state }) => html`<span class="state state-${state}">${state}</span>` },
      {
        title: 'Lag',
        explained: 'From the end of the slot to its numbers',
        side: 'right',
        cell: (run) => ifPublished(run, lagMs(run), duration),
      },
      {
        title: 'Work',
        explained: 'From the start of the run to its numbers',
        side: 'right',
        cell: (run) => ifPublished(run, workMs(run), duration),
        yields: 1,
      },
      {
        title: 'Cost',
        side: 'right',
        cell: (run) =>
          pricePerHour === undefined
            ? unknown
            : ifPublished(run, workMs(run), (ms) => ((ms / HOUR_MS) * pricePerHour).toFixed(4)),
        yields: 2,
      },
      {
        title: 'Records',
        side: 'right',
        cell: (run) => ifPublished(run, run.observations, whole),
        yields: 1,
      },
      { title: 'Repeats', side: 'right', cell: (run) => ifPublished(run, run.duplicates, whole), yields: 2 },
      { title: 'Rejected', side: 'right', cell: (run) => ifPublished(run, run.rejected, whole), yields: 1 },
      { title: 'Authors', side: 'right', cell: (run) => ifPublished(run, run.authors, whole), yields: 2 },
      { title: 'Kernel', cell: ({ kernel }) => people(kernel, 24), yields: 3 },
    ],
  })

/** Reasons over all slots of the page, with one place to look. */
function rejectionTable(rejections: readonly Rejection[]): Markup {
  const reasons = [...Map.groupBy(rejections, ({ reason }) => reason)]
    .map(([reason, all]) => ({
      reason,
      records: all.reduce((sum, { records }) => sum + records, 0),
      object: all.find(({ object }) => object !== null)?.object ?? null,
    }))
    .toSorted((one, other) => other.records - one.records)
  return table<(typeof reasons)[number]>({
    caption: 'Why records were rejected',
    rows: reasons.slice(0, REASONS),
    isCompact: true,
    empty: 'No record was rejected.',
    columns: [
      { title: 'Reason', isHead: true, cell: ({ reason }) => people(reason, 100) },
      { title: 'Records', side: 'right', cell: ({ records }) => whole(records) },
      {
        title: 'For example in',
        cell: ({ object }) => (object === null ? unknown : html`<code>${people(object, 90)}</code>`),
        yields: 1,
      },
    ],
  })
}
