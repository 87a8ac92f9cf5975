import type { ScoreReport } from '../jobs/score.ts'
import { formatWhole } from './number-format.ts'

/** What a slot was made of and came to, in one line. */
export const slotCounts = ({ observations, duplicates, rejected, cascades, authors }: ScoreReport): string =>
  [
    `${formatWhole(observations)} observations`,
    `${formatWhole(duplicates)} repeats left out`,
    `${formatWhole(rejected)} rejected`,
    `${formatWhole(cascades)} cascades`,
    `${formatWhole(authors)} authors`,
  ].join(', ')
