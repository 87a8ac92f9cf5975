import { DeleteObjectsCommand, S3Client, paginateListObjectsV2 } from '@aws-sdk/client-s3'
import { z } from 'zod'

import type { Source } from '../collect/source.ts'
import type { ScoreReport } from '../jobs/score.ts'
import { score } from '../jobs/score.ts'
import type { S3Access } from '../local/start-firehose.ts'
import { checked } from './checked.ts'
import type { CommandContext } from './command-context.ts'
import type { DemoFirehose } from './demo-firehose.ts'
import { openDemoFirehose } from './demo-firehose.ts'
import { DEMO_PREFIX, DEMO_SLOTS, demoStream } from './demo-stream.ts'
import { farewell, slotSummary } from './demo-text.ts'
import { formatWhole } from './number-format.ts'
import type { OwnServices } from './own-machine.ts'
import { openOwnServices } from './own-machine.ts'
import type { Progress } from './progress.ts'
import { createProgress } from './progress.ts'
import { serveUntil } from './serve-until.ts'
import { underSignal } from './under-signal.ts'

const BUCKET = 'ripplerank'
const WINDOW_HOURS = 24
const MOST_RECORDS = 1_000_000

const schema = z.object({
  seed: z.coerce
    .number()
    .refine((seed) => Number.isSafeInteger(seed) && seed >= 0, '--seed takes a whole number from 0')
    .default(1),
  records: z.coerce
    .number()
    .refine(
      (records) => Number.isInteger(records) && records >= 1_000 && records <= MOST_RECORDS,
      `--records takes a whole number from 1,000 to ${formatWhole(MOST_RECORDS)}`,
    )
    .default(30_000),
  keep: z.boolean().default(false),
})

/** What `demo` shows. */
type DemoOptions = z.infer<typeof schema>

/**
 * Checks the flags of `demo` before anything is started.
 * @throws ConfigError with one sentence for each flag that cannot be used
 */
function parseDemoOptions(flags: unknown): DemoOptions {
  return checked(schema.safeParse(flags))
}

/**
 * Invents a stream, collects it through a local Firehose into the embedded S3, and scores three slots in a row, each from
 * the objects that had arrived by then. The same flags print the same rankings. With `--keep` it shows them in the
 * dashboard until Ctrl-C.
 */
export async function runDemo(flags: unknown, context: CommandContext): Promise<void> {
  const options = parseDemoOptions(flags)
  using progress = createProgress({ stream: context.stderr })
  await using services = await openOwnServices({ context, progress })
  await using stack = new AsyncDisposableStack()
  const access = s3AccessOf(services)
  const { endpoint, region } = access
  const client = new S3Client({ endpoint, region, credentials: access, forcePathStyle: true })
  const s3 = stack.adopt(client, () => client.destroy())
  const { signal } = services
  // Of its own, as what was read under a name once is not read again.
  const prefix = `${DEMO_PREFIX}${Date.now().toString(36)}/`
  const input = `s3://${BUCKET}/${prefix}`
  await underSignal(signal, async () => {
    await removeObjects(s3, signal)
    const firehose = stack.use(await openDemoFirehose({ s3: access, bucket: BUCKET, prefix }))
    const arriving = demoStream(options, firehose.clock)
    let before: ScoreReport | undefined
    for (const slot of DEMO_SLOTS) {
      await bring(arriving(slot.getTime()), { firehose, signal, progress })
      const report = await scoreSlot({ slot, input, services, progress })
      context.stdout.write(slotSummary(report, before))
      before = report
    }
  })
  context.stdout.write(farewell({ input, slots: DEMO_SLOTS, windowHours: WINDOW_HOURS }))
  if (!options.keep) return
  context.stdout.write('\nThe dashboard, until Ctrl-C:\n')
  const databaseUrl = services.variables['DATABASE_URL'] ?? ''
  await serveUntil({ databaseUrl, host: '127.0.0.1', port: 0 }, { ...context, signal })
}

function s3AccessOf({ variables }: OwnServices): S3Access {
  return {
    endpoint: variables['AWS_ENDPOINT_URL_S3'] ?? '',
    region: variables['AWS_REGION'] ?? 'us-east-1',
    accessKeyId: variables['AWS_ACCESS_KEY_ID'] ?? '',
    secretAccessKey: variables['AWS_SECRET_ACCESS_KEY'] ?? '',
  }
}

/** A demo before may have had another seed, and its later objects have not arrived yet. */
async function removeObjects(s3: S3Client, abortSignal: AbortSignal): Promise<void> {
  const found: string[] = []
  for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket: BUCKET, Prefix: DEMO_PREFIX })) {
    found.push(...(page.Contents ?? []).flatMap(({ Key }) => Key ?? []))
  }
  for (let start = 0; start < found.length; start += 1_000) {
    const Objects = found.slice(start, start + 1_000).map((Key) => ({ Key })) // S3 takes no more at once
    await s3.send(new DeleteObjectsCommand({ Bucket: BUCKET, Delete: { Objects } }), { abortSignal })
  }
}

interface Delivery {
  readonly firehose: DemoFirehose
  readonly signal: AbortSignal
  readonly progress: Progress
}

async function bring(source: Source, { firehose, signal, progress }: Delivery): Promise<void> {
  const stage = progress.stage({ name: 'collect' })
  const { sent, refused } = await firehose.collect(source, signal)
  stage.done(`${formatWhole(sent)} records to S3 by Firehose, ${formatWhole(refused)} refused`)
}

interface DemoSlot {
  readonly slot: Date
  readonly input: string
  readonly services: OwnServices
  readonly progress: Progress
}

function scoreSlot({ slot, input, services, progress }: DemoSlot): Promise<ScoreReport> {
  const { spark, store, lake, openS3, signal } = services
  return score({
    inputs: [input],
    slot,
    windowHours: WINDOW_HOURS,
    kernel: 'calibrated',
    top: RANKS_TO_COMPARE,
    spark,
    store,
    lake,
    openS3,
    onStage: progress.stage,
    signal,
  })
}

const RANKS_TO_COMPARE = 200 // more than are shown, so that it is known where a newcomer stood before
