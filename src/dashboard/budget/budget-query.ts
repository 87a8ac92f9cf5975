import { z } from 'zod'

import { centsOf, microsOf } from '../../budget/money.ts'

const MOST_CENTS = 100_000_000_00

const amount = (name: string) =>
  z.string().transform((text, context): number => {
    const cents = centsOf(text.replaceAll(',', ''))
    if (cents !== undefined && cents > 0 && cents <= MOST_CENTS) return cents
    context.addIssue({
      code: 'custom',
      message: `${name} takes an amount above 0, at most 100,000,000, such as 2000 or 99.50`,
    })
    return z.NEVER
  })

const rate = (name: string) =>
  z.string().transform((text, context): bigint => {
    const micros = microsOf(text)
    if (micros !== undefined) return micros
    context.addIssue({ code: 'custom', message: `${name} takes an amount from 0 with at most six decimals` })
    return z.NEVER
  })

/** Where nothing is said: 50 a post, and 1 for each thousand followers, as `ripplerank budget`. */
const ASSUMED = { base: 50_000_000n, perFollower: 1_000n } as const

/** What the budget's address may say; amounts are in cents, rates in millionths. */
export const budgetQuery = z
  .object({
    total: amount('total').optional(),
    most: amount('most').optional(),
    base: rate('base').optional(),
    follower: rate('follower').optional(),
    seen: z.coerce
      .number('seen takes a share, such as 0.1')
      .min(0.01, 'seen takes a share from 0.01')
      .max(1, 'seen takes a share to 1')
      .default(0.1),
    choice: z.coerce
      .number('choice takes a whole number')
      .int('choice takes a whole number')
      .min(1, 'choice takes a number from 1')
      .max(200, 'choice takes a number to 200')
      .default(100),
    costs: z.string().max(8_000, 'costs: too many for an address').optional(),
  })
  .refine(
    ({ base, follower }) => base !== 0n || (follower !== 0n && follower !== undefined),
    'base and follower are both 0; a post costs something',
  )
  .transform(({ base, follower, ...rest }) => ({
    ...rest,
    isCostAssumed: rest.costs === undefined && base === undefined && follower === undefined,
    costModel:
      base === undefined && follower === undefined
        ? { baseMicros: ASSUMED.base, perFollowerMicros: ASSUMED.perFollower }
        : { baseMicros: base ?? 0n, perFollowerMicros: follower ?? 0n },
  }))

export type BudgetQuery = z.infer<typeof budgetQuery>

/** @example decimal(1_500_000n) // '1.5' */
export function decimal(micros: bigint): string {
  const fraction = (micros % 1_000_000n).toString().padStart(6, '0').replace(/0+$/, '')
  return `${micros / 1_000_000n}${fraction === '' ? '' : `.${fraction}`}`
}

/** What an address says of a budget, without what it need not say. */
export function budgetParameters(query: BudgetQuery) {
  const { total, most, seen, choice, costs, isCostAssumed, costModel } = query
  const saysCosts = !isCostAssumed && costs === undefined
  return {
    total: total === undefined ? undefined : String(total / 100),
    most: most === undefined ? undefined : String(most / 100),
    base: saysCosts ? decimal(costModel.baseMicros) : undefined,
    follower: saysCosts ? decimal(costModel.perFollowerMicros) : undefined,
    seen: seen === 0.1 ? undefined : seen,
    choice: choice === 100 ? undefined : choice,
    costs,
  }
}
