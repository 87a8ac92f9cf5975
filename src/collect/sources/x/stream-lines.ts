import { XFailure } from './x-api.ts'

const MOST_CHARACTERS = 16 * 1024 * 1024

/**
 * The lines of an answer that never ends, without their ends; an empty one is a heartbeat. What is left when the
 * connection ends is the last. While the reader does not ask, nothing is read.
 * @throws XFailure if nothing comes for `silenceMs`, not even a heartbeat, or the connection breaks
 */
export async function* streamLines(response: Response, silenceMs: number): AsyncGenerator<string> {
  const reader = response.body?.getReader()
  if (reader === undefined) return
  const decoder = new TextDecoder()
  let rest = ''
  try {
    for (;;) {
      const { value, done } = await chunkWithin(reader, silenceMs)
      if (done) break
      const text = decoder.decode(value, { stream: true })
      if (!text.includes('\n') && rest.length + text.length < MOST_CHARACTERS) {
        rest += text
        continue
      }
      const lines = (rest + text).split(/\r?\n/)
      rest = lines.pop() ?? ''
      yield* lines
    }
  } catch (error) {
    if (rest !== '') yield rest
    throw error
  } finally {
    await reader.cancel().catch(() => undefined)
  }
  if (rest !== '') yield rest
}

async function chunkWithin(reader: ReadableStreamDefaultReader<Uint8Array>, silenceMs: number) {
  const silence = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    silence.reject(failure(`nothing for ${silenceMs / 1_000} s, not even a heartbeat`))
  }, silenceMs)
  const read = reader.read().catch(() => {
    throw failure('the connection broke')
  })
  try {
    return await Promise.race([read, silence.promise])
  } finally {
    clearTimeout(timer)
    read.catch(() => undefined)
  }
}

const failure = (message: string) => new XFailure(message, { kind: 'network', resetAtMs: null })
