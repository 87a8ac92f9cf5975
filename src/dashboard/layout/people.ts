import { html } from 'hono/html'

import { authorLink } from '../links.ts'
import type { View } from '../view.ts'
import type { Markup } from './markup.ts'
import { nameOf, people, shown } from './people-text.ts'

interface Person {
  readonly author_id: string
  readonly name: string | null
  readonly screen_name: string | null
}

/** An author's name as a link to their page, the screen name below it; `mark` stands before the name. */
export const authorCell = (view: Pick<View, 'asked'>, author: Person, mark: Markup | string = ''): Markup =>
  html`<a class="author" href="${authorLink(view, author.author_id)}" title="${shown(nameOf(author), 200)}"
      >${mark}${people(nameOf(author), 40)}</a
    >${handle(author)}`

/** The screen name, where there is one beside the name. */
const handle = ({ name, screen_name }: Person): Markup | string =>
  screen_name !== null && name !== null && shown(screen_name) !== ''
    ? html`<span class="handle">@${people(screen_name, 30)}</span>`
    : ''
