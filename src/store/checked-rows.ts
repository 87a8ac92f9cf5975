import { z } from 'zod'

import { StoreError } from './store-error.ts'

interface Check<Row, Read> {
  /** Where the rows are from, for the error. */
  readonly table: string
  readonly row: z.ZodType<Row>
  /** What the error calls a row, beside what is wrong with it. */
  readonly nameOf?: (read: Read | undefined) => string
}

/**
 * The rows that were read, as the table promises them.
 * @throws StoreError `refused` naming the table and what is wrong with the first row that breaks the promise
 */
export function checkedRows<Row, Read>(
  rows: readonly Read[],
  { table, row, nameOf }: Check<Row, Read>,
): readonly Row[] {
  const parsed = z.array(row).safeParse(rows)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const name = nameOf ? `${nameOf(rows[Number(issue?.path[0])])}: ` : ''
  throw new StoreError(
    `${table} holds a row that it must not hold (${name}${issue?.message}); score the slot again`,
    { code: 'refused', cause: parsed.error },
  )
}
