import { stagingTables } from './slot-tables.ts'

/** Whom a grant is for. */
export interface DatabaseUser {
  readonly name: string
  /** From where; `%` for anywhere. */
  readonly host: string
}

/** What people and the dashboard see; not what the ledger keeps, nor staging. */
export const READABLE: readonly string[] = [
  'author_score',
  'author',
  'cascade_score',
  'topic_score',
  'geography_score',
  'sentiment_score',
  'influence_edge',
  'location',
  'rejected',
  'slot_run',
  'source',
  'batch',
  'kysely_migration',
]

/**
 * What a run needs: every table's rows, and no table; but staging may be emptied at once, which is a right to drop it.
 * `store migrate` needs more, once.
 */
export const writerGrants = (database: string, user: DatabaseUser): readonly string[] => [
  `grant select, insert, update, delete on ${quoted(database)}.* to ${accountOf(user)}`,
  ...stagingTables.map((table) => `grant drop on ${quoted(database)}.${quoted(table)} to ${accountOf(user)}`),
]

/** What a reader needs: the published tables, and nothing to change. */
export const readerGrants = (database: string, user: DatabaseUser): readonly string[] =>
  READABLE.map((table) => `grant select on ${quoted(database)}.${quoted(table)} to ${accountOf(user)}`)

const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``
const accountOf = ({ name, host }: DatabaseUser): string => `${text(name)}@${text(host)}`
const text = (value: string): string => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`
