import { html } from 'hono/html'

import { budgetParameters, decimal, type BudgetQuery } from '../budget/budget-query.ts'
import type { Markup } from '../layout/markup.ts'
import { hiddenInputs } from '../layout/place-form.ts'
import { linkTo, placeOf } from '../links.ts'
import type { View } from '../view.ts'

const PATH = '/budget'
const SUGGESTED_CENTS = 1_000_000

/** What may be spent and what posts cost, as two forms: numbers, and a file. */
export function budgetForms(view: View, query: BudgetQuery): Markup {
  const { total, most, seen, choice, costs, costModel } = query
  const parameters = budgetParameters(query)
  return html`<div class="forms">
    <form class="card budget" method="get" action="${PATH}" aria-label="Budget">
      ${hiddenInputs({ ...placeOf(view.asked), costs })}
      <label
        >May be spent
        <input name="total" inputmode="decimal" required value="${(total ?? SUGGESTED_CENTS) / 100}"
      /></label>
      <label
        >At most for one author
        <input
          name="most"
          inputmode="decimal"
          value="${most === undefined ? '' : most / 100}"
          placeholder="all of it"
      /></label>
      ${
        costs === undefined
          ? html`<label
                >A post costs <input name="base" inputmode="decimal" value="${decimal(costModel.baseMicros)}"
              /></label>
              <label
                >and for each follower
                <input name="follower" inputmode="decimal" value="${decimal(costModel.perFollowerMicros)}"
              /></label>
              <label
                >Choose among the first
                <input name="choice" type="number" min="1" max="200" value="${choice}"
              /></label>`
          : html`<p class="uploaded">
              Costs are from your file.
              <a href="${linkTo(view, PATH, { ...parameters, costs: undefined })}">Use a formula instead</a>
            </p>`
      }
      <label
        >Share that sees a post
        <input name="seen" type="number" min="0.01" max="1" step="0.01" value="${seen}"
      /></label>
      <button>Plan</button>
    </form>
    <form
      class="card budget"
      method="post"
      action="${linkTo(view, PATH, { ...parameters, total: String((total ?? SUGGESTED_CENTS) / 100), costs: undefined })}"
      enctype="multipart/form-data"
      aria-label="Costs"
    >
      <label class="grow"
        >Or upload what a post of each author costs: CSV with the columns author (id or @name) and cost
        <input type="file" name="file" accept=".csv,text/csv" required
      /></label>
      <button class="secondary">Upload and plan</button>
    </form>
  </div>`
}
