import type { DataFrame } from 'spark-connect-js'
import { Contribution, type SpreadParticipant } from '../../schema/cascade.ts'

const NAMES = Object.keys(Contribution) as (keyof typeof Contribution)[]

/** Lets go of what only the diffusion tree needed: these rows are kept in memory, and each column costs. */
export const toContributions =
  () =>
  (participants: DataFrame<typeof SpreadParticipant>): DataFrame<typeof Contribution> =>
    participants.select(...NAMES)
