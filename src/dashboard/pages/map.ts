import { html } from 'hono/html'
import { z } from 'zod'

import type { Country } from '../../store/reading/term-figures.ts'
import { drawnCountries, worldMap } from '../charts/world-map.ts'
import { countryName } from '../layout/countries.ts'
import { orUnknown, unknown } from '../layout/estimate.ts'
import type { Page } from '../layout/frame.ts'
import { nothing, type Markup } from '../layout/markup.ts'
import { moodCell } from '../layout/mood.ts'
import { compact, hundredth, percent, signed, whole } from '../layout/numbers.ts'
import { table } from '../layout/table.ts'
import { section } from '../layout/tiles.ts'
import { moodOf } from '../influencers-query.ts'
import { linkTo } from '../links.ts'
import type { PageRequest } from '../page-request.ts'
import { volumeSteps } from './map-steps.ts'

const PATH = '/map'
const STEPS = 5
const MOODS = [
  [-0.3, 'mood-step-0', 'below −0.3'],
  [-0.05, 'mood-step-1', '−0.3 to −0.05'],
  [0.05, 'mood-step-2', 'about 0'],
  [0.3, 'mood-step-3', '0.05 to 0.3'],
  [Infinity, 'mood-step-4', 'above 0.3'],
] as const

const mapQuery = z.object({
  show: z.enum(['volume', 'mood'], 'show takes volume or mood').default('volume'),
})

/** Where a term is spoken of, and how much of it could not be placed. */
export async function mapPage(request: PageRequest): Promise<Page> {
  const view = await request.view()
  const { show } = request.parsed(mapQuery)
  const countries = await request.snapshots.countries(view)
  const known = countries.filter(({ country }) => country !== 'unknown')
  const nowhere = countries.find(({ country }) => country === 'unknown')
  const steps = volumeSteps(
    known.map(({ volume }) => volume),
    STEPS,
  )
  const byCode = new Map(known.map((country) => [country.country, country]))
  const undrawn = known.filter(({ country }) => !drawnCountries.has(country))
  return {
    title: 'Map',
    path: PATH,
    view,
    parameters: { show: show === 'volume' ? undefined : show },
    body: html` <nav class="tabs" aria-label="What the colours show">
        <a href="${linkTo(view, PATH)}" ${show === 'volume' ? html` aria-current="page"` : ''}>Volume</a
        ><a
          href="${linkTo(view, PATH, { show: 'mood' })}"
          ${show === 'mood' ? html` aria-current="page"` : ''}
          >Mood</a
        >
      </nav>
      ${unknownShare(nowhere)}
      <div class="wide-narrow">
        <section class="card">
          ${worldMap({
            label:
              show === 'volume'
                ? 'World map of volume by country; the table has the numbers'
                : 'World map of mood by country; the table has the numbers',
            of: (code) => {
              const country = byCode.get(code)
              if (country === undefined) return undefined
              const title = `${countryName(code)}: ${whole(country.volume)} (${percent(country.share)})`
              if (show === 'volume')
                return {
                  colour: stepOf(
                    steps,
                    steps.findIndex((most) => country.volume <= most),
                  ),
                  title,
                }
              return country.sentiment === null
                ? undefined
                : {
                    colour: moodStep(country.sentiment)[1],
                    title: `${title}, mood ${signed(country.sentiment, hundredth)}`,
                  }
            },
          })}
          ${show === 'volume' ? volumeLegend(steps) : moodLegend}
          ${undrawn.length > 0 ? html`<p class="explained">Too small to be drawn: ${undrawn.map(({ country }) => countryName(country)).join(', ')}; they are in the table.</p>` : nothing}
        </section>
        ${section('Countries', countryTable(countries))}
      </div>`,
  }
}

/** Where there are fewer classes than colours, the strong ones are taken. */
const stepOf = (steps: readonly number[], index: number): string => `step-${index + STEPS - steps.length}`

const moodStep = (sentiment: number) => MOODS.find(([most]) => sentiment <= most) ?? MOODS[4]

function unknownShare(nowhere: Country | undefined): Markup {
  if (nowhere === undefined) return nothing
  return html`<div class="notice plain-notice">
    <strong>${percent(nowhere.share)} could not be placed.</strong> ${whole(nowhere.volume)} tweets and
    retweets have no coordinates, no place and no location in the profile that names a country. The map shows
    the others.
  </div>`
}

const volumeLegend = (steps: readonly number[]): Markup =>
  html`<ul class="legend">
    ${steps.map((most, index) => html`<li><span class="key ${stepOf(steps, index)}"></span>${index === 0 ? 'to ' : `${whole((steps[index - 1] ?? 0) + 1)}–`}${whole(most)}</li>`)}
    <li><span class="key none"></span>none seen</li>
  </ul>`

const moodLegend: Markup = html`<ul class="legend">
  ${MOODS.map(([, colour, name]) => html`<li><span class="key ${colour}"></span>${name}</li>`)}
  <li><span class="key none"></span>unknown</li>
</ul>`

const BAR = 64

function countryTable(countries: readonly Country[]): Markup {
  const most = Math.max(1, ...countries.map(({ share }) => share))
  return table<Country>({
    caption: 'Countries by volume',
    rows: countries,
    isCompact: true,
    empty: 'No tweet of this term could be looked at for its place.',
    columns: [
      {
        title: 'Country',
        isHead: true,
        cell: ({ country }) => (country === 'unknown' ? unknown : countryName(country)),
      },
      {
        title: 'Share',
        isTight: true,
        cell: ({ share, country }) =>
          html`<svg class="part-bar" viewBox="0 0 ${BAR} 12" width="${BAR}" height="12" aria-hidden="true">
              <rect
                class="fill ${country === 'unknown' ? 'fill-neutral' : 'fill-accent'}"
                width="${((share / most) * BAR).toFixed(1)}"
                height="12"
              />
            </svg>
            ${percent(share)}`,
      },
      { title: 'Volume', side: 'right', cell: ({ volume }) => compact(volume) },
      {
        title: 'Authors',
        explained: 'Distinct, within 5 %',
        side: 'right',
        cell: ({ authors }) => orUnknown(authors, compact),
        yields: 3,
      },
      {
        title: 'Mood',
        side: 'right',
        cell: ({ sentiment }) => (sentiment === null ? unknown : moodCell(sentiment, moodOf(sentiment))),
      },
    ],
  })
}
