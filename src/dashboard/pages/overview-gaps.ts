import { html } from 'hono/html'

import type { Mood } from '../../store/reading/author-details.ts'
import type { PublishedRun } from '../../store/reading/published-slots.ts'
import type { Country, MethodFigures } from '../../store/reading/term-figures.ts'
import { METHOD_EXPLANATIONS, METHOD_NAMES, orUnknown } from '../layout/estimate.ts'
import type { Markup } from '../layout/markup.ts'
import { percent, whole } from '../layout/numbers.ts'

interface Known {
  readonly figures: readonly MethodFigures[]
  readonly countries: readonly Country[]
  readonly mood: Mood | undefined
  readonly run: PublishedRun
}

/** What is missing in a term's numbers, and what can be said of how much is there. */
export interface Gaps {
  readonly authors: number
  readonly scored: number
  /** Observed retweets of those claimed, 0 to 100, over the authors of whom both are known. */
  readonly coverage: number | null
  readonly list: Markup
}

/** Adds up what is not known. */
export function gapsOf({ figures, countries, mood, run }: Known): Gaps {
  const authors = sumOf(figures, ({ authors: count }) => count)
  const claimed = sumOf(figures, ({ claimed_retweets }) => claimed_retweets ?? 0)
  const seen = sumOf(figures, ({ claimed_observed }) => claimed_observed ?? 0)
  const share = (known: number): number | null => (authors > 0 ? 100 - (known / authors) * 100 : null)
  const nowhere =
    countries.length > 0 ? (countries.find(({ country }) => country === 'unknown')?.share ?? 0) : null
  const moodless = mood && mood.volume > 0 ? (mood.unknown / mood.volume) * 100 : null
  const read = (run.observations ?? 0) + (run.rejected ?? 0)
  const gaps: readonly (readonly [name: string, share: number | null, note: string])[] = [
    ['Country', nowhere, 'of the tweets name no place that was found'],
    [
      'Followers',
      share(sumOf(figures, ({ with_followers }) => with_followers)),
      'of the authors; their score is of the other parts',
    ],
    [
      'Favourites',
      share(sumOf(figures, ({ with_favourites }) => with_favourites)),
      'of the authors; their score is of the other parts',
    ],
    ['Mood', moodless, 'of the tweets'],
    [
      'Unreadable',
      read > 0 ? ((run.rejected ?? 0) / read) * 100 : null,
      'of the records of all terms; see Runs',
    ],
  ]
  return {
    authors,
    scored: sumOf(figures, ({ scored }) => scored),
    coverage: claimed > 0 ? Math.min(100, (seen / claimed) * 100) : null,
    list: html`<div class="split">
      <div>
        <table class="compact plain">
          <caption class="visually-hidden">
            Shares that are unknown
          </caption>
          <thead class="visually-hidden">
            <tr>
              <th scope="col">What</th>
              <th scope="col">Unknown</th>
              <th scope="col">Of what</th>
            </tr>
          </thead>
          <tbody>
            ${gaps.map(
              ([name, unknown, note]) =>
                html`<tr>
                  <th scope="row">${name}</th>
                  <td class="number">${orUnknown(unknown, percent)}</td>
                  <td>${note}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <div>
        <h3>How depth was found out</h3>
        <ul class="plain-list">
          ${figures.map(({ depth_method, authors: count }) => html`<li><strong>${METHOD_NAMES[depth_method]}</strong> for ${whole(count)} authors: ${METHOD_EXPLANATIONS[depth_method]}</li>`)}
        </ul>
      </div>
    </div>`,
  }
}

const sumOf = <Row>(rows: readonly Row[], amount: (row: Row) => number): number =>
  rows.reduce((sum, row) => sum + amount(row), 0)
