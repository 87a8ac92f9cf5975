import { z } from 'zod'

import { isoSeconds } from '../jobs/slot.ts'
import { startEmbedded } from '../local/start-embedded.ts'
import type { SlotStatus, SourceStatus, StoreStatus } from '../store/store-status.ts'
import { checked } from './checked.ts'
import type { CommandContext } from './command-context.ts'
import { openDatabase } from './database-access.ts'
import { readEnvironment } from './environment.ts'
import { formatBytes, formatSeconds, formatSpan, formatWhole, UNKNOWN } from './number-format.ts'
import { tableOf } from './text-table.ts'

const SLOTS = '--slots takes a whole number from 1 to 1,000'
const schema = z.object({
  slots: z.coerce.number({ error: SLOTS }).int(SLOTS).min(1, SLOTS).max(1000, SLOTS),
  json: z.boolean().default(false),
})

/** Shows where slots, sources and the lease stand. */
export async function runStoreStatus(flags: unknown, context: CommandContext): Promise<void> {
  const { variables, signal, stdout } = context
  const { slots, json } = checked(schema.safeParse(flags))
  const { all } = readEnvironment(variables)
  await using embedded = await startEmbedded({ environment: all, services: ['mariadb'], signal })
  await using store = await openDatabase(embedded.environment['DATABASE_URL'] ?? '', context)
  await store.migrate()
  const status = await store.status(slots)
  stdout.write(json ? `${JSON.stringify(status, withBigints)}\n` : statusText(status))
}

const withBigints = (_: string, value: unknown): unknown =>
  typeof value === 'bigint' ? Number(value) : value

/** The status for people. */
export function statusText(status: StoreStatus): string {
  const { lease, staged, pendingDeletions, rejections } = status
  const holder = lease?.isHeld === true ? `held by ${lease.holder}` : 'free'
  const facts = [
    `Lease: ${holder}${lease ? `, fence ${lease.fence}` : ''}`,
    staged > 0
      ? `Staging: ${formatWhole(staged)} rows (the next run sweeps what nobody publishes)`
      : undefined,
    pendingDeletions > 0
      ? `Deletions: ${formatWhole(pendingDeletions)} asked for and not done; run forget`
      : undefined,
  ]
  const slots = status.slots.length > 0 ? tableOf(slotColumns, status.slots) : '  No slot was scored yet.\n'
  const sources =
    status.sources.length > 0 ? tableOf(sourceColumns, status.sources) : '  No source was read yet.\n'
  const reasons = rejections.map(({ reason, records }) => `  ${formatWhole(records)}  ${reason}\n`).join('')
  return [
    ...facts.flatMap((fact) => (fact === undefined ? [] : `${fact}\n`)),
    `\nSlots\n${slots}`,
    `\nSources\n${sources}`,
    reasons === '' ? '' : `\nRejected records by reason\n${reasons}`,
  ].join('')
}

const slotColumns = [
  { title: 'slot', side: 'left', cell: (it: SlotStatus) => isoSeconds(it.slotEnd) },
  { title: 'window', side: 'right', cell: (it: SlotStatus) => `${it.windowHours} h` },
  { title: 'state', side: 'left', cell: (it: SlotStatus) => it.state },
  { title: 'lag', side: 'right', cell: (it: SlotStatus) => lagOf(it) },
  { title: 'took', side: 'right', cell: (it: SlotStatus) => tookOf(it) },
  { title: 'observations', side: 'right', cell: (it: SlotStatus) => formatWhole(it.observations) },
  { title: 'repeats', side: 'right', cell: (it: SlotStatus) => formatWhole(it.duplicates) },
  { title: 'set aside', side: 'right', cell: (it: SlotStatus) => formatWhole(it.setAside) },
  { title: 'rejected', side: 'right', cell: (it: SlotStatus) => formatWhole(it.rejected) },
  { title: 'authors', side: 'right', cell: (it: SlotStatus) => formatWhole(it.authors) },
  { title: 'coverage', side: 'right', cell: (it: SlotStatus) => percent(it.coverage) },
] as const

const sourceColumns = [
  { title: 'source', side: 'left', cell: (it: SourceStatus) => nameOf(it) },
  { title: 'batches', side: 'right', cell: (it: SourceStatus) => formatWhole(it.batches) },
  { title: 'not read', side: 'right', cell: (it: SourceStatus) => formatWhole(it.frozen) },
  { title: 'objects', side: 'right', cell: (it: SourceStatus) => formatWhole(it.objects) },
  { title: 'gone', side: 'right', cell: (it: SourceStatus) => formatWhole(it.gone) },
  { title: 'raw', side: 'right', cell: (it: SourceStatus) => formatBytes(it.bytes) },
  { title: 'rejected', side: 'right', cell: (it: SourceStatus) => formatWhole(it.rejected) },
  { title: 'silver folders', side: 'right', cell: (it: SourceStatus) => formatWhole(it.silverFolders) },
  {
    title: 'newest tweet',
    side: 'left',
    cell: (it: SourceStatus) => (it.newest ? isoSeconds(it.newest) : UNKNOWN),
  },
] as const

const percent = (share: number | null): string => (share === null ? UNKNOWN : `${(share * 100).toFixed(1)} %`)
const nameOf = ({ inputs, term }: SourceStatus): string =>
  `${inputs.join(' ')}${term === null ? '' : ` (${term})`}`

/** From a slot's end to its publication. */
const lagOf = ({ slotEnd, publishedAt }: SlotStatus): string =>
  publishedAt === null ? UNKNOWN : formatSpan(publishedAt.getTime() - slotEnd.getTime())

const tookOf = ({ startedAt, publishedAt }: SlotStatus): string =>
  publishedAt === null ? UNKNOWN : formatSeconds(publishedAt.getTime() - startedAt.getTime())
