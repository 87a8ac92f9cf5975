import { html } from 'hono/html'

import { PART_NAMES, scoreParts, type ScorePart } from '../charts/score-parts.ts'
import { depthNumber, METHOD_EXPLANATIONS, METHOD_NAMES, orUnknown, unknown } from '../layout/estimate.ts'
import { nothing, type Markup } from '../layout/markup.ts'
import { compact, percent, smallOrWhole, tenth, whole } from '../layout/numbers.ts'
import type { RankedAuthor } from '../snapshots.ts'

const WIDTH = 160
const HEIGHT = 12

/** A score as a sum: each part with what was counted, what would give 100, its weight and what it adds. */
export function whyTable(author: RankedAuthor): Markup {
  const parts = scoreParts(author)
  const missing = parts.filter(({ value }) => value === null)
  return html`<div class="table-scroll" tabindex="0" role="region" aria-label="Parts of the score">
      <table class="compact">
        <caption class="visually-hidden">
          Parts of the score
        </caption>
        <thead>
          <tr>
            <th scope="col">Part</th>
            <th scope="col" class="number">Counted</th>
            <th
              scope="col"
              class="number yields-1"
              title="The amount that gives 100; the part grows with its logarithm"
            >
              100 at
            </th>
            <th scope="col">Part, of 100</th>
            <th scope="col" class="number yields-1">Weight</th>
            <th scope="col" class="number">Adds</th>
          </tr>
        </thead>
        <tbody>
          ${parts.map((part) => row(author, part))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Influence</th>
            <td></td>
            <td class="yields-1"></td>
            <td></td>
            <td class="yields-1"></td>
            <td class="number"><strong>${orUnknown(author.influence, tenth)}</strong></td>
          </tr>
        </tfoot>
      </table>
    </div>
    <p class="explained">
      Depth counts retweets that came by way of somebody else. For this author it is
      <strong>${METHOD_NAMES[author.depth_method]}</strong>:
      ${METHOD_EXPLANATIONS[author.depth_method]}${author.depth_method === 'expected' ? ` (kernel ${author.kernel})` : ''}.
      Mean depth
      ${depthNumber({ value: author.mean_depth, method: author.depth_method }, (value) => value.toFixed(2))},
      deepest
      ${depthNumber({ value: author.max_depth, method: author.depth_method }, (value) => value.toFixed(2))}.
    </p>
    ${missing.length > 0 ? html`<p class="explained">${missing.map(({ part }) => PART_NAMES[part]).join(', ')}: unknown, so the other parts share the weight.</p>` : nothing}`
}

function row(author: RankedAuthor, { part, amount, saturation, value, weight, points }: ScorePart): Markup {
  const counted =
    part === 'depth'
      ? depthNumber(
          {
            value: amount,
            method: author.depth_method,
            low: author.non_primary_low,
            high: author.non_primary_high,
          },
          smallOrWhole,
        )
      : orUnknown(amount, whole)
  const fill = part === 'depth' && author.depth_method === 'expected' ? 'fill-estimate' : `fill-${part}`
  return html`<tr>
    <th scope="row" class="tight"><span class="key key-${part}"></span>${PART_NAMES[part]}</th>
    <td class="number">${counted}</td>
    <td class="number yields-1">${compact(saturation)}</td>
    <td class="tight">
      ${
        value === null
          ? unknown
          : html`<svg
                class="part-bar"
                viewBox="0 0 ${WIDTH} ${HEIGHT}"
                width="${WIDTH}"
                height="${HEIGHT}"
                aria-hidden="true"
              >
                <rect class="fill fill-track" width="${WIDTH}" height="${HEIGHT}" />
                <rect class="fill ${fill}" width="${((value / 100) * WIDTH).toFixed(1)}" height="${HEIGHT}" />
              </svg>
              ${tenth(value)}`
      }
    </td>
    <td class="number yields-1">${value === null ? '–' : percent(weight * 100)}</td>
    <td class="number">${value === null ? '–' : tenth(points)}</td>
  </tr>`
}
