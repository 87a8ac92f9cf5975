import type { Reader } from '../store/reading/reader.ts'
import { isSelection, pageOf, searchOf, selected, type InfluencersQuery } from './influencers-query.ts'
import { oneByOne } from './one-by-one.ts'
import type { PageRequest } from './page-request.ts'
import { RANKING_LENGTH, type RankedAuthor, type Ranking } from './snapshots.ts'
import type { View } from './view.ts'

/** The rows that an address stands for, and what is around them. */
export interface InfluencersResult {
  readonly query: InfluencersQuery
  readonly ranking: Ranking
  /** How many fit the filters and can be paged through. */
  readonly found: number
  /** Whether more fit than that. */
  readonly isCut: boolean
  readonly rows: readonly RankedAuthor[]
  readonly page: number
  readonly pages: number
}

type Services = Pick<PageRequest, 'reader' | 'snapshots'>

/** Reads what a query of the influencers stands for; an export of it takes the same way. */
export async function findInfluencers(
  services: Services,
  view: View,
  query: InfluencersQuery,
): Promise<InfluencersResult> {
  const ranking = await services.snapshots.ranking(view)
  if (ranking.isCut && isSelection(query)) {
    const { found, isCut } = await inDatabase(services, view, { query, ranking })
    const { rows: ids, ...paged } = pageOf(found, query.page)
    return {
      query,
      ranking,
      found: found.length,
      isCut,
      ...paged,
      rows: await authorsOf(services, view, ids),
    }
  }
  const found = await inMemory(services, view, { query, ranking })
  return { query, ranking, found: found.length, isCut: ranking.isCut, ...pageOf(found, query.page) }
}

interface Asked {
  readonly query: InfluencersQuery
  readonly ranking: Ranking
}

async function inMemory({ snapshots }: Services, view: View, { query, ranking }: Asked) {
  if (!isSelection(query)) return ranking.authors
  const make = () => Promise.resolve({ found: selected(ranking.authors, query), isCut: false })
  const { found } = await snapshots.selection(view, `authors ${JSON.stringify({ ...query, page: 1 })}`, make)
  return found
}

const inTurn = oneByOne({
  mostWaiting: 20,
  isBusy: 'Many readers are filtering a long ranking; try again in a minute.',
})

/** Of a long ranking the database says who fits; that takes seconds for a million authors, but once for all pages. */
function inDatabase({ reader, snapshots }: Services, view: View, { query, ranking }: Asked) {
  const { search, country, language, followers: leastFollowers, method, mood, sort, order } = query
  const asked = { country, language, leastFollowers, method, mood, sort, order, limit: RANKING_LENGTH }
  return snapshots.selection(view, `ids ${JSON.stringify([search, asked])}`, async () => {
    if (search === '') {
      const found = await inTurn(() => reader.selection(view.key, asked))
      return { found, isCut: found.length === RANKING_LENGTH }
    }
    const { ids, isCut } = await searched(reader, search, ranking)
    return { found: await reader.selection(view.key, { ...asked, ids }), isCut }
  })
}

// Three lists of it: more than a person looks through, and from 1,000 ids in all MariaDB would read the whole slot.
const FOUND_MOST = 100

/** Whose name holds a text among the leading authors, and whose begins so wherever they stand. */
async function searched(reader: Reader, search: string, { authors }: Ranking) {
  const isFound = searchOf(search)
  const leading = authors.filter(isFound).slice(0, FOUND_MOST)
  const others = await idsOfNames(reader, search)
  const ids = new Set([...leading.map(({ author_id }) => author_id), ...others])
  return { ids: [...ids], isCut: leading.length === FOUND_MOST || others.length >= FOUND_MOST }
}

const idsOfNames = (reader: Reader, text: string): Promise<readonly string[]> =>
  reader.findAuthorIds({ text: text.replace(/^@/, ''), limit: FOUND_MOST })

/** The leading authors of a slot whose names begin with a text, wherever they stand in the ranking. */
export async function leadingOfName(
  services: Services,
  view: View,
  { text, most }: { readonly text: string; readonly most: number },
): Promise<readonly RankedAuthor[]> {
  const ids = await idsOfNames(services.reader, text)
  const asked = { ids, sort: 'influence', order: 'desc', limit: most } as const
  return authorsOf(services, view, await services.reader.selection(view.key, asked))
}

/** Authors by their ids, in the same order. */
async function authorsOf({ reader, snapshots }: Services, view: View, ids: readonly string[]) {
  const authors = await snapshots.ranked(await reader.scores(view.key, ids))
  const byId = new Map(authors.map((author) => [author.author_id, author]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}
