import { DuckDBInstance } from '@duckdb/node-api'

/** What to score from flat records (newline-delimited, plain or gzip). */
export interface DuckdbScoreOptions {
  readonly files: string // a path or a glob
  readonly slotEnd: Date
  readonly windowHours: number
  readonly threads?: number // default 2
}

/** One author's scores in one term, as DuckDB finds them. Key: (term, author_id). */
export interface DuckdbAuthorScore {
  readonly term: string
  readonly author_id: string
  readonly retweets: number
  readonly favourites: number | null
  readonly followers: number | null
  readonly non_primary_retweets: number | null
  readonly mean_depth: number | null
  readonly influence: number
}

/** One event of a cascade with every step from its weight to its expected depth. */
export interface DuckdbDepthEvent {
  readonly term: string
  readonly root_id: string
  readonly status_id: string
  readonly position: number // 1 is the first retweet
  readonly weight: number
  readonly weight_before: number // of all participants before it, the root included
  readonly depth: number
  readonly non_primary: number // the chance that it was not made from the root
}

/**
 * Scores all authors straight from the design's formulae, in SQL that shares nothing with the Spark job: the
 * oracle of its tests and its peer in the bench.
 *
 * @throws Error of DuckDB when no file matches.
 */
export const duckdbScore = (options: DuckdbScoreOptions): Promise<readonly DuckdbAuthorScore[]> =>
  answered<DuckdbAuthorScore>(options, AUTHOR_SCORES)

/** The intermediate steps of {@link duckdbScore}, in the order of term, root and position. */
export const duckdbDepthEvents = (options: DuckdbScoreOptions): Promise<readonly DuckdbDepthEvent[]> =>
  answered<DuckdbDepthEvent>(options, DEPTH_EVENTS)

async function answered<Row>(options: DuckdbScoreOptions, question: string): Promise<readonly Row[]> {
  const instance = await DuckDBInstance.create(':memory:', { threads: String(options.threads ?? 2) })
  const connection = await instance.connect()
  try {
    await connection.run(`SET preserve_insertion_order = false`)
    await connection.run(CONSTANTS, {
      slot_end: options.slotEnd.getTime() / 1_000,
      window_seconds: options.windowHours * 3_600,
    })
    await connection.run(`CREATE TABLE event AS ${eventsOf(options.files)}`)
    await connection.run(DEPTH_TABLE)
    const reader = await connection.runAndReadAll(question)
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the question names exactly these columns
    return reader.getRowObjectsJS() as unknown as readonly Row[]
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

const CONSTANTS = `
  CREATE TABLE slot AS
  SELECT $slot_end::DOUBLE AS ends_at, $slot_end::DOUBLE - $window_seconds::DOUBLE AS begins_after`

const COLUMNS = [
  'status_id',
  'status_created_at',
  'searched_names',
  'status_user_id',
  'status_user_followers_count',
  'rt_status_id',
  'rt_status_created_at',
  'rt_status_favorite_count',
  'rt_status_user_id',
  'rt_status_retweet_count',
  'rt_status_user_followers_count',
]

const known = (column: string): string => `nullif(${column}, 'None')`
const seconds = (column: string): string =>
  `epoch(try_strptime(${column}, '%a %b %d %H:%M:%S +0000 %Y'))::DOUBLE`
const count = (column: string): string => `try_cast(${column} AS BIGINT)`

/** Which of a tweet's sightings is kept: one that knows its author, then the one of the lowest counters. */
const KEPT = '(user_id IS NULL, claimed, favourites, author_followers)'

/** Usable records up to the slot's end, each (term, root, status) once; times are seconds since 1970. */
const eventsOf = (files: string): string => `
  WITH record AS (
    SELECT
      ${known('searched_names')} AS term,
      ${known('status_id')} AS status_id,
      ${seconds('status_created_at')} AS tweeted_at,
      ${known('status_user_id')} AS user_id,
      ${count('status_user_followers_count')} AS user_followers,
      ${known('rt_status_id')} AS root_id,
      ${seconds('rt_status_created_at')} AS root_at,
      ${count('rt_status_favorite_count')} AS favourites,
      ${count('rt_status_retweet_count')} AS claimed,
      ${known('rt_status_user_id')} AS author_id,
      ${count('rt_status_user_followers_count')} AS author_followers
    FROM read_json('${files.replaceAll("'", "''")}', format = 'newline_delimited', ignore_errors = true,
      columns = {${COLUMNS.map((column) => `${column}: 'VARCHAR'`).join(', ')}})
  )
  SELECT term, status_id, any_value(tweeted_at) AS tweeted_at, any_value(user_id) AS user_id,
    arg_min_null(user_followers, ${KEPT}) AS user_followers, root_id, any_value(root_at) AS root_at,
    max(favourites) AS favourites, any_value(author_id) AS author_id,
    max(author_followers) AS author_followers,
    arg_min(author_followers, ${KEPT})
      FILTER (author_followers IS NOT NULL) AS first_author_followers
  FROM record, slot
  WHERE term IS NOT NULL AND status_id IS NOT NULL AND tweeted_at <= ends_at AND root_id IS NOT NULL
    AND root_at IS NOT NULL AND author_id IS NOT NULL
  GROUP BY term, root_id, status_id`

/** The order in which events were seen: ids are longer before they are larger. */
const SEEN = 'tweeted_at, length(status_id), status_id'

/** The last known value of a column in a group of events. */
const lastKnown = (column: string): string =>
  `arg_max(${column}, (tweeted_at, length(status_id), status_id)) FILTER (${column} IS NOT NULL)`

/** The first known value: what a root's author had when the cascade was first seen. */
const firstKnown = (column: string): string =>
  `arg_min(${column}, (tweeted_at, length(status_id), status_id)) FILTER (${column} IS NOT NULL)`

// The exponents of the calibrated kernel: see docs/architecture.md.
const weight = (followers: string, hours: string): string =>
  `pow(1 + coalesce(${followers}, 0), 0.610) * pow(1 + ${hours}, 0.859)`

/**
 * Position 0 of a cascade is its root, then the first retweet of each other user. Frames end one row before
 * the current one, so that no sum is got by subtraction.
 */
const DEPTH_TABLE = `
  CREATE TABLE depth AS
  WITH root AS (
    SELECT term, root_id, any_value(author_id) AS author_id, any_value(root_at) AS root_at,
      exp(1.542) * ${weight(firstKnown('first_author_followers'), '0')} AS root_weight
    FROM event GROUP BY term, root_id
  ), joined AS (
    SELECT event.*, root_weight, greatest(0, tweeted_at - root.root_at) / 3600 AS hours
    FROM event JOIN root USING (term, root_id)
    WHERE event.user_id IS DISTINCT FROM root.author_id
    QUALIFY row_number() OVER (
      PARTITION BY term, root_id, coalesce(user_id, 'nobody/' || status_id) ORDER BY ${SEEN}) = 1
  ), weighed AS (
    SELECT term, root_id, author_id, status_id, tweeted_at, root_weight, user_followers IS NOT NULL AS is_known,
      ${weight('user_followers', 'hours')} AS weight
    FROM joined
  ), summed AS (
    SELECT *, row_number() OVER so_far AS position,
      root_weight + coalesce(sum(weight) OVER earlier, 0) AS weight_before,
      root_weight + sum(weight) OVER so_far AS weight_with,
      avg(is_known::INT) OVER (PARTITION BY term, root_id) AS known_share
    FROM weighed
    WINDOW so_far AS (PARTITION BY term, root_id ORDER BY ${SEEN} ROWS UNBOUNDED PRECEDING),
      earlier AS (PARTITION BY term, root_id ORDER BY ${SEEN}
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
  )
  SELECT *, 1 - root_weight / weight_before AS non_primary,
    1 + coalesce(sum(weight / weight_with) OVER (PARTITION BY term, root_id ORDER BY ${SEEN}
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS depth
  FROM summed`

const DEPTH_EVENTS = `
  SELECT term, root_id, status_id, position::DOUBLE AS position, weight, weight_before, depth, non_primary
  FROM depth ORDER BY term, root_id, position`

/** `100 * min(1, log1p(x) / log1p(saturation))`; null stays null. */
const part = (measure: string, saturation: number): string =>
  `100 * least(1, ln(1 + ${measure}) / ln(1 + ${saturation}::DOUBLE))`

const PARTS = [
  { share: 0.3, sql: part('retweets', 1e5) },
  { share: 0.2, sql: part('favourites', 1e5) },
  { share: 0.2, sql: part('followers', 1e8) },
  { share: 0.3, sql: part('non_primary_retweets', 1e5) },
]

// least() skips nulls in DuckDB, so a missing measure must be ruled out before.
const MEASURES = ['retweets', 'favourites', 'followers', 'non_primary_retweets']
const weighted = PARTS.map(
  ({ share, sql }, index) => `if(${MEASURES[index]} IS NULL, 0, ${share} * ${sql})`,
).join(' + ')
const shares = PARTS.map(({ share }, index) => `if(${MEASURES[index]} IS NULL, 0, ${share})`).join(' + ')

const AUTHOR_SCORES = `
  WITH reached AS (
    SELECT term, author_id, count(*) AS retweets
    FROM event, slot WHERE tweeted_at > begins_after GROUP BY term, author_id
  ), tweet AS (
    SELECT term, author_id, root_id, ${lastKnown('favourites')} AS favourites
    FROM event, slot GROUP BY term, author_id, root_id HAVING max(tweeted_at) > any_value(begins_after)
  ), liked AS (
    SELECT term, author_id, sum(favourites) AS favourites FROM tweet GROUP BY term, author_id
  ), followed AS (
    SELECT term, author_id, ${lastKnown('author_followers')} AS followers
    FROM event GROUP BY term, author_id
  ), deep AS (
    SELECT term, author_id, sum(non_primary) FILTER (tweeted_at > begins_after) AS non_primary_retweets,
      avg(depth) FILTER (tweeted_at > begins_after) AS mean_depth
    FROM depth JOIN tweet USING (term, author_id, root_id), slot
    WHERE known_share >= 0.9 GROUP BY term, author_id
  ), spread AS (
    SELECT DISTINCT term, author_id FROM depth JOIN tweet USING (term, author_id, root_id), slot
    WHERE tweeted_at > begins_after
  ), measured AS (
    -- Who was retweeted by nobody else in the window is known to have no non-primary retweets.
    SELECT term, author_id, retweets, favourites, followers, mean_depth,
      if(spread.term IS NULL, 0, deep.non_primary_retweets) AS non_primary_retweets
    FROM reached JOIN liked USING (term, author_id) JOIN followed USING (term, author_id)
      LEFT JOIN deep USING (term, author_id) LEFT JOIN spread USING (term, author_id)
  )
  SELECT term, author_id, retweets::DOUBLE AS retweets, favourites::DOUBLE AS favourites,
    followers::DOUBLE AS followers, non_primary_retweets, mean_depth,
    (${weighted}) / (${shares}) AS influence
  FROM measured
  ORDER BY term, author_id`
