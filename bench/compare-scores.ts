import type { DuckdbAuthorScore } from './duckdb-score.ts'

const RELATIVE_TOLERANCE = 1e-9
const COUNTS = ['retweets', 'favourites', 'followers'] as const
const SCORES = ['non_primary_retweets', 'mean_depth', 'influence'] as const

/** The columns that both sides of the bench publish; counts may be 64-bit integers. */
export type ComparedScore = Readonly<
  { term: string; author_id: string } & Record<(typeof COUNTS)[number], number | bigint | null> &
    Record<(typeof SCORES)[number], number | null>
>

/**
 * What differs between published rows and those of the oracle, a sentence each: counts must be equal, scores within
 * 1e-9 of each other, and no row may be missing on either side. Empty means the same result.
 */
export function differences(
  published: readonly ComparedScore[],
  oracle: readonly DuckdbAuthorScore[],
): readonly string[] {
  const expected = new Map(oracle.map((row) => [keyOf(row), row]))
  const found = new Set(published.map(keyOf))
  const missing = [...expected.keys()].filter((key) => !found.has(key)).map((key) => `${key}: not published`)
  const doubled = published.length - found.size
  return [
    ...missing,
    ...(doubled > 0 ? [`${doubled} rows are published twice`] : []),
    ...published.flatMap((row) => rowDifferences(row, expected.get(keyOf(row)))),
  ]
}

const keyOf = ({ term, author_id }: { readonly term: string; readonly author_id: string }): string =>
  `author ${author_id} of "${term}"`

function rowDifferences(row: ComparedScore, expected: DuckdbAuthorScore | undefined): readonly string[] {
  if (expected === undefined) return [`${keyOf(row)}: published, but unknown to DuckDB`]
  const counts = COUNTS.filter((column) => asNumber(row[column]) !== expected[column])
  const scores = SCORES.filter((column) => !isClose(row[column], expected[column]))
  return [...counts, ...scores].map(
    (column) => `${keyOf(row)}: ${column} is ${row[column]}, by DuckDB ${expected[column]}`,
  )
}

const asNumber = (count: number | bigint | null): number | null => (count === null ? null : Number(count))

function isClose(left: number | null, right: number | null): boolean {
  if (left === null || right === null) return left === right
  return Math.abs(left - right) <= RELATIVE_TOLERANCE * Math.max(Math.abs(left), Math.abs(right))
}
