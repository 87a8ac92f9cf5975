import { createHash } from 'node:crypto'
import { systemClock } from './clock.ts'
import type { Environment } from './leashed-process.ts'
import { startFirehose } from './start-firehose.ts'
import { startIam } from './start-iam.ts'
import { startLogs } from './start-logs.ts'

/** What the names of embedded Firehoses begin with. */
export const FIREHOSE = 'Firehose'

/** A Firehose that delivers to another S3 is another Firehose. */
export function firehoseName({ AWS_ENDPOINT_URL_S3: endpoint = '' }: Environment): string {
  return `${FIREHOSE}-${createHash('sha256').update(endpoint).digest('hex').slice(0, 8)}`
}

/** Starts what a pipeline needs beside S3: Firehose, IAM and the logs. All of it is in memory. */
export async function pipelineService(
  environment: Environment,
): Promise<AsyncDisposable & { readonly variables: Readonly<Record<string, string>> }> {
  const region = environment['AWS_REGION'] ?? 'us-east-1'
  await using stack = new AsyncDisposableStack()
  const clock = systemClock
  const iam = stack.use(await startIam({ clock }))
  const logs = stack.use(await startLogs({ clock, region }))
  const firehose = stack.use(
    await startFirehose({
      s3: {
        endpoint: environment['AWS_ENDPOINT_URL_S3'] ?? '',
        region,
        accessKeyId: environment['AWS_ACCESS_KEY_ID'] ?? '',
        secretAccessKey: environment['AWS_SECRET_ACCESS_KEY'] ?? '',
      },
      isRoleAssumable: iam.isRoleAssumable,
      onProblem: (sentence) => console.error(sentence), // the keeper's log
    }),
  )
  const started = stack.move()
  return {
    variables: {
      AWS_ENDPOINT_URL_FIREHOSE: firehose.endpoint,
      AWS_ENDPOINT_URL_IAM: iam.endpoint,
      AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: logs.endpoint,
    },
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  }
}
