// utf8mb4_bin: ids and terms that differ in case or accents are different ids and terms.
// Names get a collation that people search by, without case and accents.
export const TABLE_OPTIONS = 'engine=InnoDB row_format=dynamic default charset=utf8mb4 collate=utf8mb4_bin'
export const FOR_PEOPLE = 'collate utf8mb4_unicode_520_ci'
export const HASH = 'character set ascii collate ascii_bin'

export const SLOT_CHECKS = {
  window_hours: 'window_hours in (24, 168, 720)',
  slot_end: 'minute(slot_end) % 15 = 0 and second(slot_end) = 0 and microsecond(slot_end) = 0',
}

export const percentage = (column: string): string => `${column} between 0 and 100`
export const notNegative = (column: string): string => `${column} >= 0`

/** Constraints by name, so that the server's error says which column is wrong; column checks go unnamed in MySQL. */
export function checks(table: string, conditions: Readonly<Record<string, string>>): string {
  return Object.entries(conditions)
    .map(([column, condition]) => `constraint ${table}_${column}_range check (${condition})`)
    .join(',\n    ')
}

export function checksOf(
  columns: readonly string[],
  condition: (column: string) => string,
): Record<string, string> {
  return Object.fromEntries(columns.map((column) => [column, condition(column)]))
}

interface SlotTableDefinition {
  readonly name: string
  /** Columns beside the slot's, as `type` or `type null`; all others are required. */
  readonly columns: Readonly<Record<string, string>>
  /** What tells the rows of one term and slot apart. */
  readonly key: readonly string[]
  readonly checks: Readonly<Record<string, string>>
  /** Further indexes: name, then columns. */
  readonly indexes?: Readonly<Record<string, string>>
}

const SLOT_COLUMNS = { term: 'varchar(255)', window_hours: 'smallint', slot_end: 'datetime(6)' }

/**
 * A table with one set of rows a slot, and the staging table that Spark writes to: the same columns, all of which may
 * be null, as the published table checks them when they move.
 */
export function slotTable(definition: SlotTableDefinition): readonly string[] {
  const { name, key, indexes = {} } = definition
  const columns = Object.entries({ ...SLOT_COLUMNS, ...definition.columns })
  const published = columns.map(
    ([column, type]) => `${column} ${type.endsWith(' null') ? type : `${type} not null`}`,
  )
  const staged = columns.map(
    ([column, type]) => `${column} ${type.endsWith(' null') ? type : `${type} null`}`,
  )
  const keys = Object.entries(indexes).map(([index, on]) => `key ${name}_${index} (${on})`)
  return [
    `create table if not exists ${name} (
    ${[
      ...published,
      `primary key (${['term', 'window_hours', 'slot_end', ...key].join(', ')})`,
      `key ${name}_slot (slot_end, window_hours)`,
      ...keys,
      checks(name, { ...SLOT_CHECKS, term: "term <> ''", ...definition.checks }),
    ].join(',\n    ')}
  ) ${TABLE_OPTIONS}`,
    `create table if not exists ${name}_staging (
    ${[
      'staging_id bigint not null auto_increment primary key',
      `batch_id char(36) ${HASH} not null`,
      ...staged,
      `key ${name}_staging_batch (batch_id)`,
    ].join(',\n    ')}
  ) ${TABLE_OPTIONS}`,
  ]
}
