import type { ScoreReport } from '../jobs/score.ts'
import { isoSeconds, QUARTER_HOUR_MS } from '../jobs/slot.ts'
import type { RankedAuthor } from './ranking-table.ts'
import { rankingTable } from './ranking-table.ts'
import { slotCounts } from './slot-counts.ts'
import { termSummary } from './term-summary.ts'

const SHOWN_RANKS = 4

/** One slot of the demo for people: its counts, and the first authors of each term with their movement. */
export function slotSummary(report: ScoreReport, before: ScoreReport | undefined): string {
  const { slot, windowHours } = report
  const shown = report.top.filter(({ rank }) => rank <= SHOWN_RANKS)
  const table = rankingTable(
    shown.map((author) => withMovement(author, before?.top)),
    (term) => termSummary(term, report),
  )
  return `\nSlot ${slot}, last ${windowHours} h: ${slotCounts(report)}\n\n${table}`
}

/** The author with the movement since the slot before in front of the name; unchanged where there was none. */
export function withMovement(
  author: RankedAuthor,
  before: readonly RankedAuthor[] | undefined,
): RankedAuthor {
  if (before === undefined) return author
  const earlier = before.find((other) => other.term === author.term && other.author === author.author)
  return { ...author, name: `${movement(author.rank, earlier?.rank)} ${author.name ?? author.author}` }
}

/** @example movement(2, 5) // '▲3' */
export function movement(rank: number, earlier: number | undefined): string {
  if (earlier === undefined) return '★'
  if (earlier === rank) return '='
  return rank < earlier ? `▲${earlier - rank}` : `▼${rank - earlier}`
}

/** Where the demo's data lies. */
export interface DemoPlace {
  readonly input: string
  /** The slots that were scored, in order. */
  readonly slots: readonly Date[]
  readonly windowHours: number
}

/** How to look further, as commands to paste. */
export function farewell({ input, slots, windowHours }: DemoPlace): string {
  const lastSlot = slots.at(-1) ?? new Date(0)
  const slotEnd = lastSlot.toISOString().replace('T', ' ').slice(0, 19)
  const next = isoSeconds(new Date(lastSlot.getTime() + QUARTER_HOUR_MS))
  return `
▲ up, ▼ down, = as before, ★ new since the slot before. [0 to 100] is the part of the score.

Look further:
  npx ripplerank up        # keeps the services running; paste the lines it prints into another shell, then
${slots.map((slot) => `  npx ripplerank verify --slot ${isoSeconds(slot)} --window ${windowHours}h`).join('\n')}
  npx ripplerank score --input ${input} --slot ${next} --window ${windowHours}h
  npx ripplerank score --input ${input} --slot auto --kernel debatenight --json
and in any MySQL client, with DATABASE_URL from above:
  SELECT term, rank_in_term, name, influence, retweets_part, favourites_part, followers_part, depth_part
  FROM author_score JOIN author USING (author_id)
  WHERE slot_end = '${slotEnd}' AND window_hours = ${windowHours} AND rank_in_term <= 10
  ORDER BY term, rank_in_term;

In a browser, at http://127.0.0.1:8080/:
  npx ripplerank serve
`
}
