import { Command } from 'commander'

import type { CommandContext } from './command-context.ts'

/** `ripplerank collect`: the flags; what they mean is checked and done in `run-collect.ts`. */
export function collectCommand(context: CommandContext): Command {
  return new Command('collect')
    .summary('bring the tweets of a search term to its pipeline')
    .description(
      'Brings records from a source to the delivery stream of a search term, each at least once. What Firehose does not ' +
        'take waits on the disk and is sent later, also by the next run. Ends with the source, or by Ctrl-C.',
    )
    .argument('<term>', 'search term')
    .requiredOption('--source <name>', 'x, bluesky, replay or simulate')
    .option(
      '--input <path>',
      'replay: a file, or a folder with all that is below it; any format, gzip or not',
    )
    .option(
      '--speed <factor>',
      'replay: 1 is real time, 60 a minute a second; as fast as possible by default',
    )
    .option('--rate <number>', 'simulate: records a second; as many as possible without it')
    .option('--since <time>', 'x: also what was posted since then, up to seven days ago')
    .option('--max-posts <number>', 'end after so many records; posts of X cost money')
    .option('--stream <name>', "delivery stream; by default the one of the term's pipeline")
    .option('--state <folder>', 'where records wait; by default .ripplerank/collect/<stream>')
    .option('--metrics-port <number>', 'serve the counts to Prometheus on this port of this machine')
    .option('--json', 'print one JSON document with all counts at the end')
    .addHelpText(
      'after',
      `
Examples:
  ripplerank collect "photo of the day" --source replay --input tweets.jsonl.gz
  ripplerank collect "photo of the day" --source bluesky --metrics-port 9400
  ripplerank collect "photo of the day" --source x --max-posts 5000

The stream is made by ripplerank pipeline create. X needs a bearer token in X_BEARER_TOKEN.`,
    )
    .action(async (term: string, flags: object) => {
      const { runCollect } = await import('./run-collect.ts')
      await runCollect({ term, ...flags }, context)
    })
}
