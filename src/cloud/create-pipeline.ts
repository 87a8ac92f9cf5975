import { ensureBucket } from './bucket.ts'
import { ensureLogs } from './log-group.ts'
import type { PartReport, PipelineContext, PipelineSettings } from './pipeline.ts'
import { ensureRole } from './role.ts'
import { ensureStream } from './stream.ts'

/**
 * Makes the pipeline of a term, or what is missing of it, and mends what differs from the settings. Safe to run again, and
 * beside itself.
 * @returns its parts, each with what was done, or in a dry run would be
 * @throws CloudError, or the signal's reason once it is aborted
 */
export async function createPipeline(
  settings: PipelineSettings,
  context: PipelineContext,
): Promise<readonly PartReport[]> {
  try {
    const bucket = await ensureBucket(settings.bucket, context)
    const role = await ensureRole(settings.bucket, context)
    const logs = await ensureLogs(context)
    const stream = await ensureStream({ settings, roleArn: role.arn }, context)
    return [bucket, role.report, logs, stream]
  } catch (error) {
    context.signal?.throwIfAborted() // a call that was cut off says no more than that
    throw error
  }
}
