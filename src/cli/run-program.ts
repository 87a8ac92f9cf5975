import { CommanderError } from 'commander'

import type { CommandContext } from './command-context.ts'
import { exitCode, exitCodeOf } from './exit.ts'
import type { ExitCode } from './exit.ts'
import { createProgram } from './program.ts'
import { reportError } from './report-error.ts'

/**
 * Runs one command line to its end, reports an error on stderr and returns the exit code; it never throws.
 * @param argv what follows the program's name
 */
export async function runProgram(argv: readonly string[], context: CommandContext): Promise<ExitCode> {
  const program = createProgram(context)
  try {
    await program.parseAsync(argv, { from: 'user' })
    return exitCode.done
  } catch (error) {
    // Commander has printed its sentence, or the help that was asked for.
    if (error instanceof CommanderError)
      return error.exitCode === 0 ? exitCode.done : exitCode.badConfiguration
    const { signal, stderr } = context
    if (signal.aborted) {
      stderr.write('ripplerank: interrupted\n')
      return exitCode.interrupted
    }
    reportError(error, { stderr, isVerbose: program.opts<{ readonly verbose?: boolean }>().verbose ?? false })
    return exitCodeOf(error)
  }
}
