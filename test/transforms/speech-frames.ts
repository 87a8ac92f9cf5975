import type { Observation } from '../../src/schema/observation.ts'
import type { RowJson } from './cascade-frames.ts'

export const SPEECH_WINDOW = { slotEnd: new Date('2026-03-02T00:00:00Z'), windowHours: 24 } as const
/** In the window, in the one before it, and before both. */
const NOW = '2026-03-01T12:00:00Z'
export const BEFORE = '2026-02-28T12:00:00Z'
export const LONG_AGO = '2026-02-27T12:00:00Z'

export type SightingJson = RowJson<typeof Observation>

let records = 0

/** A sighting of a retweet of one root, unless it says otherwise. */
export const said = (term: string, more: SightingJson = {}): SightingJson => {
  records += 1
  return {
    term,
    tweet_id: `t${records}`,
    kind: 'retweet',
    tweeted_at: NOW,
    author_id: `a${records}`,
    author_followers: 10,
    root_id: `${term}-root`,
    root_author_id: `${term}-author`,
    root_text: 'lanterns',
    lang: 'en',
    sentiment: 0.5,
    ...more,
  }
}
