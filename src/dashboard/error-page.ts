import { html } from 'hono/html'
import { HTTPException } from 'hono/http-exception'

import { StoreError } from '../store/store-error.ts'
import type { Page } from './layout/frame.ts'
import type { Markup } from './layout/markup.ts'
import { PageError, type PageErrorCode } from './page-error.ts'

const STATUSES = {
  empty: 200,
  not_found: 404,
  bad_request: 400,
  bad_file: 400,
  too_large: 413,
  busy: 503,
} as const

/** The status of an answer that says what went wrong. */
export function statusOf(error: unknown): 200 | 400 | 403 | 404 | 413 | 429 | 500 | 503 {
  if (error instanceof PageError) return STATUSES[error.code]
  if (error instanceof HTTPException) return error.status === 403 ? 403 : 400
  return error instanceof StoreError && error.isTransient ? 503 : 500
}

const TITLES: Readonly<Record<PageErrorCode, string>> = {
  empty: 'Nothing to see yet',
  not_found: 'Not found',
  bad_request: 'This address cannot be read',
  bad_file: 'This file cannot be used',
  too_large: 'Too large',
  busy: 'Busy',
}

const WAYS_OUT: Readonly<Record<PageErrorCode, Markup>> = {
  empty: html`<p>
    Score a slot by <code>ripplerank score</code>, or see it all on an invented stream by
    <code>ripplerank demo</code>. This page shows it as soon as it is published.
  </p>`,
  not_found: html`<p>
    <a href="/">Go to the overview</a> of the newest slot, or <a href="/runs">look at all slots</a>.
  </p>`,
  bad_request: html`<p>Correct the address, or <a href="/">go to the overview</a>.</p>`,
  bad_file: html`<p>
    Correct these lines and <a href="/budget">upload it again</a>. The first line must name the columns
    <code>author</code> and <code>cost</code>.
  </p>`,
  too_large: html`<p><a href="/budget">Go back</a> and leave out what is not needed.</p>`,
  busy: html`<p><a href="/budget">Go back</a> to the budget.</p>`,
}

/** What went wrong, for the reader: a sentence and a way out, never a stack or the name of a server. */
export function errorPage(error: unknown): Page {
  if (error instanceof PageError) {
    const sentences = error.problems.map((problem) => html`<li>${problem}</li>`)
    return {
      title: TITLES[error.code],
      path: '',
      body: html`<div class="card error">
        <ul>
          ${sentences}
        </ul>
        ${WAYS_OUT[error.code]}
      </div>`,
    }
  }
  if (statusOf(error) === 403)
    return {
      title: 'Not from here',
      path: '',
      body: html`<div class="card error">
        <p>
          This form was not sent from this dashboard, so it was not taken.
          <a href="/">Go to the overview</a> and try from there.
        </p>
      </div>`,
    }
  const isAway = statusOf(error) === 503
  return {
    title: isAway ? 'The database does not answer' : 'Something went wrong',
    path: '',
    body: isAway
      ? html`<div class="card error">
          <p>
            Nothing is lost: what was published is still there. Try again in a minute; if it stays away,
            whoever runs Ripplerank should look whether the database is up.
          </p>
        </div>`
      : html`<div class="card error">
          <p>
            It was noted in the log of <code>ripplerank serve</code>. Try again, or
            <a href="/">go to the overview</a>.
          </p>
        </div>`,
  }
}
