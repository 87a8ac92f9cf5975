import { cutToWidth, printable } from './display-width.ts'
import { formatScore, formatWhole, UNKNOWN } from './number-format.ts'
import { tableOf, type Column } from './text-table.ts'

type Measure = number | bigint | null

/** One author of a ranking, as the report names the fields. */
export interface RankedAuthor {
  readonly rank: number
  readonly term: string
  readonly author: string
  readonly name: string | null
  readonly influence: number | null
  readonly retweets: Measure
  readonly favourites: Measure
  readonly followers: Measure
  readonly non_primary_retweets: number | null
  readonly mean_depth: number | null
  readonly depth_method: string
  /** The parts of the score, 0 to 100 each. */
  readonly retweets_part?: number | null
  readonly favourites_part?: number | null
  readonly followers_part?: number | null
  readonly depth_part?: number | null
}

const NAME_WIDTH = 28

const columns: readonly Column<RankedAuthor>[] = [
  { title: '#', side: 'right', cell: (author) => formatWhole(author.rank) },
  { title: 'author', side: 'left', cell: (author) => cutToWidth(nameOf(author), NAME_WIDTH) },
  { title: 'influence', side: 'right', cell: (author) => formatScore(author.influence) },
  { title: 'retweets', side: 'right', cell: (it) => withPart(formatWhole(it.retweets), it.retweets_part) },
  {
    title: 'favourites',
    side: 'right',
    cell: (it) => withPart(formatWhole(it.favourites), it.favourites_part),
  },
  { title: 'followers', side: 'right', cell: (it) => withPart(formatWhole(it.followers), it.followers_part) },
  {
    title: 'non-primary',
    side: 'right',
    cell: (it) => withPart(formatScore(it.non_primary_retweets), it.depth_part),
  },
  { title: 'mean depth', side: 'left', cell: depthOf },
]

/**
 * The ranking as a table for people, one for each term in the order given; every line ends in a newline.
 * `after` gives the lines that follow a term's table. A measure is followed by its part of the score, 0 to 100, in brackets; a depth says how it was found out.
 */
export function rankingTable(
  authors: readonly RankedAuthor[],
  after: (term: string) => string = () => '',
): string {
  const terms = [...new Set(authors.map((author) => author.term))]
  return terms
    .map((term) => {
      const rows = authors.filter((author) => author.term === term)
      return `${printable(term)}\n${tableOf(columns, rows)}${after(term)}`
    })
    .join('\n')
}

function nameOf({ name, author }: RankedAuthor): string {
  return printable(name ?? '') || printable(author)
}

function withPart(measure: string, part: number | null | undefined): string {
  // A part that is unknown and one that was not asked for look the same: only the measure is there.
  return part === null || part === undefined ? measure : `${measure} [${formatWhole(part).padStart(3)}]`
}

/** Never a bare number: an expected depth is an estimate. */
function depthOf({ mean_depth, depth_method }: RankedAuthor): string {
  return mean_depth === null ? UNKNOWN : `${formatScore(mean_depth)} ${depth_method}`
}
