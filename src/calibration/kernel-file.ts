import { z } from 'zod'

import { LARGEST } from './power-law.ts'

/** Names of kernels: as a file's name, and as the score's column `kernel` takes them. */
export const KernelName = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/, 'takes lower-case letters, digits and hyphens, 64 at most')
  .refine((name) => name !== 'calibrated' && name !== 'debatenight', 'is a kernel of Ripplerank itself')

const within = (limit: number) => z.number().min(-limit).max(limit)

const Coefficient = z.object({
  estimate: z.number(),
  standard_error: z.number(),
  clustered_standard_error: z.number(),
})

/** What the file says of the fit, for people; scoring does not read it. */
const FitNote = z.object({
  cascades: z.int().positive(),
  retweets: z.int().positive(),
  log_likelihood: z.number(),
  log_likelihood_per_retweet: z.number(),
  coefficients: z.object({ time: Coefficient, followers: Coefficient, root: Coefficient }),
})

/**
 * A kernel as `calibrate` saves it and `score --kernel` reads it:
 * w = (1 + followers)^followers_exponent * (1 + hours since the root)^hours_exponent, the root's times e^root_log_factor.
 */
export const KernelFile = z.object({
  format: z.literal('ripplerank-kernel/1'),
  name: KernelName,
  followers_exponent: within(LARGEST.followers),
  hours_exponent: within(LARGEST.hours),
  root_log_factor: within(LARGEST.root),
  fit: FitNote.optional(),
})
export type KernelFile = z.infer<typeof KernelFile>
