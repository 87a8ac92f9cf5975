import { access } from 'node:fs/promises'
import { slotTableNames, stagingTables } from '../../../src/store/slot-tables.ts'
import type { ScratchDatabase } from '../../store/scratch-database.ts'

type TextRow = Readonly<Record<string, string | null>>

/** What readers may see, and what later runs start from, by table; without what differs between two runs by nature. */
export type Published = Readonly<Record<string, TableContent>>

interface TableContent {
  readonly rows: readonly TextRow[]
  readonly floats: ReadonlySet<string>
}

// Who ran, when, and which inputs led to the objects are no part of the result.
const queries: Readonly<Record<string, string>> = {
  ...Object.fromEntries(slotTableNames.map((table) => [table, `select * from ${table}`])),
  author: 'select * from author',
  rejected: 'select rejected_id, object, block_start, record_number, reason, record from rejected',
  slot_run:
    'select slot_end, window_hours, kernel, state, observations, duplicates, set_aside, rejected, cascades, authors from slot_run',
  batch: 'select distinct state from batch',
  batch_object: 'select bucket, object_key, etag from batch_object where is_gone = 0',
  silver:
    'select sum(usable) as usable, sum(rejected) as rejected, sum(deletions) as deletions from silver where retired_at is null',
}

/** Reads all that a slot came to. */
export async function readPublished(database: ScratchDatabase): Promise<Published> {
  const doubles = await database.rows(
    "select table_name as name, column_name as col from information_schema.columns where table_schema = database() and data_type in ('double', 'float')",
  )
  const contents = Object.entries(queries).map(async ([table, query]) => {
    const floats = new Set(doubles.flatMap(({ name, col }) => (name === table && col ? [col] : [])))
    return [table, { rows: await database.rows(query), floats }] as const
  })
  return Object.fromEntries(await Promise.all(contents))
}

/** Rows of a single undisturbed run that are missing, and rows that it does not have. */
export interface Difference {
  readonly lost: number
  readonly doubled: number
  /** The first few of them. */
  readonly examples: readonly string[]
}

const RELATIVE = 1e-9
const EXAMPLES = 6

/** Compares every row of every table: counts and texts exactly, floating numbers to 1e-9 of their size. */
export function compare(
  expected: Published,
  actual: Published,
  leaveOut: readonly string[] = [],
): Difference {
  const lost: string[] = []
  const doubled: string[] = []
  for (const [table, { rows, floats }] of Object.entries(expected)) {
    const isCompared = (column: string): boolean => !leaveOut.includes(`${table}.${column}`)
    const keyOf = (row: TextRow): string =>
      JSON.stringify(Object.entries(row).filter(([column]) => !floats.has(column) && isCompared(column)))
    const left = Map.groupBy(actual[table]?.rows ?? [], keyOf)
    for (const row of rows) {
      const candidates = left.get(keyOf(row)) ?? []
      const index = candidates.findIndex((other) =>
        [...floats].every((name) => isClose(row[name], other[name])),
      )
      if (index >= 0) candidates.splice(index, 1)
      else lost.push(`lost from ${table}: ${JSON.stringify(row)}`)
    }
    for (const row of [...left.values()].flat()) doubled.push(`beyond in ${table}: ${JSON.stringify(row)}`)
  }
  const examples = [...lost.slice(0, EXAMPLES / 2), ...doubled.slice(0, EXAMPLES / 2)]
  return { lost: lost.length, doubled: doubled.length, examples }
}

function isClose(left: string | null | undefined, right: string | null | undefined): boolean {
  if (left === null || right === null || left === undefined || right === undefined) return left === right
  const [a, b] = [Number(left), Number(right)]
  return Math.abs(a - b) <= RELATIVE * Math.max(Math.abs(a), Math.abs(b))
}

/**
 * What a run should have cleared away or kept: one sentence for each thing that is not so.
 * @param mayWriteOn leaves out what is staged for runs before the last one
 */
export async function untidiness(database: ScratchDatabase, mayWriteOn: boolean): Promise<readonly string[]> {
  const found: string[] = []
  const which = mayWriteOn ? 'where fence >= (select max(fence) from lease)' : ''
  for (const table of stagingTables) {
    const rows = await database.rows(`select fence, count(*) as n from ${table} ${which} group by fence`)
    for (const { fence, n } of rows) found.push(`${table} holds ${n} rows of fence ${fence}`)
  }
  const twice = await database.rows(
    'select object_key, etag from batch_object group by bucket, object_key, etag having count(*) > 1',
  )
  for (const { object_key } of twice) found.push(`the manifest names ${object_key} twice`)
  for (const { path } of await database.rows(
    'select path from silver where retired_at is null and usable + rejected > 0',
  )) {
    const isThere = await access(path ?? '').then(
      () => true,
      () => false,
    )
    if (!isThere) found.push(`${path} is named, and not there`)
  }
  return found
}
