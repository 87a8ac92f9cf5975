import { z } from 'zod'

import { centsOf, microsOf } from '../budget/money.ts'
import { checked } from './checked.ts'
import { slot, WINDOW_HOURS, windowName } from './score-options.ts'

const amount = (flag: string) =>
  z.string().transform((text, context): number => {
    const cents = centsOf(text)
    if (cents !== undefined && cents > 0) return cents
    context.addIssue({
      code: 'custom',
      message: `${flag} ${text} is not an amount above 0 with at most two decimals, such as 2000 or 99.50`,
    })
    return z.NEVER
  })

const rate = (flag: string) =>
  z.string().transform((text, context): bigint => {
    const micros = microsOf(text)
    if (micros !== undefined) return micros
    context.addIssue({
      code: 'custom',
      message: `${flag} ${text} is not an amount from 0 with at most six decimals, such as 50 or 0.001`,
    })
    return z.NEVER
  })

/** Where nothing is said: 50 a post, and 1 for each thousand followers. */
const ASSUMED_COST = { baseMicros: 50_000_000n, perFollowerMicros: 1_000n }

interface Rates {
  readonly base?: bigint | undefined
  readonly perFollower?: bigint | undefined
}

/** What a post costs by the flags; undefined where they do not say. */
const costSaid = ({ base, perFollower }: Rates) =>
  base === undefined && perFollower === undefined
    ? undefined
    : { baseMicros: base ?? 0n, perFollowerMicros: perFollower ?? 0n }

const SEEN_RANGE = '--seen takes a share above 0 and at most 1, such as 0.1'
const AUTHORS_RANGE = '--authors takes a whole number from 1 to 5,000'

const schema = z
  .object({
    total: amount('--total'),
    maxPerAuthor: amount('--max-per-author').optional(),
    costs: z.string().optional(),
    base: rate('--base').optional(),
    perFollower: rate('--per-follower').optional(),
    authors: z.coerce
      .number({ error: AUTHORS_RANGE })
      .int(AUTHORS_RANGE)
      .min(1, AUTHORS_RANGE)
      .max(5000, AUTHORS_RANGE),
    seen: z.coerce.number({ error: SEEN_RANGE }).gt(0, SEEN_RANGE).max(1, SEEN_RANGE),
    term: z.string().min(1, '--term is empty; name the search term, or leave the flag out').optional(),
    slot: slot.optional(),
    window: windowName.optional(),
    csv: z.boolean().default(false),
    json: z.boolean().default(false),
  })
  .superRefine(({ costs, csv, json, ...rates }, context) => {
    const said = costSaid(rates)
    const tell = (message: string): void => context.addIssue({ code: 'custom', message })
    if (costs !== undefined && said)
      tell('--costs and --base or --per-follower exclude each other; leave one out')
    if (said && said.baseMicros + said.perFollowerMicros === 0n)
      tell('--base and --per-follower are both 0; a post costs something')
    if (csv && json) tell('--csv and --json exclude each other; leave one out')
  })
  .transform(({ total, maxPerAuthor, base, perFollower, slot: slotEnd, window, ...rest }) => {
    const said = costSaid({ base, perFollower })
    return {
      ...rest,
      isCostAssumed: rest.costs === undefined && said === undefined,
      totalCents: total,
      mostPerAuthorCents: maxPerAuthor ?? Number.MAX_SAFE_INTEGER,
      costModel: said ?? ASSUMED_COST,
      slotEnd: slotEnd === 'auto' ? undefined : slotEnd,
      windowHours: window && WINDOW_HOURS[window],
    }
  })

/** The flags of `budget`, checked; amounts are in cents, rates in millionths. */
export type BudgetOptions = z.infer<typeof schema>

/**
 * Checks the flags of `budget` before anything is started.
 * @throws ConfigError with one sentence for each flag that cannot be used
 */
export function parseBudgetOptions(flags: unknown): BudgetOptions {
  return checked(schema.safeParse(flags))
}
