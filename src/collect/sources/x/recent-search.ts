import { includedIn } from '../../record/from-x-v2.ts'
import { type JsonObject, elementsOf, known, objectOf } from '../../record/json.ts'
import { snowflakeSecondMs } from '../../record/times.ts'
import { FIELDS } from './fields.ts'
import { type Persistence, persistently } from './persistently.ts'
import { type XApi, jsonOf } from './x-api.ts'

const PATH = '/2/tweets/search/recent'
const DAY_MS = 86_400_000
const SEARCHED_MS = 7 * DAY_MS - 60_000 // X searches seven days, and its clock may differ
const MOST_RESULTS = 100
const LEAST_RESULTS = 10

/** Since when to search: after a tweet's id, or a time (milliseconds since 1970). */
export type SearchStart = { readonly afterId: string } | { readonly sinceMs: number }

/** Posts of a page with what they refer to. */
export interface SearchPage {
  readonly posts: readonly unknown[]
  readonly included: ReturnType<typeof includedIn>
}

interface RecentSearch extends Persistence {
  readonly api: XApi
  readonly query: string
  readonly start: SearchStart
  readonly postsLeft: () => number // as many may come and be billed
}

/** The posts of the last seven days, the newest first, page by page; X gives, and bills, no fewer than ten. */
export async function* recentSearch(options: RecentSearch): AsyncGenerator<SearchPage> {
  const { api, query, start, postsLeft, signal, clock } = options
  let nextToken: string | null = null
  while (postsLeft() >= LEAST_RESULTS) {
    const params: Readonly<Record<string, string>> = {
      ...FIELDS,
      query,
      max_results: String(Math.min(MOST_RESULTS, postsLeft())),
      ...startParams(start, clock.now()),
      ...(nextToken !== null && { next_token: nextToken }),
    }
    const page: JsonObject | null = await persistently(
      async () => jsonOf(await api({ path: PATH, params, signal })),
      options,
    )
    if (page === null) return
    yield { posts: elementsOf(page['data']), included: includedIn(page['includes']) }
    nextToken = known(objectOf(page['meta'])?.['next_token'])
    if (nextToken === null) return
  }
}

/** An id older than what X searches would be an error. */
function startParams(start: SearchStart, nowMs: number): Readonly<Record<string, string>> {
  const oldestMs = nowMs - SEARCHED_MS
  const sinceMs = 'sinceMs' in start ? start.sinceMs : (snowflakeSecondMs(start.afterId) ?? 0)
  if ('afterId' in start && sinceMs > oldestMs) return { since_id: start.afterId }
  return { start_time: new Date(Math.max(sinceMs, oldestMs)).toISOString() }
}
