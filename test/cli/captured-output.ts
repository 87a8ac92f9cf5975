import { Writable } from 'node:stream'

import type { Output } from '../../src/cli/command-context.ts'

/** An output that keeps what was written to it. */
export type CapturedOutput = Output & { readonly text: () => string }

/** Where a command writes in a test: a file, or a terminal of a given width. */
export function capturedOutput(terminal?: { readonly columns: number }): CapturedOutput {
  let written = ''
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      written += chunk.toString()
      done()
    },
  })
  return Object.assign(
    stream,
    { text: () => written },
    terminal && { isTTY: true, columns: terminal.columns },
  )
}
