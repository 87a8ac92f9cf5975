import type { CollectOptions } from '../../../src/collect/collect.ts'
import type { LocalStream } from './local-stream.ts'

type Given = Pick<CollectOptions, 'source'> & Partial<CollectOptions>

/** What a collector of a test needs beside its source. */
export function collectOptions(stream: LocalStream, folder: string, given: Given): CollectOptions {
  return {
    term: 'storm',
    stream: stream.name,
    sourceName: 'invented',
    isLive: false,
    firehose: stream.firehose,
    folder,
    mostSpooledBytes: 64 * 2 ** 20,
    signal: new AbortController().signal,
    onEvent: () => {},
    ...given,
  }
}
