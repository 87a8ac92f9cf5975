import type { AwsClients } from './aws-clients.ts'
import type { PipelineName } from './pipeline-name.ts'

/** How a pipeline is set up. */
export interface PipelineSettings {
  readonly bucket: string
  /** An object is delivered when it has this size, in MiB, or ... */
  readonly bufferMebibytes: number
  /** ... after this time. */
  readonly bufferSeconds: number
  /** gzip */
  readonly isCompressed: boolean
}

/** Whose pipeline, and with what it is looked after. */
export interface PipelineContext {
  readonly aws: AwsClients
  readonly name: PipelineName
  readonly signal: AbortSignal
  /** How often a part is looked at that is not ready yet. */
  readonly pollMs: number
  /** Says what would change, and changes nothing. */
  readonly isDryRun: boolean
  /** Begins a step for people to see. */
  readonly begin: (what: string) => Step
  /** A sentence on what is not as it should be, and can be lived with. */
  readonly warn: (sentence: string) => void
}

/** A step while it runs. */
export interface Step {
  /** It still does. */
  readonly still: () => void
  readonly done: (outcome: string) => void
}

/** Steps that nobody sees. */
export const silently = (): Step => ({ still: () => {}, done: () => {} })

/** What a pipeline is made of, in the order in which the parts need each other. */
export type PartName = 'bucket' | 'role' | 'logs' | 'stream' | 'data'

/** What became of a part, or would. */
export interface PartReport {
  readonly part: PartName
  /** Its name at AWS. */
  readonly place: string
  /** What was done, or would be; empty where all was well. */
  readonly changes: readonly string[]
}

/** One thing to do. */
export interface Edit {
  readonly what: string
  readonly apply: () => Promise<unknown>
}

/** Does what is to be done to a part, one after the other, or only says so. */
export async function applyEdits(
  { part, place }: Pick<PartReport, 'part' | 'place'>,
  edits: readonly Edit[],
  { isDryRun, begin, signal }: PipelineContext,
): Promise<PartReport> {
  const changes = edits.map(({ what }) => what)
  const step = begin(`${part} ${place}`)
  if (!isDryRun) {
    for (const { apply } of edits) {
      signal.throwIfAborted()
      await apply()
    }
  }
  step.done(changes.length === 0 ? 'nothing to do' : `${isDryRun ? 'would ' : ''}${changes.join(', ')}`)
  return { part, place, changes }
}
