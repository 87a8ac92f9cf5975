import { Command } from 'commander'

import type { CommandContext } from './command-context.ts'

/** `ripplerank pipeline`: the flags; what they mean is checked and done in `run-pipeline.ts`. */
export function pipelineCommand(context: CommandContext): Command {
  const pipeline = new Command('pipeline')
    .summary('create, look at and delete the way of a search term into S3')
    .description(
      'A pipeline takes the tweets of one search term to S3: a Firehose delivery stream, the role that lets it write, the log of ' +
        'its errors, and the bucket, closed to the public and encrypted.',
    )
    .addHelpText('after', HELP)
  for (const command of [createCommand, statusCommand, deleteCommand, policyCommand])
    pipeline.addCommand(command(context))
  return pipeline
}

const HELP = `
Examples:
  ripplerank pipeline create "photo of the day" --bucket our-tweets --dry-run
  ripplerank pipeline create "photo of the day" --bucket our-tweets
  ripplerank pipeline status "photo of the day"
  ripplerank pipeline delete "photo of the day"

AWS is found as the aws command finds it: AWS_PROFILE or AWS_ACCESS_KEY_ID, and AWS_REGION. To try it on this machine, run
ripplerank up and paste the export lines that it prints.`

const BUCKET = [
  '--bucket <name>',
  'S3 bucket (RIPPLERANK_BUCKET); on this machine ripplerank by default',
] as const
const DRY_RUN = ['--dry-run', 'say what would change, and change nothing'] as const
const JSON_OUTPUT = ['--json', 'print one JSON document'] as const

function createCommand(context: CommandContext): Command {
  return new Command('create')
    .summary('create the pipeline of a term, or mend it')
    .description(
      'Creates the pipeline of a search term. Where it exists, what is missing or differs from the flags is mended, so it is safe ' +
        'to run again.',
    )
    .argument('<term>', 'search term')
    .option(...BUCKET)
    .option('--buffer-seconds <number>', 'an object is delivered after this time, from 0 to 900', '300')
    .option('--buffer-mib <number>', '... or when it has this size in MiB, from 1 to 128', '5')
    .option('--gzip', 'compress the objects')
    .option(...DRY_RUN)
    .option(...JSON_OUTPUT)
    .action(async (term: string, flags: object) => {
      const { runPipelineCreate } = await import('./run-pipeline.ts')
      await runPipelineCreate({ term, ...flags }, context)
    })
}

function statusCommand(context: CommandContext): Command {
  return new Command('status')
    .summary('show what there is of a pipeline')
    .description(
      'Shows what there is of the pipeline of a search term, and what is wrong with it. Changes nothing.',
    )
    .argument('<term>', 'search term')
    .option(...JSON_OUTPUT)
    .action(async (term: string, flags: object) => {
      const { runPipelineStatus } = await import('./run-pipeline.ts')
      await runPipelineStatus({ term, ...flags }, context)
    })
}

function deleteCommand(context: CommandContext): Command {
  return new Command('delete')
    .summary('delete the pipeline of a term, and keep its data')
    .description(
      'Deletes the stream, the role and the log of a search term. The objects in S3 stay and so does the bucket. Stop collecting ' +
        'first, and wait as long as the stream buffers: AWS does not promise to deliver what it still holds.',
    )
    .argument('<term>', 'search term')
    .option('--delete-data', 'delete the objects too')
    .option('--bucket <name>', 'where the data is, if the stream is gone already (RIPPLERANK_BUCKET)')
    .option(...DRY_RUN)
    .option(...JSON_OUTPUT)
    .action(async (term: string, flags: object) => {
      const { runPipelineDelete } = await import('./run-pipeline.ts')
      await runPipelineDelete({ term, ...flags }, context)
    })
}

function policyCommand(context: CommandContext): Command {
  return new Command('policy')
    .summary('print what the caller has to be allowed')
    .description(
      'Prints an IAM policy for whoever creates, looks at and deletes pipelines, and collects into them. Calls nobody.',
    )
    .option(...BUCKET)
    .option('--account <id>', 'AWS account of 12 digits; any by default')
    .action(async (flags: unknown) => {
      const { runPipelinePolicy } = await import('./run-pipeline-policy.ts')
      runPipelinePolicy(flags, context)
    })
}
