import { Command } from 'commander'

import type { CommandContext } from './command-context.ts'

/** `ripplerank serve`, and `ripplerank serve-password` for its users file. */
export function serveCommand(context: CommandContext): Command {
  return new Command('serve')
    .summary('show the dashboard in a browser')
    .description(
      'Shows what is published as pages, until Ctrl-C; prints their address as its first line. Reads only: a user of ' +
        'the database who may only select will do.',
    )
    .option('--port <number>', 'where to listen; 0 takes any free port', '8080')
    .option(
      '--host <address>',
      'which address to listen on; all but loopback demand users or a token',
      '127.0.0.1',
    )
    .option('--users <file>', 'one `name:hash` a line, as `ripplerank password` prints it')
    .option('--price-per-hour <amount>', 'what an hour of computing costs, for the cost of runs')
    .addHelpText(
      'after',
      `
Examples:
  ripplerank serve
  ripplerank password ada >> users; ripplerank serve --host 0.0.0.0 --users users

RIPPLERANK_TOKEN lets in whoever has it: as \`Authorization: Bearer\`, or as the password of the name \`token\`.
The database comes from DATABASE_URL; without it, the one on this machine is used.`,
    )
    .action(async (flags: unknown) => {
      const { runServe } = await import('./run-serve.ts')
      await runServe(flags, context)
    })
}

/** `ripplerank password`. */
export function passwordCommand(context: CommandContext): Command {
  return new Command('password')
    .summary('make a line for the users file of serve')
    .description('Reads a password from standard input and prints a line for the users file of `serve`.')
    .argument('<name>', 'who is to log in')
    .action(async (name: string) => {
      const { runPassword } = await import('./run-password.ts')
      await runPassword(name, context)
    })
}
