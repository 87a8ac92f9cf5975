import { createPipeline } from './create-pipeline.ts'
import { deletePipeline } from './delete-pipeline.ts'
import { findStream, settingsOf } from './find-stream.ts'
import { silently, type PartReport, type PipelineContext, type PipelineSettings } from './pipeline.ts'

/** What there is of a pipeline. */
export interface PipelineStatus {
  /** The stream's, as ACTIVE; `none` where there is no stream. */
  readonly status: string
  readonly createdAt: Date | undefined
  readonly isEncrypted: boolean
  readonly settings: PipelineSettings | undefined
  /** What `create` would mend; without a stream, what a deletion would remove. */
  readonly parts: readonly PartReport[]
}

/**
 * Looks at all parts and changes nothing.
 * @throws CloudError
 */
export async function pipelineStatus(context: PipelineContext): Promise<PipelineStatus> {
  const looking = { ...context, isDryRun: true, begin: silently }
  const found = await findStream(looking)
  const settings = found && settingsOf(found)
  if (found === undefined || settings === undefined) {
    const { parts } = await deletePipeline({ bucket: undefined, withData: false }, looking)
    return {
      status: found?.status ?? 'none',
      createdAt: found?.createdAt,
      isEncrypted: false,
      settings: undefined,
      parts: parts.filter(({ changes }) => changes.length > 0),
    }
  }
  const parts = found.status === 'DELETING' ? [] : await createPipeline(settings, looking)
  return {
    status: found.status,
    createdAt: found.createdAt,
    isEncrypted: found.encryption === 'on',
    settings,
    parts: parts.filter(({ changes }) => changes.length > 0),
  }
}
