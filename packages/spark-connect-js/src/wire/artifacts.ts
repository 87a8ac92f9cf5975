import { create } from '@bufbuild/protobuf'
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { crc32 } from 'node:zlib'
import { AddArtifactsRequestSchema, type AddArtifactsRequest } from '../generated/spark/connect/base_pb.js'

/** The chunk size of Spark's own clients (`ArtifactManager.CHUNK_SIZE`). */
const CHUNK_BYTES = 32 * 1024

/** A local file and the folder of the session's artifacts that it goes to. */
export interface Artifact {
  readonly path: string
  /** `jars` and `classes` join the session's class path, `pyfiles` Python's; `archives` are unpacked, `files` only stored. */
  readonly kind: 'jars' | 'classes' | 'files' | 'archives' | 'pyfiles'
}

/** What is sent, and the name under which the server keeps it: a file's content, or bytes. */
export interface NamedContent {
  readonly name: string
  readonly content: { readonly path: string } | { readonly bytes: Uint8Array }
}

/** A local file on its way to the file system of the cluster. */
export const forwardedFile = (path: string, destination: string): NamedContent => ({
  name: `forward_to_fs${destination}`,
  content: { path },
})

export const namedFile = ({ path, kind }: Artifact): NamedContent => ({
  name: `${kind}/${basename(path)}`,
  content: { path },
})

interface CommonFields {
  readonly sessionId: string
  readonly userContext: { readonly userId: string }
  readonly clientType: string
}

/** The messages that carry artifacts to the server, read as they are sent. */
export async function* artifactRequests(
  artifacts: readonly NamedContent[],
  common: CommonFields,
): AsyncGenerator<AddArtifactsRequest> {
  for (const { name, content } of artifacts) {
    await using source = 'path' in content ? await fileSource(content.path) : bytesSource(content.bytes)
    if (source.size <= CHUNK_BYTES) {
      // The server waits for a second chunk after the first: what fits into one goes by another message.
      const data = await chunkAt(source, 0)
      yield create(AddArtifactsRequestSchema, {
        ...common,
        payload: { case: 'batch', value: { artifacts: [{ name, data }] } },
      })
    } else yield* chunked(name, source, common)
  }
}

async function* chunked(
  name: string,
  source: Source,
  common: CommonFields,
): AsyncGenerator<AddArtifactsRequest> {
  const { size } = source
  const numChunks = BigInt(Math.ceil(size / CHUNK_BYTES))
  const beginChunk = { name, totalBytes: BigInt(size), numChunks, initialChunk: await chunkAt(source, 0) }
  yield create(AddArtifactsRequestSchema, { ...common, payload: { case: 'beginChunk', value: beginChunk } })
  for (let position = CHUNK_BYTES; position < size; position += CHUNK_BYTES) {
    const chunk = await chunkAt(source, position)
    yield create(AddArtifactsRequestSchema, { ...common, payload: { case: 'chunk', value: chunk } })
  }
}

const chunkAt = async (source: Source, position: number) => {
  const data = await source.read(position)
  return { data, crc: BigInt(crc32(data)) }
}

/** Where chunks are read from. */
interface Source extends AsyncDisposable {
  readonly size: number
  read(position: number): Promise<Uint8Array> | Uint8Array
}

const fileSource = async (path: string): Promise<Source> => {
  const file = await open(path)
  const { size } = await file.stat()
  const read = async (position: number) => {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(CHUNK_BYTES), position })
    return buffer.subarray(0, bytesRead)
  }
  return { size, read, [Symbol.asyncDispose]: () => file.close() }
}

const bytesSource = (bytes: Uint8Array): Source => ({
  size: bytes.length,
  read: (position) => bytes.subarray(position, position + CHUNK_BYTES),
  [Symbol.asyncDispose]: () => Promise.resolve(),
})
