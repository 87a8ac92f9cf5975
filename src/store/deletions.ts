import { createHash } from 'node:crypto'

import type { Kysely } from 'kysely'
import { sql } from 'kysely'

import type { Tables } from './tables.ts'

/** Whom or what to forget. */
export interface Subject {
  readonly kind: 'author' | 'tweet'
  readonly id: string
}

/** Why something is forgotten. */
export type DeletionReason = 'request' | 'compliance'

const ROWS_PER_STATEMENT = 1_000
const IDS_PER_SEARCH = 100 // each is looked for in every text
const now = sql<Date>`utc_timestamp(6)`

/** What stands for a subject: nothing of it is kept to forget it by. Spark makes the same of kind and id. */
export const subjectHashOf = ({ kind, id }: Subject): string =>
  createHash('sha256').update(`${kind}:${id}`).digest('hex')

/** Notes that subjects are to be forgotten, by this run and in all batches to come. */
export async function addDeletions(
  db: Kysely<Tables>,
  subjects: readonly Subject[],
  reason: DeletionReason,
): Promise<void> {
  for (const some of inChunks(subjects)) {
    const rows = some.map((subject) => ({
      subject_hash: subjectHashOf(subject),
      kind: subject.kind,
      reason,
      requested_at: now,
    }))
    await db
      .insertInto('deletion')
      .values(rows)
      .onDuplicateKeyUpdate({ reason: sql<string>`deletion.reason` })
      .execute()
  }
}

/** The hashes of all that is forgotten. */
export async function forgottenHashes(db: Kysely<Tables>): Promise<readonly string[]> {
  const rows = await db.selectFrom('deletion').select('subject_hash').execute()
  return rows.map(({ subject_hash }) => subject_hash)
}

/** Notes that subjects are gone from silver and tables. */
export async function markForgotten(db: Kysely<Tables>, subjects: readonly Subject[]): Promise<void> {
  for (const some of inChunks(subjects)) {
    await db
      .updateTable('deletion')
      .set({ done_at: now })
      .where('subject_hash', 'in', some.map(subjectHashOf))
      .where('done_at', 'is', null)
      .execute()
  }
}

/** Every column of a published table that says who or which tweet. */
const COLUMNS = [
  { table: 'author_score', column: 'author_id', kind: 'author' },
  { table: 'cascade_score', column: 'author_id', kind: 'author' },
  { table: 'cascade_score', column: 'root_id', kind: 'tweet' },
  { table: 'sentiment_score', column: 'author_id', kind: 'author' },
  { table: 'influence_edge', column: 'amplifier_id', kind: 'author' },
  { table: 'influence_edge', column: 'author_id', kind: 'author' },
  { table: 'author', column: 'author_id', kind: 'author' },
] as const

/** Removes subjects from every slot of every table, from who is mentioned, and from rejected records. */
export async function removeSubjects(db: Kysely<Tables>, subjects: readonly Subject[]): Promise<number> {
  let removed = 0
  const count = async (work: Promise<readonly { readonly numDeletedRows: bigint }[]>): Promise<void> => {
    for (const { numDeletedRows } of await work) removed += Number(numDeletedRows)
  }
  for (const some of inChunks(subjects)) {
    const names = await screenNamesOf(db, some)
    if (names.length > 0) {
      const mentions = names.map((name) => `@${name.toLowerCase()}`)
      const spoken = db.deleteFrom('topic_score').where('kind', '=', 'mention').where('topic', 'in', mentions)
      await count(spoken.execute())
    }
    for (const { table, column, kind } of COLUMNS) {
      const ids = some.flatMap((subject) => (subject.kind === kind ? [subject.id] : []))
      if (ids.length === 0) continue
      const { numAffectedRows = 0n } = await sql`
        delete from ${sql.table(table)} where ${sql.ref(column)} in (${sql.join(ids)})`.execute(db)
      removed += Number(numAffectedRows)
    }
  }
  for (const some of inChunks(subjects, IDS_PER_SEARCH)) {
    const names = sql.join(
      some.map(({ id }) => sql`instr(record, ${id}) > 0`),
      sql` or `,
    )
    await count(
      db
        .deleteFrom('rejected')
        .where(sql<boolean>`(${names})`)
        .execute(),
    )
  }
  return removed
}

/** How many rows of the published tables still name one of the subjects. */
export async function countSubjects(db: Kysely<Tables>, subjects: readonly Subject[]): Promise<number> {
  let found = 0
  for (const { table, column, kind } of COLUMNS) {
    const ids = subjects.flatMap((subject) => (subject.kind === kind ? [subject.id] : []))
    for (const some of inChunks(ids)) {
      const { rows } = await sql<{ readonly found: bigint }>`
        select count(*) as found from ${sql.table(table)} where ${sql.ref(column)} in (${sql.join(some)})`.execute(
        db,
      )
      found += Number(rows[0]?.found ?? 0)
    }
  }
  return found
}

async function screenNamesOf(db: Kysely<Tables>, subjects: readonly Subject[]): Promise<readonly string[]> {
  const ids = subjects.flatMap(({ kind, id }) => (kind === 'author' ? [id] : []))
  if (ids.length === 0) return []
  const rows = await db.selectFrom('author').select('screen_name').where('author_id', 'in', ids).execute()
  return rows.flatMap(({ screen_name }) => screen_name ?? [])
}

function* inChunks<Item>(items: readonly Item[], size = ROWS_PER_STATEMENT): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size)
}
