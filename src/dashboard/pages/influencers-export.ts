import { stringify } from 'csv-stringify/sync'

import type { PageRequest } from '../page-request.ts'
import type { RankedAuthor } from '../snapshots.ts'
import { isoSeconds } from '../layout/time.ts'
import { windowName, type View } from '../view.ts'
import { findInfluencers, type InfluencersResult } from '../find-influencers.ts'
import { influencersQuery } from '../influencers-query.ts'

const COLUMNS = [
  'rank',
  'author_id',
  'name',
  'screen_name',
  'country',
  'language',
  'influence',
  'retweets_part',
  'favourites_part',
  'followers_part',
  'depth_part',
  'retweets',
  'claimed_retweets',
  'favourites',
  'followers',
  'non_primary_retweets',
  'non_primary_low',
  'non_primary_high',
  'mean_depth',
  'max_depth',
  'depth_method',
  'amplification',
  'engagement_rate',
  'sentiment',
] as const satisfies readonly (keyof RankedAuthor)[]

/** The rows that an address of the influencers shows, with all their numbers; unknown is empty. */
export async function influencersCsv(request: PageRequest): Promise<string> {
  const { rows } = await resultOf(request, await request.view())
  // A text that a spreadsheet would take for a formula begins with an apostrophe; the mark tells Excel of UTF-8.
  return `\uFEFF${stringify([...rows], { header: true, columns: [...COLUMNS], escape_formulas: true })}`
}

/** The same as JSON, with the place that it is of; unknown is null. */
export async function influencersJson(request: PageRequest) {
  const view = await request.view()
  const { rows, found, isCut, page, pages } = await resultOf(request, view)
  return {
    term: view.key.term,
    window: windowName(view.key.windowHours),
    slot: isoSeconds(view.key.slotEnd),
    kernel: view.run.kernel,
    found,
    more_fit: isCut,
    page,
    pages,
    authors: rows.map((row) => Object.fromEntries(COLUMNS.map((column) => [column, row[column]]))),
  }
}

const resultOf = (request: PageRequest, view: View): Promise<InfluencersResult> =>
  findInfluencers(request, view, request.parsed(influencersQuery))
