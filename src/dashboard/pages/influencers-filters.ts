import { html } from 'hono/html'

import { languageOf, type InfluencersQuery } from '../influencers-query.ts'
import { countryName, languageName } from '../layout/countries.ts'
import { METHOD_NAMES } from '../layout/estimate.ts'
import { nothing, type Markup } from '../layout/markup.ts'
import { whole } from '../layout/numbers.ts'
import { linkTo, placeOf } from '../links.ts'
import { hiddenInputs } from '../layout/place-form.ts'
import type { Ranking } from '../snapshots.ts'
import type { View } from '../view.ts'
import type { InfluencersResult } from '../find-influencers.ts'

const PATH = '/influencers'
const FOLLOWER_STEPS = [100, 1_000, 10_000, 100_000, 1_000_000] as const
const METHODS = ['explicit', 'follows', 'expected', 'none'] as const
const MOODS = ['positive', 'neutral', 'negative', 'unknown'] as const

/** The filters of the ranking as a form; a script sends it whenever one changes. */
export function filterForm(
  view: View,
  { query, ranking }: InfluencersResult,
  countriesOfTerm: readonly string[],
): Markup {
  const { search, sort, order } = query
  const { countries, languages, methods } = choicesOf(ranking)
  // Of a long ranking only the beginning was counted.
  const counted = (name: string, count: number): string =>
    ranking.isCut ? name : `${name} (${whole(count)})`
  const others = ranking.isCut ? countriesOfTerm.filter((code) => !countries.has(code)) : []
  const chosen = [query.country, query.language, query.followers, query.method, query.mood]
  const isFiltered = search !== '' || chosen.some((each) => each !== undefined)
  return html`<form
    class="filters"
    method="get"
    action="${PATH}"
    data-auto
    role="search"
    aria-label="Filters"
  >
    ${hiddenInputs({ ...placeOf(view.asked), sort: sort === 'influence' ? undefined : sort, order: order === 'desc' ? undefined : order })}
    <label class="grow"
      >Search
      <input
        type="search"
        name="search"
        value="${search}"
        placeholder="Name, @name or id"
        maxlength="100"
        data-search
    /></label>
    ${select({ label: 'Country', name: 'country', chosen: query.country, options: [...[...countries].map(([code, count]) => [code, counted(countryName(code), count)] as const), ...others.map((code) => [code, countryName(code)] as const)] })}
    ${select({ label: 'Language', name: 'language', chosen: query.language, options: [...languages].map(([code, count]) => [code, counted(languageName(code), count)]) })}
    ${select({ label: 'Followers', name: 'followers', chosen: query.followers === undefined ? undefined : String(query.followers), options: followerOptions(query) })}
    ${select({ label: 'Depth', name: 'method', chosen: query.method, options: METHODS.filter((method) => ranking.isCut || methods.has(method) || method === query.method).map((method) => [method, METHOD_NAMES[method]]) })}
    ${select({ label: 'Mood', name: 'mood', chosen: query.mood, options: MOODS.map((mood) => [mood, mood]) })}
    <button class="without-script">Apply</button>
    ${isFiltered ? html`<a class="reset" href="${linkTo(view, PATH)}">Reset</a>` : nothing}
  </form>`
}

interface Select {
  readonly label: string
  readonly name: string
  readonly chosen: string | undefined
  readonly options: readonly (readonly [value: string, name: string])[]
}

/** A choice that may also be left open. */
const select = ({ label, name, chosen, options }: Select): Markup =>
  html`<label
    >${label}
    <select name="${name}">
      <option value="">any</option>
      ${options.map(([value, title]) => html`<option value="${value}" ${value === chosen ? html` selected` : ''}>${title}</option>`)}
    </select></label
  >`

const followerOptions = ({ followers }: InfluencersQuery): Select['options'] =>
  [...new Set([...FOLLOWER_STEPS, ...(followers === undefined ? [] : [followers])])]
    .toSorted((one, other) => one - other)
    .map((least) => [String(least), `${whole(least)} or more`])

interface Choices {
  readonly countries: ReadonlyMap<string, number>
  readonly languages: ReadonlyMap<string, number>
  readonly methods: ReadonlyMap<string, number>
}

const choices = new WeakMap<Ranking, Choices>()

/** What a ranking may be filtered by; counted once for each. */
function choicesOf(ranking: Ranking): Choices {
  const known = choices.get(ranking)
  if (known) return known
  const counted = {
    countries: countsOf(ranking.authors.map(({ country }) => country ?? 'unknown')),
    languages: countsOf(ranking.authors.map(languageOf)),
    methods: countsOf(ranking.authors.map(({ depth_method }) => depth_method)),
  }
  choices.set(ranking, counted)
  return counted
}

/** How often each value is there, the most frequent first; `unknown` last. */
function countsOf(values: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return new Map(
    [...counts].toSorted(
      ([one, left], [other, right]) =>
        Number(one === 'unknown') - Number(other === 'unknown') || right - left,
    ),
  )
}
