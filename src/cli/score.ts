import { Command } from 'commander'

import type { CommandContext } from './command-context.ts'

/** `ripplerank score`: the flags; what they mean is checked and done in `run-score.ts`. */
export function scoreCommand(context: CommandContext): Command {
  return new Command('score')
    .summary('score every author of one slot and publish the result')
    .description(
      'Reads raw tweets, scores every author by retweets, favourites, followers and depth, and publishes the ranking to ' +
        'MySQL in one transaction. Running a slot again replaces its rows.',
    )
    .requiredOption(
      '--input <source...>',
      'file, folder or s3://bucket/prefix; several may follow, and the flag may be repeated',
    )
    .option('--term <term>', 'search term of data that does not name one')
    .option(
      '--follows <list...>',
      'who follows whom, lines of follower<TAB>followee or Parquet: depth by it where it speaks of a cascade',
    )
    .option(
      '--slot <time>',
      'end of the slot, a UTC quarter hour; auto: the one that holds the newest observation',
      'auto',
    )
    .option('--window <length>', 'how far back events count: 24h, 7d or 30d', '30d')
    .option(
      '--kernel <name>',
      'who is likely to be retweeted from: calibrated, debatenight, or what calibrate saved, by its name or file',
      'calibrated',
    )
    .option('--top <number>', 'authors to show for each term', '10')
    .option('--lake <place>', 'where parsed data is kept, a folder or s3://bucket/prefix (RIPPLERANK_LAKE)')
    .option(
      '--emr-session <cluster>',
      'run on this EMR cluster by a session of its own (emr-spark-8.0.0 or later)',
    )
    .option('--json', 'print one JSON document instead of the table')
    .addHelpText(
      'after',
      `
Examples:
  ripplerank score --input tweets.jsonl.gz --term storm
  ripplerank score --input s3://bucket/raw/storm --slot 2026-01-02T03:15:00Z --window 24h --json

Services come from SPARK_REMOTE, DATABASE_URL and AWS_ENDPOINT_URL_S3; one that is not named is started on this machine.`,
    )
    .action(async (flags: unknown) => {
      const { runScore } = await import('./run-score.ts')
      await runScore(flags, context)
    })
}
