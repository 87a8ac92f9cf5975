import type { ExecutePlanResponse_ArrowBatch as ArrowBatch } from '../generated/spark/connect/base_pb.js'
import { SparkConnectError } from '../wire/error.ts'

/** One whole Arrow IPC stream and the number of its rows. */
export interface ArrowData {
  readonly data: Uint8Array
  readonly rowCount: number
}

/**
 * Puts a result's batches together from their chunks (servers since 4.1 cut large ones), and proves that no row is
 * missing or repeated: chunks and batches say where they belong.
 */
export class ArrowBatches {
  readonly #chunks: Uint8Array[] = []
  #rowsSoFar = 0

  /** The batch, if this is its last piece. @throws SparkConnectError DATA_LOSS for a piece out of place. */
  add(piece: ArrowBatch): ArrowData | undefined {
    if (piece.startOffset !== undefined) expectEqual('row', this.#rowsSoFar, piece.startOffset)
    expectEqual('chunk', this.#chunks.length, piece.chunkIndex ?? 0n)
    this.#chunks.push(piece.data)
    if (this.#chunks.length < (piece.numChunksInBatch ?? 1n)) return undefined
    const data = joined(this.#chunks.splice(0))
    const rowCount = Number(piece.rowCount)
    this.#rowsSoFar += rowCount
    return { data, rowCount }
  }

  /** @throws SparkConnectError DATA_LOSS if a batch is still incomplete. */
  end(): void {
    if (this.#chunks.length > 0) {
      throw lost(`the result ended after ${this.#chunks.length} chunks of a batch that has more`)
    }
  }
}

const expectEqual = (what: string, expected: number, actual: bigint): void => {
  if (BigInt(expected) !== actual) {
    throw lost(`the server sent a batch with ${what} ${actual} where ${what} ${expected} comes next`)
  }
}

const lost = (message: string) => new SparkConnectError(message, { code: 'DATA_LOSS' })

const joined = (chunks: readonly Uint8Array[]): Uint8Array => {
  const [first] = chunks
  if (first && chunks.length === 1) return first
  const whole = new Uint8Array(chunks.reduce((bytes, chunk) => bytes + chunk.length, 0))
  let position = 0
  for (const chunk of chunks) {
    whole.set(chunk, position)
    position += chunk.length
  }
  return whole
}
