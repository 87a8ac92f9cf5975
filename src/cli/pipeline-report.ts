import type { DeletedPipeline } from '../cloud/delete-pipeline.ts'
import type { PipelineStatus } from '../cloud/pipeline-status.ts'
import type { PartReport, PipelineContext, PipelineSettings } from '../cloud/pipeline.ts'
import { printable } from './display-width.ts'

/** Whose report it is. */
type Reported = Pick<PipelineContext, 'name' | 'isDryRun'>

interface CreatedPipeline {
  readonly settings: PipelineSettings
  readonly parts: readonly PartReport[]
}

/** What `pipeline create` did, or would do, for people. */
export function createText({ settings, parts }: CreatedPipeline, { name, isDryRun }: Reported): string {
  const changed = parts.filter(({ changes }) => changes.length > 0)
  const did = isDryRun ? 'Nothing was changed; without --dry-run this would be' : 'Done'
  const head =
    changed.length > 0 ? `${did}:\n${partLines(changed)}` : 'The pipeline is there, and as it should be.\n'
  const next = `Tweets of ${printable(name.term)} go to ${locationOf(settings.bucket, name.prefix)}\n`
  const collect = `Collect: ripplerank collect ${shellQuoted(name.term)} --source bluesky\n`
  const score = `Score:   ripplerank score --input ${locationOf(settings.bucket, name.prefix)}\n`
  return `${head}${next}${isDryRun ? '' : collect + score}`
}

/** The same for programs. */
export function createDocument({ settings, parts }: CreatedPipeline, { name, isDryRun }: Reported): string {
  return document({
    term: name.term,
    stream: name.stream,
    dry_run: isDryRun,
    ...settingsDocument(settings, name.prefix),
    parts,
  })
}

/** What `pipeline status` found, for people. */
export function statusText(found: PipelineStatus, { name }: Reported): string {
  const { status, settings, createdAt, isEncrypted, parts } = found
  const term = printable(name.term)
  if (settings === undefined) {
    const left = parts.length === 0 ? '' : `Left of one:\n${partLines(parts.map(withoutChanges))}`
    const way =
      parts.length === 0 ? '' : '`ripplerank pipeline create` completes it, `pipeline delete` removes it.\n'
    return status === 'none'
      ? `There is no pipeline for ${term}.\n${left}${way}`
      : `The stream ${name.stream} is ${status} and does not deliver to S3.\n`
  }
  const { bufferSeconds, bufferMebibytes, isCompressed, bucket } = settings
  const since =
    createdAt === undefined ? '' : ` since ${createdAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`
  const rows = [
    ['stream', `${name.stream}: ${status}${since}${isEncrypted ? ', encrypted' : ''}`],
    ['objects', `${locationOf(bucket, name.prefix)}${isCompressed ? ', gzip' : ''}`],
    ['buffer', `${bufferSeconds} s or ${bufferMebibytes} MiB, whichever comes first`],
    ['errors', `${locationOf(bucket, name.errorPrefix)} and the log ${name.logGroup}`],
  ]
  const facts = rows.map(([title = '', fact]) => `  ${title.padEnd(PART_WIDTH)} ${fact}\n`).join('')
  const wrong =
    parts.length === 0
      ? ''
      : `Not as it should be; \`ripplerank pipeline create\` would:\n${partLines(parts)}`
  return `Pipeline of ${term}\n${facts}${wrong}`
}

/** The same for programs. */
export function statusDocument(found: PipelineStatus, { name }: Reported): string {
  const { status, settings, createdAt, isEncrypted, parts } = found
  return document({
    term: name.term,
    stream: name.stream,
    status,
    created_at: createdAt?.toISOString() ?? null,
    encrypted: isEncrypted,
    ...(settings && settingsDocument(settings, name.prefix)),
    error_log: name.logGroup,
    problems: parts,
  })
}

/** What `pipeline delete` did, or would do, for people. */
export function deleteText(deleted: DeletedPipeline, { name, isDryRun }: Reported): string {
  const { parts, data, isDataKept } = deleted
  const changed = parts.filter(({ changes }) => changes.length > 0)
  const did = isDryRun ? 'Nothing was changed; without --dry-run this would be' : 'Done'
  const head =
    changed.length === 0
      ? `There is no pipeline for ${printable(name.term)}; nothing to do.\n`
      : `${did}:\n${partLines(changed)}`
  if (data === undefined)
    return `${head}Data of an earlier one, if there is any, is below ${name.prefix} of its bucket; --bucket names it.\n`
  return isDataKept ? `${head}Its data, if there is any, is kept in ${data}\n` : head
}

/** The same for programs. */
export function deleteDocument(deleted: DeletedPipeline, { name, isDryRun }: Reported): string {
  const { parts, data = null, isDataKept } = deleted
  return document({
    term: name.term,
    stream: name.stream,
    dry_run: isDryRun,
    parts,
    data: { location: data, kept: isDataKept },
  })
}

const PART_WIDTH = 7

function partLines(parts: readonly PartReport[]): string {
  const lines = parts.map(({ part, place, changes }) => {
    const what = changes.length === 0 ? '' : `: ${changes.join(', ')}`
    return `  ${part.padEnd(PART_WIDTH)} ${place}${what}\n`
  })
  return lines.join('')
}

const withoutChanges = (part: PartReport): PartReport => ({ ...part, changes: [] })

const locationOf = (bucket: string, prefix: string): string => `s3://${bucket}/${prefix}`

function settingsDocument(settings: PipelineSettings, prefix: string) {
  const { bucket, bufferSeconds, bufferMebibytes, isCompressed } = settings
  return {
    location: locationOf(bucket, prefix),
    buffer_seconds: bufferSeconds,
    buffer_mebibytes: bufferMebibytes,
    gzip: isCompressed,
  }
}

const document = (content: object): string => `${JSON.stringify(content)}\n`

/** For a POSIX shell. */
function shellQuoted(text: string): string {
  return `'${printable(text).replaceAll("'", `'\\''`)}'`
}
