import type { Allocation, Purchase } from './allocate.ts'
import type { BudgetRequest, BudgetWords, NamedAuthor } from './plan-budget.ts'

/** What `budget --json` prints. Amounts are in the units of the flags. */
export interface BudgetReport {
  /** The slot's end, ISO 8601 UTC. */
  readonly slot: string
  readonly windowHours: number
  readonly term: string
  readonly total: number
  readonly spent: number
  readonly unspent: number
  readonly unspent_because: string | null
  /** Expected readers of at least one post, over all lines. */
  readonly expected_reach: number
  readonly lines: readonly BudgetLine[]
  /** Authors without a price, or prices without an author of the slot. */
  readonly unknown_authors: readonly string[]
  readonly notes: readonly string[]
}

/** What one author gets. */
export interface BudgetLine {
  /** The screen name, or the id where it is unknown. */
  readonly author: string
  readonly author_id: string
  readonly posts: number
  readonly cost: number
  readonly reach_added: number
  readonly reach_cumulative: number
  /** Share of the readers of these posts whom earlier lines reach already, 0 to 1. */
  readonly shared: number
  readonly reason: string
}

/** What a report is made of. */
export interface ReportParts {
  readonly request: BudgetRequest
  readonly words: BudgetWords
  readonly authors: readonly NamedAuthor[]
  readonly allocation: Allocation
  readonly typicalFollowers: number
  readonly unknown: readonly string[]
}

/** Says who gets what, and why. */
export function budgetReport({ request, words, authors, allocation, ...rest }: ReportParts): BudgetReport {
  const names = new Map(authors.map((author) => [author.author_id, author.screen_name ?? author.author_id]))
  const nameOf = (id: string): string => names.get(id) ?? id
  let cumulative = 0
  const lines = allocation.purchases.map((purchase, index): BudgetLine => {
    cumulative += purchase.reachAdded
    return {
      author: nameOf(purchase.id),
      author_id: purchase.id,
      posts: purchase.posts,
      cost: purchase.costCents / 100,
      reach_added: Math.round(purchase.reachAdded),
      reach_cumulative: Math.round(cumulative),
      shared: sharedOf(purchase),
      reason: reasonOf(purchase, { isFirst: index === 0, nameOf }),
    }
  })
  return {
    slot: request.slot,
    windowHours: request.windowHours,
    term: request.term,
    total: request.totalCents / 100,
    spent: allocation.spentCents / 100,
    unspent: allocation.unspentCents / 100,
    unspent_because: allocation.unspentReason ? unspentBecause(words)[allocation.unspentReason] : null,
    expected_reach: Math.round(allocation.reach),
    lines,
    unknown_authors: rest.unknown,
    notes: notesOf(request, words, rest),
  }
}

const unspentBecause = ({ mostPerAuthor }: BudgetWords) =>
  ({
    'too little for a post': 'no further post within the limits costs as little',
    'all at the limit': `every author has as many posts as ${mostPerAuthor} allows`,
    'nobody new': 'a further post would add less than one expected reader',
  }) as const

const wholes = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

const sharedOf = ({ reachAlone, reachAdded }: Purchase): number =>
  reachAlone > 0 ? Math.round((1 - reachAdded / reachAlone) * 1000) / 1000 : 0

const LEAST_SHARED = 0.005

function reasonOf(
  purchase: Purchase,
  { isFirst, nameOf }: { readonly isFirst: boolean; readonly nameOf: (id: string) => string },
): string {
  const { costCents, reachAdded, sharedWith } = purchase
  const added = `${wholes.format(Math.round(reachAdded))} expected readers for ${(costCents / 100).toFixed(2)}`
  const rank = isFirst ? 'chosen first' : 'the most new readers for what was left'
  const shared = sharedOf(purchase)
  if (sharedWith === undefined || shared < LEAST_SHARED) return `${rank}: ${added}`
  return `${rank}: ${added}; ${Math.round(shared * 100)} % of its readers are reached already, mostly through ${nameOf(sharedWith)}, and were not counted again`
}

function notesOf(
  { seenShare, isCostAssumed }: BudgetRequest,
  { seen, sayCosts }: BudgetWords,
  { typicalFollowers }: Pick<ReportParts, 'typicalFollowers'>,
): readonly string[] {
  const costs = `A post is taken to cost 50, and 0.001 for each follower; ${sayCosts}.`
  return [
    ...(isCostAssumed ? [costs] : []),
    'Readers are expected, not observed: people who see at least one post, if each sees a post with the same chance, apart from the others.',
    `${seen} ${seenShare} of an audience sees one post; that share is assumed, not measured. Further posts of an author reach fewer new readers.`,
    'Amplifiers are taken to retweet a post as often as they retweeted those of the window that were retweeted at all, which flatters everybody.',
    `A retweeter whose followers are unknown counts ${wholes.format(typicalFollowers)}, the lower quartile of the known. Followers whom two authors share count twice, unless they come through the same amplifier.`,
  ]
}
