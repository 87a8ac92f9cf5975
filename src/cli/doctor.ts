import { Command } from 'commander'

import type { CommandContext } from './command-context.ts'

/** `ripplerank doctor`: the flags; what is looked at stands in `doctor-machine.ts`, `doctor-emr.ts` and `doctor-services.ts`. */
export function doctorCommand(context: CommandContext): Command {
  return new Command('doctor')
    .summary('say what is missing, and how to mend it')
    .description(
      'Looks at what Ripplerank needs and changes nothing: a line for each, with what was found or how to mend it. Ends with 0 ' +
        'only if all is well. Services that variables name are looked at in any case.',
    )
    .option('--local', 'what running on this machine needs (without another flag)')
    .option('--docker', 'what Docker needs')
    .option('--emr', 'what EMR needs: credentials, each permission, roles, the bucket, the build')
    .option('--reader', 'DATABASE_URL is that of the dashboard, which only reads')
    .option('--bucket <name>', 'S3 bucket of the release (RIPPLERANK_BUCKET)')
    .option('--json', 'print one JSON document')
    .action(async (flags: unknown) => {
      const { runDoctor } = await import('./run-doctor.ts')
      await runDoctor(flags, context)
    })
}
