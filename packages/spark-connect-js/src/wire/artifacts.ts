import { create, type MessageInitShape } from '@bufbuild/protobuf'
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { crc32 } from 'node:zlib'
import { AddArtifactsRequestSchema, type AddArtifactsRequest } from '../generated/spark/connect/base_pb.js'

/** The chunk size of Spark's own clients (`ArtifactManager.CHUNK_SIZE`). */
const CHUNK_BYTES = 32 * 1024

/** A local file and the folder of the session's artifacts that it goes to. */
export interface Artifact {
  readonly path: string
  /** `jars` joins the session's class path, `files` is only stored. */
  readonly kind: 'jars' | 'files'
}

interface CommonFields {
  readonly sessionId: string
  readonly userContext: { readonly userId: string }
  readonly clientType: string
}

/** The messages that carry files to the server, read as they are sent. */
export async function* artifactRequests(
  artifacts: readonly Artifact[],
  common: CommonFields,
): AsyncGenerator<AddArtifactsRequest> {
  for (const { path, kind } of artifacts) {
    await using file = await open(path)
    const { size } = await file.stat()
    const name = `${kind}/${basename(path)}`
    let isFirst = true
    for (let position = 0; isFirst || position < size; position += CHUNK_BYTES) {
      const chunk = await readChunk(file, position)
      if (size <= CHUNK_BYTES) {
        // The server takes an announcement of chunks only if there is more than one.
        yield request(common, { case: 'batch', value: { artifacts: [{ name, data: chunk }] } })
      } else if (isFirst) {
        yield request(common, { case: 'beginChunk', value: beginChunk(name, size, chunk) })
      } else {
        yield request(common, { case: 'chunk', value: chunk })
      }
      isFirst = false
    }
  }
}

const request = (
  common: CommonFields,
  payload: NonNullable<MessageInitShape<typeof AddArtifactsRequestSchema>['payload']>,
) => create(AddArtifactsRequestSchema, { ...common, payload })

const beginChunk = (name: string, size: number, initialChunk: { data: Uint8Array; crc: bigint }) => ({
  name,
  totalBytes: BigInt(size),
  numChunks: BigInt(Math.ceil(size / CHUNK_BYTES)),
  initialChunk,
})

const readChunk = async (file: Awaited<ReturnType<typeof open>>, position: number) => {
  const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(CHUNK_BYTES), position })
  const data = buffer.subarray(0, bytesRead)
  return { data, crc: BigInt(crc32(data)) }
}
