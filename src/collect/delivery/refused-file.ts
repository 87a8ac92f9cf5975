import { createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { once } from 'node:events'
import { join } from 'node:path'

/** Keeps what could not be used, for a person to see. */
export interface RefusedFile extends AsyncDisposable {
  readonly keep: (refused: { readonly reason: string; readonly data: string }) => void
}

const MOST_BYTES = 16 * 1024 * 1024
const MOST_CHARACTERS = 2_000 // of one record

/** Opens `refused.jsonl` in a folder; beyond 16 MiB nothing is added, and a file that cannot be written is no error. */
export async function openRefusedFile(folder: string): Promise<RefusedFile> {
  const path = join(folder, 'refused.jsonl')
  const before = await stat(path).catch(() => undefined)
  let bytes = before?.size ?? 0
  let file: ReturnType<typeof createWriteStream> | undefined
  return {
    keep: ({ reason, data }) => {
      if (bytes > MOST_BYTES) return
      const line = `${JSON.stringify({ reason, data: data.slice(0, MOST_CHARACTERS) })}\n`
      bytes += line.length
      file ??= createWriteStream(path, { flags: 'a', mode: 0o600 }).on('error', () => {})
      file.write(line)
    },
    [Symbol.asyncDispose]: async () => {
      if (file === undefined || file.errored) return
      file.end()
      await once(file, 'close').catch(() => {})
    },
  }
}
