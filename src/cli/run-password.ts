import { text } from 'node:stream/consumers'

import { hashPassword } from '../dashboard/safety/passwords.ts'
import type { CommandContext } from './command-context.ts'
import { ConfigError } from './config-error.ts'

const SHORTEST = 12

/** Reads a password and prints a line for the users file. */
export async function runPassword(
  name: string,
  { stdin = process.stdin, stdout, stderr }: CommandContext,
): Promise<void> {
  if (!/^[\w.@-]{1,100}$/.test(name)) throw new ConfigError('a name has letters, digits and . _ @ - only')
  if ('isTTY' in stdin && stdin.isTTY)
    stderr.write('Type the password, then Enter and Ctrl-D. It is shown.\n')
  const password = (await text(stdin)).replace(/\r?\n$/, '')
  if (password.length < SHORTEST) throw new ConfigError(`a password has at least ${SHORTEST} letters`)
  stdout.write(`${name}:${await hashPassword(password)}\n`)
}
