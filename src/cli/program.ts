import { readFileSync } from 'node:fs'

import { Command } from 'commander'

import { budgetCommand } from './budget.ts'
import { calibrateCommand } from './calibrate.ts'
import { collectCommand } from './collect.ts'
import type { CommandContext } from './command-context.ts'
import { doctorCommand } from './doctor.ts'
import { emrCommand } from './emr.ts'
import { evaluateCommand } from './evaluate.ts'
import { forgetCommand } from './forget.ts'
import { pipelineCommand } from './pipeline.ts'
import { scheduleCommand } from './schedule.ts'
import { scoreCommand } from './score.ts'
import { passwordCommand, serveCommand } from './serve.ts'
import { storeCommand } from './store.ts'
import { upCommand } from './up.ts'
import { compactCommand, lakeCommand } from './upkeep.ts'
import { verifyCommand } from './verify.ts'

/** The command line as a whole. Commands load what they run only when they run, so that `--help` is instant. */
export function createProgram(context: CommandContext): Command {
  const program = new Command('ripplerank')
    .description('Who moves a conversation on X or Bluesky, and how far it carries.')
    .version(version())
    .option('--verbose', 'show the stack of an error')
    .configureHelp({ showGlobalOptions: true, sortSubcommands: false })
    .showHelpAfterError('(add --help for the flags)')
  const work = [demoCommand, scoreCommand, scheduleCommand, budgetCommand, calibrateCommand, evaluateCommand]
  const onAws = [pipelineCommand, collectCommand, emrCommand]
  const upkeep = [
    upCommand,
    verifyCommand,
    forgetCommand,
    compactCommand,
    storeCommand,
    lakeCommand,
    doctorCommand,
  ]
  const show = [serveCommand, passwordCommand]
  for (const command of [...work, ...onAws, ...show, ...upkeep]) program.addCommand(command(context))
  for (const command of withDescendants(program)) {
    command
      .copyInheritedSettings(program)
      .exitOverride()
      .configureOutput({
        writeOut: (text) => context.stdout.write(text),
        writeErr: (text) => context.stderr.write(text),
        outputError: (text, write) => write(text.replace(/^error: /, 'ripplerank: ')),
      })
  }
  return program
}

/** `ripplerank demo`. */
function demoCommand(context: CommandContext): Command {
  return new Command('demo')
    .summary('show it all on this machine, on an invented stream')
    .description(
      'Invents a stream of tweets, collects it through a local Firehose into S3, scores three slots and shows their rankings; `serve` shows them in a browser.',
    )
    .option('--seed <number>', 'another seed, another stream; the same seed, the same bytes')
    .option('--records <number>', 'how many records to invent')
    .option('--keep', 'show the rankings in the dashboard then, until Ctrl-C')
    .action(async (flags: unknown) => {
      const { runDemo } = await import('./demo.ts')
      await runDemo(flags, context)
    })
}

function withDescendants(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(withDescendants)]
}

// A bundle has no package.json beside it: scripts/build.mjs puts the version in.
declare const BUNDLE_VERSION: string

function version(): string {
  if (typeof BUNDLE_VERSION === 'string') return BUNDLE_VERSION
  const manifest: { readonly version: string } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  )
  return manifest.version
}
