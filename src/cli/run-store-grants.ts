import { z } from 'zod'

import { parseDatabaseUrl } from '../store/database-url.ts'
import { readerGrants, writerGrants } from '../store/grants.ts'
import { checked } from './checked.ts'
import type { CommandContext } from './command-context.ts'
import { readEnvironment } from './environment.ts'

const name = z.string().trim().min(1).max(80).optional()
const schema = z
  .object({ writer: name, reader: name, host: z.string().trim().min(1).default('%') })
  .refine(({ writer, reader }) => writer !== undefined || reader !== undefined, {
    error: 'nobody to grant rights to; name --writer or --reader',
  })

/** Prints the statements that give users no more rights than they need; an administrator runs them. */
export function runStoreGrants(flags: unknown, { variables, stdout }: CommandContext): void {
  const { writer, reader, host } = checked(schema.safeParse(flags))
  const { DATABASE_URL } = readEnvironment(variables)
  const database = DATABASE_URL === undefined ? 'ripplerank' : parseDatabaseUrl(DATABASE_URL).database
  const statements = [
    ...(writer === undefined ? [] : writerGrants(database, { name: writer, host })),
    ...(reader === undefined ? [] : readerGrants(database, { name: reader, host })),
  ]
  stdout.write(statements.map((statement) => `${statement};\n`).join(''))
}
