import { html } from 'hono/html'

import { href, linkTo, placeOf, type Parameters } from '../links.ts'
import { versionOf, type View } from '../view.ts'
import { logo, sectionIcon } from './icons.ts'
import { nothing, type Markup } from './markup.ts'
import { placeForm } from './place-form.ts'
import { freshness } from './freshness.ts'

/** The pages of the menu. */
const SECTIONS = [
  { path: '/', name: 'Overview' },
  { path: '/influencers', name: 'Influencers' },
  { path: '/compare', name: 'Compare' },
  { path: '/network', name: 'Network' },
  { path: '/topics', name: 'Topics' },
  { path: '/map', name: 'Map' },
  { path: '/budget', name: 'Budget' },
  { path: '/runs', name: 'Runs' },
] as const

/** Where files that never change under their names are found. */
export interface AssetPaths {
  readonly style: string
  readonly theme: string
  readonly island: string
}

/** A page before it is framed. */
export interface Page {
  readonly title: string
  /** What is in the menu, or the path of an entry that it belongs to. */
  readonly section?: string | undefined
  /** Its own address, without the place. */
  readonly path: string
  /** What the page's own parameters are; they stay when another term, window or slot is chosen. */
  readonly parameters?: Parameters
  readonly view?: View | undefined
  /** Without term, window and slot, as it shows all. */
  readonly isWithoutPlace?: boolean
  /** Without the menu. */
  readonly isBare?: boolean
  readonly body: Markup
}

export interface FrameOptions {
  readonly assets: AssetPaths
  /** Who is logged in; undefined where nobody has to. */
  readonly user?: string | undefined
}

/** The whole document around a page. */
export function framed(page: Page, { assets, user }: FrameOptions): Markup {
  const { title, view, body } = page
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="same-origin">
<title>${title} · Ripplerank</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${assets.style}">
<script src="${assets.theme}"></script>
<script type="module" src="${assets.island}"></script>
</head>
<body${view ? html` data-version="${versionOf(view.runs)}" data-latest="${String(view.isLatest)}" data-window="${view.run.window_hours}"` : ''}>
<a class="skip" href="#main">Skip to the content</a>
<header class="side">
<a class="brand" href="${view ? linkTo(view, '/') : '/'}">${logo}<span>Ripplerank</span></a>
${
  page.isBare
    ? nothing
    : html`<nav aria-label="Pages">
        <ul>
          ${SECTIONS.map((entry) => menuEntry(entry, page))}
        </ul>
      </nav>`
}
<div class="side-end">
<button type="button" class="quiet" data-theme-toggle hidden>Dark</button>
${user === undefined ? nothing : logoutForm(user)}
</div>
</header>
<div class="stage">
${view && !page.isWithoutPlace ? placeForm(view, page) : nothing}
<main id="main" tabindex="-1">
<div class="title"><h1>${title}</h1>${view && !page.isWithoutPlace ? freshness(view) : nothing}</div>
${body}
</main>
<footer>Times are UTC. Numbers with ≈ are estimates with their 95 % interval. <kbd>?</kbd> shows the keys.</footer>
</div>
<div class="toast" role="status" aria-live="polite" data-toast></div>
</body>
</html>`
}

function menuEntry({ path, name }: { readonly path: string; readonly name: string }, page: Page): Markup {
  const isHere = (page.section ?? page.path) === path
  const target = page.view ? href(path, placeOf(page.view.asked)) : path
  return html`<li>
    <a href="${target}" ${isHere ? html` aria-current="page"` : ''}
      >${sectionIcon(path)}<span>${name}</span></a
    >
  </li>`
}

const logoutForm = (user: string): Markup =>
  html`<form method="post" action="/logout">
    <button class="quiet" title="Logged in as ${user}">Log out</button>
  </form>`
