import { deleteObjects } from './bucket.ts'
import { findStream, settingsOf } from './find-stream.ts'
import { deleteLogs } from './log-group.ts'
import { applyEdits, type PartReport, type PipelineContext } from './pipeline.ts'
import { deleteRole } from './role.ts'
import { deleteStream } from './stream.ts'

export interface Deletion {
  /** Where the data is if the stream is gone already and cannot tell. */
  readonly bucket: string | undefined
  /** Deletes the objects too; the bucket stays, as other pipelines may use it. */
  readonly withData: boolean
}

export interface DeletedPipeline {
  readonly parts: readonly PartReport[]
  /** `s3://bucket/raw/...`; undefined where nobody knows the bucket. */
  readonly data: string | undefined
  readonly isDataKept: boolean
}

/**
 * Deletes the pipeline of a term, or what there is of it. Safe to run again.
 * @throws CloudError
 */
export async function deletePipeline(
  { bucket: given, withData }: Deletion,
  context: PipelineContext,
): Promise<DeletedPipeline> {
  const { name } = context
  const found = await findStream(context)
  const bucket = (found && settingsOf(found)?.bucket) ?? given
  const parts = [await deleteStream(context), await deleteRole(context), await deleteLogs(context)]
  const data = bucket === undefined ? undefined : `s3://${bucket}/${name.prefix}`
  const isDataKept = !withData || bucket === undefined
  if (isDataKept) return { parts, data, isDataKept }
  return { parts: [...parts, await deleteData(bucket, context)], data, isDataKept }
}

async function deleteData(bucket: string, context: PipelineContext): Promise<PartReport> {
  const { prefix, errorPrefix } = context.name
  let objects = 0
  for (const folder of [prefix, errorPrefix])
    objects += await deleteObjects({ bucket, prefix: folder }, context)
  const done = { what: `delete ${objects} objects`, apply: () => Promise.resolve() }
  return applyEdits({ part: 'data', place: `s3://${bucket}/${prefix}` }, objects === 0 ? [] : [done], context)
}
