import { z } from 'zod'

import { compact } from '../jobs/compact.ts'
import { pruneLake } from '../jobs/prune-lake.ts'
import { startEmbedded } from '../local/start-embedded.ts'
import { checked } from './checked.ts'
import type { CommandContext } from './command-context.ts'
import { openDatabase } from './database-access.ts'
import { readEnvironment } from './environment.ts'
import { lazyS3 } from './lazy-s3.ts'
import { formatWhole } from './number-format.ts'
import { createProgress } from './progress.ts'
import { servicesFor } from './services-for.ts'
import { lakeBeside, openServices } from './services.ts'

const DAYS = '--older-than takes whole days from 1 to 3,650'
const DAY_MS = 24 * 60 * 60 * 1000

const days = z.coerce.number({ error: DAYS }).int(DAYS).min(1, DAYS).max(3650, DAYS)

const compactSchema = z.object({ lake: z.string().optional() })
const lakeSchema = z.object({ olderThan: days.optional(), lake: z.string().optional() })
const storeSchema = z.object({ olderThan: days })

/** Merges small folders of silver. */
export async function runCompact(flags: unknown, context: CommandContext): Promise<void> {
  const options = checked(compactSchema.safeParse(flags))
  using progress = createProgress({ stream: context.stderr })
  const services = servicesFor(['s3://'])
  await using opened = await openServices({ context, progress, services, lake: options.lake })
  const { spark, store, lake, signal } = opened
  const { folders, into, records } = await compact({ spark, store, lake, signal, onStage: progress.stage })
  const what = `${formatWhole(folders)} folders into ${formatWhole(into)}, ${formatWhole(records)} records`
  context.stdout.write(into === 0 ? 'nothing to merge\n' : `merged ${what}\n`)
}

/** Removes silver that nothing needs any more. */
export async function runLakePrune(flags: unknown, context: CommandContext): Promise<void> {
  const { olderThan, lake } = checked(lakeSchema.safeParse(flags))
  const { all, RIPPLERANK_LAKE, SPARK_REMOTE } = readEnvironment(context.variables)
  const { signal, stdout } = context
  await using embedded = await startEmbedded({ environment: all, services: ['mariadb', 's3'], signal })
  await using store = await openDatabase(embedded.environment['DATABASE_URL'] ?? '', context)
  await store.migrate()
  using s3 = lazyS3({ ...all, ...embedded.environment })
  const place =
    lake ??
    RIPPLERANK_LAKE ??
    embedded.environment['RIPPLERANK_LAKE'] ??
    lakeBeside(SPARK_REMOTE ?? OWN_SPARK)
  const { expired, replaced, orphans } = await pruneLake({
    store,
    openS3: s3.open,
    signal,
    lake: place,
    olderThanMs: olderThan === undefined ? undefined : olderThan * DAY_MS,
  })
  stdout.write(
    `removed ${formatWhole(expired)} folders beyond the retention, ${formatWhole(replaced)} that were replaced, ${formatWhole(orphans)} of runs that died\n`,
  )
}

/** The lake of a Spark that this machine starts by itself. */
const OWN_SPARK = 'sc://localhost'

/** Removes old slots. */
export async function runStorePrune(flags: unknown, context: CommandContext): Promise<void> {
  const { olderThan } = checked(storeSchema.safeParse(flags))
  const { all } = readEnvironment(context.variables)
  const { signal, stdout } = context
  await using embedded = await startEmbedded({ environment: all, services: ['mariadb'], signal })
  await using store = await openDatabase(embedded.environment['DATABASE_URL'] ?? '', context)
  await store.migrate()
  await using ledger = await store.openLedger({ holder: 'store prune' })
  const { slots, rows, rejected } = await ledger.prune(new Date(Date.now() - olderThan * DAY_MS))
  stdout.write(
    `removed ${formatWhole(slots)} slots with ${formatWhole(rows)} rows, ${formatWhole(rejected)} rejected records\n`,
  )
}
