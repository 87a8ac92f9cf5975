import type { CollectEvent } from '../collect/collect.ts'
import type { CollectCounts } from '../collect/delivery/counts.ts'
import { formatSeconds, formatWhole } from './number-format.ts'

/** What `collect --json` prints. */
export interface CollectReport extends CollectCounts {
  readonly term: string
  readonly stream: string
  readonly source: string
  /** Where records wait. */
  readonly state: string
  readonly seconds: number
}

/** One line on the counts, as they are now. */
export function countsText(counts: CollectCounts): string {
  const parts = [
    `${formatWhole(counts.received)} received`,
    `${formatWhole(counts.matched)} matched`,
    `${formatWhole(counts.sent)} sent`,
    `${formatWhole(counts.retried)} retried`,
    `${formatWhole(counts.spooled)} spooled`,
    `${formatWhole(counts.refused)} refused`,
    `${formatWhole(counts.dropped)} dropped`,
  ]
  return [...parts, `${formatSeconds(counts.lagSeconds * 1_000)} behind`].join(', ')
}

/** The report for people. */
export function collectText(report: CollectReport): string {
  const lines = [`${countsText(report)}, in ${formatSeconds(report.seconds * 1_000)}`]
  if (report.spooled > 0)
    lines.push(
      `${formatWhole(report.spooled)} records stay in ${report.state}; the next run into ${report.stream} sends them.`,
    )
  if (report.refused > 0) lines.push(`What was refused is in ${report.state}/refused.jsonl, with the reason.`)
  return `${lines.join('\n')}\n`
}

/** What happened, in one sentence; undefined for what the line of counts tells. */
export function eventText(event: CollectEvent, state: string): string | undefined {
  switch (event.kind) {
    case 'connected':
      return `connected: ${event.detail}`
    case 'disconnected':
      return `disconnected: ${event.reason}; again in ${formatSeconds(event.retryInMs)}`
    case 'taken up':
      return `${formatWhole(event.records)} records of a run before go first${cutText(event.cutBytes)}`
    case 'damaged':
      return `${event.file} is damaged; ${formatWhole(event.records)} records in it cannot be read`
    case 'not delivered':
      return event.because === null
        ? 'Firehose takes records again'
        : `Firehose takes nothing (${event.because}); records wait in ${state}`
    case 'not spooled':
      return event.because === null
        ? `${state} can be written to again`
        : `${state} cannot be written to (${event.because}); the source is held back`
    case 'held back':
      return event.because === null ? 'the source goes on' : `the source is held back: ${event.because}`
    default:
      return undefined
  }
}

const cutText = (bytes: number): string =>
  bytes === 0 ? '' : `; ${formatWhole(bytes)} bytes of its last write were torn and are cut off`
