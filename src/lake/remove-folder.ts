import { DeleteObjectsCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3'

import { LakeError } from './lake-error.ts'
import type { OpenS3 } from './list-objects.ts'
import { removeLocal } from './silver.ts'

/** Removes all that lies below a path, on this machine or on S3. @throws LakeError */
export async function removeFolder(path: string, openS3: OpenS3): Promise<void> {
  if (!/^s3a?:\/\//.test(path)) return removeLocal(path)
  const [bucket = '', ...key] = path.replace(/^s3a?:\/\//, '').split('/')
  try {
    const s3 = await openS3()
    const query = { Bucket: bucket, Prefix: `${key.join('/')}/` }
    // A page holds as many objects as S3 deletes at once.
    for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, query)) {
      const Objects = Contents.flatMap(({ Key }) => (Key === undefined ? [] : [{ Key }]))
      if (Objects.length === 0) continue
      const { Errors: [failed] = [] } = await s3.send(
        new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
      )
      if (failed)
        throw new LakeError(`${path} cannot be removed (${failed.Message ?? failed.Code})`, {
          code: 'failed',
        })
    }
  } catch (error) {
    throw LakeError.from(error, path)
  }
}
