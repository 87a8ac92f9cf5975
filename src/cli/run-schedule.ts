import { once } from 'node:events'

import { Cron } from 'croner'

import { compact } from '../jobs/compact.ts'
import { dueSlots, newestDueSlot } from '../jobs/due-slots.ts'
import { pruneLake } from '../jobs/prune-lake.ts'
import { score } from '../jobs/score.ts'
import { isoSeconds, QUARTER_HOUR_MS } from '../jobs/slot.ts'
import { StoreError } from '../store/store-error.ts'
import type { CommandContext } from './command-context.ts'
import { formatSeconds, formatWhole } from './number-format.ts'
import type { Progress } from './progress.ts'
import { createProgress } from './progress.ts'
import { reportError } from './report-error.ts'
import type { ScheduleOptions } from './schedule-options.ts'
import { parseScheduleOptions } from './schedule-options.ts'
import { servicesFor } from './services-for.ts'
import type { Services } from './services.ts'
import { openServices } from './services.ts'
import { underSignal } from './under-signal.ts'

interface Schedule {
  readonly options: ScheduleOptions
  readonly context: CommandContext
  readonly progress: Progress
  readonly now: () => Date
}

/** Scores slots as they fall due until the signal, or with `--once` those that are due now. */
export async function runSchedule(
  flags: unknown,
  context: CommandContext,
  now: () => Date = () => new Date(),
): Promise<void> {
  const options = await parseScheduleOptions(flags)
  using progress = createProgress({ stream: context.stderr })
  const schedule: Schedule = { options, context, progress, now }
  const services = await open(schedule)
  if (!options.once) return untilInterrupted(schedule, services)
  await using opened = services
  await scoreDue(schedule, opened)
}

const open = ({ options, context, progress }: Schedule): Promise<Services> =>
  openServices({
    context,
    progress,
    services: servicesFor([...options.inputs, ...(options.follows ?? [])]),
    lake: options.lake,
  })

/** One Spark session serves all slots, and a new one follows where it was lost. */
async function untilInterrupted(schedule: Schedule, first: Services): Promise<void> {
  const { context, progress, options } = schedule
  let services: Services | undefined = first
  const turn = async (): Promise<void> => {
    try {
      services ??= await open(schedule)
      await scoreDue(schedule, services)
    } catch (error) {
      if (context.signal.aborted) return
      reportError(error, { stderr: context.stderr, isVerbose: false })
      progress.note('schedule: tried again at the next quarter hour')
      if (error instanceof StoreError && error.code === 'held') return
      await services?.[Symbol.asyncDispose]().then(undefined, () => undefined)
      services = undefined
    }
  }
  await turn()
  const { delayMinutes } = options
  const minutes = [0, 15, 30, 45].map((minute) => minute + delayMinutes).join(',')
  // `protect`: a slot that takes longer than a quarter hour is not met by the next.
  const job = new Cron(`0 ${minutes} * * * *`, { timezone: 'UTC', protect: true }, turn)
  progress.note(`schedule: the next slot is scored at ${isoSeconds(job.nextRun() ?? schedule.now())}`)
  try {
    if (!context.signal.aborted) await once(context.signal, 'abort')
    context.signal.throwIfAborted()
  } finally {
    job.stop()
    await services?.[Symbol.asyncDispose]()
  }
}

async function scoreDue(schedule: Schedule, services: Services): Promise<void> {
  const { options, progress, now } = schedule
  for (const windowHours of options.windows) {
    const { until, delayMinutes, catchUpMs } = options
    const newest = until ?? newestDueSlot(now(), delayMinutes * 60_000)
    const since = new Date(newest.getTime() - catchUpMs - QUARTER_HOUR_MS)
    const published = await services.store.publishedSlotEnds({ windowHours, since })
    const due = dueSlots({ newest, catchUpMs, published })
    if (due.length > 1) progress.note(`schedule: ${formatWhole(due.length)} slots to make up for`)
    for (const slot of due) await scoreSlot(schedule, services, { slot, windowHours })
  }
  await mergeSilver(schedule, services)
}

/** Folders of silver that a day of slots leaves: from there on, opening them costs more than merging. */
const MOST_FOLDERS = 96

async function mergeSilver({ progress }: Schedule, services: Services): Promise<void> {
  const { sources } = await services.store.status(1)
  if (sources.every(({ silverFolders }) => silverFolders <= MOST_FOLDERS)) return
  const { spark, store, lake, openS3, signal } = services
  await underSignal(signal, () => compact({ spark, store, lake, signal, onStage: progress.stage }))
  await pruneLake({ store, lake, openS3, signal })
}

interface DueSlot {
  readonly slot: Date
  readonly windowHours: ScheduleOptions['windows'][number]
}

async function scoreSlot(
  { options, context, progress }: Schedule,
  { spark, store, lake, openS3, signal }: Services,
  slot: DueSlot,
): Promise<void> {
  const { inputs, term, follows, kernel } = options
  const report = await underSignal(signal, () =>
    score({
      spark,
      store,
      lake,
      openS3,
      signal,
      inputs,
      kernel,
      ...slot,
      ...(term !== undefined && { term }),
      ...(follows !== undefined && { follows }),
      isRecent: true,
      top: 1,
      onStage: progress.stage,
    }),
  )
  const what = `${formatWhole(report.observations)} observations, ${formatWhole(report.authors)} authors`
  const took = formatSeconds(report.seconds * 1000)
  context.stdout.write(`${report.slot} ${report.windowHours} h published: ${what}, ${took}\n`)
}
