import { html } from 'hono/html'

import type { PublishedRun } from '../../store/reading/published-slots.ts'
import { href, placeOf, type Parameters } from '../links.ts'
import { windowName, type View } from '../view.ts'
import type { Page } from './frame.ts'
import type { Markup } from './markup.ts'
import { shown } from './people-text.ts'
import { isoSeconds, utc } from './time.ts'

const SLOTS_OFFERED = 48

/** Term, window and slot as a form, which works without a script. */
export function placeForm(view: View, { path, parameters = {} }: Page): Markup {
  const { run, runs, key, terms, isLatest, asked } = view
  const windows = [...new Set(runs.map((other) => other.window_hours))].toSorted((one, other) => one - other)
  const slots = runs.filter((other) => other.window_hours === run.window_hours).slice(0, SLOTS_OFFERED)
  return html`<form class="place" method="get" action="${path}" data-auto aria-label="Term, window and slot">
    ${hiddenInputs(parameters)}
    <label
      >Term
      <select name="term">
        ${terms.map((term) => option(term, shown(term, 40), term === key.term))}
      </select></label
    >
    <label
      >Window
      <select name="window">
        ${windows.map((hours) => option(windowName(hours), windowTitle(hours), hours === run.window_hours))}
      </select></label
    >
    <label
      >Slot
      <select name="slot">
        ${option('', 'Latest', isLatest)}${slotsWith(run, slots, isLatest).map((other) => option(isoSeconds(other.slot_end), utc(other.slot_end), !isLatest && other.slot_end.getTime() === run.slot_end.getTime()))}
      </select></label
    >
    <button class="without-script">Show</button>
    ${isLatest ? pinLink(view, path, parameters) : html`<a class="pin" href="${latestLink(path, asked, parameters)}">Go to the latest slot</a>`}
  </form>`
}

const option = (value: string, name: string, isSelected: boolean): Markup =>
  html`<option value="${value}" ${isSelected ? html` selected` : ''}>${name}</option>`

/** @example windowTitle(24) // '24 hours' */
export const windowTitle = (hours: number): string => (hours <= 24 ? `${hours} hours` : `${hours / 24} days`)

/** An old slot, which only an address names, is offered beside the newest ones. */
const slotsWith = (
  run: PublishedRun,
  slots: readonly PublishedRun[],
  isLatest: boolean,
): readonly PublishedRun[] =>
  isLatest || slots.some((other) => other.slot_end.getTime() === run.slot_end.getTime())
    ? slots
    : [...slots, run]

/** Parameters as fields of a form that nobody sees. */
export const hiddenInputs = (parameters: Parameters): readonly Markup[] =>
  Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined || value === ''
      ? []
      : (typeof value === 'object' ? value : [value]).map(
          (each) => html`<input type="hidden" name="${name}" value="${each}" />`,
        ),
  )

function pinLink({ asked, run, key }: View, path: string, parameters: Parameters): Markup {
  const pinned = { term: key.term, window: windowName(run.window_hours), slot: isoSeconds(run.slot_end) }
  const address = href(path, { ...placeOf(asked), ...parameters, ...pinned })
  return html`<a class="pin" href="${address}" title="An address that shows this slot for ever"
    >Keep this slot</a
  >`
}

const latestLink = (path: string, asked: View['asked'], parameters: Parameters): string =>
  href(path, { ...placeOf({ ...asked, slot: undefined }), ...parameters })
