import type { CollectEvent } from '../collect/collect.ts'
import type { CollectCounts } from '../collect/delivery/counts.ts'
import { countsText, eventText } from './collect-report.ts'
import { formatWhole } from './number-format.ts'
import type { Progress } from './progress.ts'

/** Tells people how collecting goes. */
export interface CollectProgress extends Disposable {
  readonly hear: (event: CollectEvent) => void
  readonly done: () => void
}

const TELL_EVERY_MS = 200

/** Keeps a line of counts up to date, and says what happens beside it. */
export function tellCollecting(
  counts: CollectCounts,
  { progress, folder }: { readonly progress: Progress; readonly folder: string },
): CollectProgress {
  const stage = progress.stage({ name: 'collect' })
  let spent = ''
  const timer = setInterval(() => stage.tell(`${countsText(counts)}${spent}`), TELL_EVERY_MS).unref()
  return {
    hear: (event) => {
      if (event.kind === 'spent')
        spent = `, ${formatWhole(event.posts)} posts for $${event.dollars.toFixed(2)}`
      const text = eventText(event, folder)
      if (text !== undefined) progress.note(text)
    },
    done: () => stage.done(`${countsText(counts)}${spent}`),
    [Symbol.dispose]: () => clearInterval(timer),
  }
}
