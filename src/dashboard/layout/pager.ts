import { html } from 'hono/html'

import { nothing, type Markup } from './markup.ts'
import { whole } from './numbers.ts'

/** Links to the pages around one, to the first and to the last. */
export function pager(
  { page, pages }: { readonly page: number; readonly pages: number },
  linkOf: (page: number) => string,
): Markup {
  if (pages === 1) return nothing
  const near = [1, page - 1, page, page + 1, pages].filter((number) => number >= 1 && number <= pages)
  const numbers = [...new Set(near)]
  return html`<nav class="pager" aria-label="Pages of the table">
    <ul>
      ${page > 1 ? html`<li><a href="${linkOf(page - 1)}" rel="prev">Previous</a></li>` : ''}
      ${numbers.map(
        (number, index) =>
          html`${(numbers[index - 1] ?? number) < number - 1 ? html`<li aria-hidden="true">…</li>` : ''}
            <li>
              <a
                href="${linkOf(number)}"
                ${number === page ? html` aria-current="page"` : ''}
                aria-label="Page ${number}"
                >${whole(number)}</a
              >
            </li>`,
      )}
      ${page < pages ? html`<li><a href="${linkOf(page + 1)}" rel="next">Next</a></li>` : ''}
    </ul>
  </nav>`
}
