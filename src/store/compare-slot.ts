import type { Kysely } from 'kysely'
import { sql } from 'kysely'

import type { SlotRun } from './slot-runs.ts'
import { slotKeys, slotTableNames, slotTables, stagingOf, type SlotTable } from './slot-tables.ts'
import type { Tables } from './tables.ts'

/** A row that is not what a recomputation makes of it. */
export interface RowDifference {
  readonly table: SlotTable
  /** What tells the row apart within its slot, such as `{ term: 'storm', author_id: '77' }`. */
  readonly key: Readonly<Record<string, unknown>>
  readonly kind: 'missing' | 'extra' | 'different'
  /** Of a different row: what is published and what was recomputed, by column. */
  readonly columns: Readonly<Record<string, { readonly published: unknown; readonly recomputed: unknown }>>
}

/** How rows of a table compare. */
export interface TableComparison {
  readonly table: SlotTable
  readonly compared: number
  readonly differences: readonly RowDifference[]
}

/** Sums of floating numbers depend on the order of rows, which is not the same twice. */
const RELATIVE_TOLERANCE = 1e-9

/** Compares what a run staged with what is published of its slot, table by table. */
export async function compareSlot(db: Kysely<Tables>, run: SlotRun): Promise<readonly TableComparison[]> {
  const comparisons: TableComparison[] = []
  for (const table of slotTableNames) {
    const compared = await countStaged(db, table, run)
    const rows = [...(await unlike(db, table, run)), ...(await unmatched(db, table, run))]
    comparisons.push({ table, compared, differences: rows.flatMap((row) => differenceOf(table, row)) })
  }
  return comparisons
}

type Side = Readonly<Record<string, unknown>>

interface Pair {
  readonly published: Side | undefined
  readonly recomputed: Side | undefined
}

const PUBLISHED = 'p_'
const RECOMPUTED = 's_'

async function countStaged(db: Kysely<Tables>, table: SlotTable, { fence }: SlotRun): Promise<number> {
  const { rows } = await sql<{ readonly staged: bigint }>`
    select count(*) as staged from ${sql.table(stagingOf(table))} where fence = ${fence}`.execute(db)
  return Number(rows[0]?.staged ?? 0)
}

const sidesOf = (table: SlotTable) =>
  sql.join(
    slotTables[table].flatMap((column) => [
      sql`p.${sql.ref(column)} as ${sql.ref(PUBLISHED + column)}`,
      sql`s.${sql.ref(column)} as ${sql.ref(RECOMPUTED + column)}`,
    ]),
  )

const onKeys = (table: SlotTable) =>
  sql.join(
    slotKeys[table].map((column) => sql`p.${sql.ref(column)} = s.${sql.ref(column)}`),
    sql` and `,
  )

const ofSlot = (side: 'p' | 's', { slotEnd, windowHours }: SlotRun) =>
  sql`${sql.ref(`${side}.slot_end`)} = ${slotEnd} and ${sql.ref(`${side}.window_hours`)} = ${windowHours}`

/** Rows of both sides that have any column not the same to the last bit. */
async function unlike(db: Kysely<Tables>, table: SlotTable, run: SlotRun): Promise<readonly Pair[]> {
  const differs = sql.join(
    slotTables[table].map((column) => sql`not (p.${sql.ref(column)} <=> s.${sql.ref(column)})`),
    sql` or `,
  )
  const { rows } = await sql<Side>`
    select ${sidesOf(table)}
    from ${sql.table(stagingOf(table))} as s join ${sql.table(table)} as p on ${onKeys(table)}
    where s.fence = ${run.fence} and ${ofSlot('p', run)} and ${ofSlot('s', run)} and (${differs})`.execute(db)
  return rows.map((row) => ({ published: sideOf(row, PUBLISHED), recomputed: sideOf(row, RECOMPUTED) }))
}

/** Rows that only one side has. */
async function unmatched(db: Kysely<Tables>, table: SlotTable, run: SlotRun): Promise<readonly Pair[]> {
  const key = slotKeys[table][0]
  const missing = await sql<Side>`
    select s.* from ${sql.table(stagingOf(table))} as s
    left join ${sql.table(table)} as p on ${onKeys(table)} and ${ofSlot('p', run)}
    where s.fence = ${run.fence} and p.${sql.ref(key)} is null`.execute(db)
  const extra = await sql<Side>`
    select p.* from ${sql.table(table)} as p
    left join ${sql.table(stagingOf(table))} as s on ${onKeys(table)} and s.fence = ${run.fence}
    where ${ofSlot('p', run)} and s.${sql.ref(key)} is null`.execute(db)
  return [
    ...missing.rows.map((row) => ({ published: undefined, recomputed: row })),
    ...extra.rows.map((row) => ({ published: row, recomputed: undefined })),
  ]
}

const sideOf = (row: Side, prefix: string): Side =>
  Object.fromEntries(
    Object.entries(row).flatMap(([name, value]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [],
    ),
  )

function differenceOf(table: SlotTable, { published, recomputed }: Pair): readonly RowDifference[] {
  const row = published ?? recomputed ?? {}
  const key = Object.fromEntries(slotKeys[table].map((column) => [column, row[column]]))
  if (published === undefined) return [{ table, key, kind: 'missing', columns: {} }]
  if (recomputed === undefined) return [{ table, key, kind: 'extra', columns: {} }]
  const columns = Object.fromEntries(
    slotTables[table].flatMap((column) => {
      const [before, now] = [published[column], recomputed[column]]
      return isSame(before, now) ? [] : [[column, { published: before, recomputed: now }]]
    }),
  )
  return Object.keys(columns).length === 0 ? [] : [{ table, key, kind: 'different', columns }]
}

function isSame(a: unknown, b: unknown): boolean {
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime()
  if (typeof a !== 'number' || typeof b !== 'number') return a === b
  return Math.abs(a - b) <= RELATIVE_TOLERANCE * Math.max(Math.abs(a), Math.abs(b))
}
