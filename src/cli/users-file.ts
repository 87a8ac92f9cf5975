import { readFile } from 'node:fs/promises'

import { isPasswordHash } from '../dashboard/safety/passwords.ts'
import { ConfigError } from './config-error.ts'

/**
 * Reads who may log in: one `name:hash` a line, as `ripplerank password` prints it; empty lines and those with # are left out.
 * @throws ConfigError with a sentence for each line that cannot be used; it never holds the line
 */
export async function readUsersFile(path: string): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new ConfigError(`--users ${path} cannot be read; name a file`, { cause })
  })
  const users = new Map<string, string>()
  const problems: string[] = []
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue
    const [name = '', hash = ''] = line.trim().split(':')
    const at = `--users ${path}, line ${index + 1}`
    if (name === '' || !isPasswordHash(hash))
      problems.push(`${at} is not what \`ripplerank password\` prints`)
    else if (users.has(name)) problems.push(`${at}: ${name} is there already`)
    else users.set(name, hash)
  }
  if (problems.length === 0 && users.size === 0) problems.push(`--users ${path} names nobody`)
  if (problems.length > 0) throw new ConfigError(problems)
  return users
}
