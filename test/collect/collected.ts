import type { CollectedRecord, Source, SourceEvent, SourceOptions } from '../../src/collect/source.ts'

interface Wishes {
  readonly most?: number
  readonly onRecord?: () => void
}

/** What a source gave and told until it ended, or until it had given as many records as are wanted. */
export async function collectedFrom(
  source: Source,
  { most = Infinity, onRecord, ...options }: Partial<SourceOptions> & Wishes = {},
) {
  const records: CollectedRecord[] = []
  const events: SourceEvent[] = []
  const signal = options.signal ?? new AbortController().signal
  const onEvent = (event: SourceEvent) => {
    events.push(event)
    options.onEvent?.(event)
  }
  for await (const record of source({ term: 'tests', after: null, ...options, signal, onEvent })) {
    records.push(record)
    onRecord?.()
    if (records.length >= most) break
  }
  return { records, events, refused: events.filter((event) => event.kind === 'refused') }
}

/** The flat record of what was collected. */
export const flat = ({ data }: CollectedRecord) => JSON.parse(data) as Readonly<Record<string, string>>
