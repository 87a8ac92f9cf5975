import { indexed, type Candidate, type Market } from './market.ts'

/** What may be spent, in cents. */
export interface Budget {
  readonly totalCents: number
  readonly mostPerAuthorCents: number
  /** A post that adds fewer expected readers is not bought. */
  readonly leastReach: number
}

/** What is bought of one author. */
export interface Purchase {
  readonly id: string
  readonly posts: number
  readonly costCents: number
  /** Readers expected of these posts if nobody else posted. */
  readonly reachAlone: number
  /** Readers expected beside those whom the purchases before reach already. */
  readonly reachAdded: number
  /** Of the purchases before the one with which most readers are shared. */
  readonly sharedWith: string | undefined
}

/** Why money is left: it buys no post, every author is at the limit, or further posts reach next to nobody. */
type UnspentReason = 'too little for a post' | 'all at the limit' | 'nobody new'

export interface Allocation {
  /** In the order in which they were chosen. */
  readonly purchases: readonly Purchase[]
  readonly reach: number
  readonly spentCents: number
  readonly unspentCents: number
  readonly unspentReason: UnspentReason | undefined
}

/** How many of the best single posts are tried as the first; more would take longer and hardly ever change anything. */
const MOST_STARTS = 100

/**
 * Spends a budget on posts so that many readers see one: greedily by readers added per cost, from nothing and from
 * each of the best single posts, of which the best end counts. The reach is monotone and submodular, so the result has at
 * least 1 - 1/sqrt(e) = 39 % of the best possible reach, usually nearly all of it (Khuller, Moss and Naor 1999, The
 * budgeted maximum coverage problem; proved by Tang et al. 2021, arXiv 2008.05391; readers by channels as in Alon, Gamzu and
 * Tennenholtz 2012, Optimizing budget allocation among channels and influencers). The same input gives the same purchases.
 */
export function allocate(candidates: readonly Candidate[], budget: Budget): Allocation {
  const market = indexed(candidates)
  const plans = [undefined, ...bestSinglePosts(market, budget)].map((start) => filled(market, budget, start))
  const best = plans.reduce((one, other) => (other.reach > one.reach + 1e-9 ? other : one))
  const spentCents = best.posts.reduce((sum, posts, at) => sum + posts * (market.costs[at] ?? 0), 0)
  const unspentCents = budget.totalCents - spentCents
  const purchases = purchasesOf(market, best)
  const unspentReason = unspentCents > 0 ? reasonOf(market, budget, { ...best, unspentCents }) : undefined
  return { purchases, reach: best.reach, spentCents, unspentCents, unspentReason }
}

/** How many posts of each author, and who of them was chosen when. */
interface Plan {
  readonly posts: readonly number[]
  readonly order: readonly number[]
  readonly reach: number
}

function bestSinglePosts(market: Market, budget: Budget): readonly number[] {
  const limit = Math.min(budget.totalCents, budget.mostPerAuthorCents)
  const gains = market.ids.map((_, at) => market.gainOf(at, market.nobody()))
  return market.ids
    .map((_, at) => at)
    .filter((at) => (market.costs[at] ?? 0) <= limit && (gains[at] ?? 0) >= budget.leastReach)
    .toSorted((one, other) => (gains[other] ?? 0) - (gains[one] ?? 0) || one - other)
    .slice(0, MOST_STARTS)
}

function filled(
  market: Market,
  budget: Budget,
  start: number | undefined,
  onPost?: (point: CurvePoint) => void,
): Plan {
  const unseen = market.nobody()
  const gains = market.ids.map((_, at) => market.gainOf(at, unseen))
  const posts = market.ids.map(() => 0)
  const order: number[] = []
  let [left, reach] = [budget.totalCents, 0]
  const isPossible = (at: number): boolean => {
    const cost = market.costs[at] ?? 0
    return cost <= left && ((posts[at] ?? 0) + 1) * cost <= budget.mostPerAuthorCents
  }
  for (let next = start ?? bestOf(market, gains, isPossible, budget); next !== undefined;) {
    reach += gains[next] ?? 0
    left -= market.costs[next] ?? 0
    posts[next] = (posts[next] ?? 0) + 1
    if (posts[next] === 1) order.push(next)
    onPost?.({ spentCents: budget.totalCents - left, reach })
    for (const at of market.show(next, unseen)) gains[at] = market.gainOf(at, unseen)
    next = bestOf(market, gains, isPossible, budget)
  }
  return { posts, order, reach }
}

/** The post that adds most readers per cost; of equals the first. */
function bestOf(
  market: Market,
  gains: readonly number[],
  isPossible: (at: number) => boolean,
  { leastReach }: Budget,
): number | undefined {
  let [best, bestRate] = [undefined as number | undefined, 0]
  for (const [at, gain] of gains.entries()) {
    const rate = gain / (market.costs[at] ?? 1)
    if (rate > bestRate && gain >= leastReach && isPossible(at)) [best, bestRate] = [at, rate]
  }
  return best
}

function purchasesOf(market: Market, { posts, order }: Plan): readonly Purchase[] {
  const unseen = market.nobody()
  return order.map((at, index) => {
    const count = posts[at] ?? 0
    const reachAlone = showAll(market, market.nobody(), { at, count })
    const reachAdded = showAll(market, unseen, { at, count })
    return {
      id: market.ids[at] ?? '',
      posts: count,
      costCents: count * (market.costs[at] ?? 0),
      reachAlone,
      reachAdded,
      sharedWith: mostShared(
        market,
        { at, count },
        order.slice(0, index).map((other) => ({ at: other, count: posts[other] ?? 0 })),
      ),
    }
  })
}

interface Posts {
  readonly at: number
  readonly count: number
}

/** Shows posts to those who have not seen any, and says how many that adds. */
function showAll(market: Market, unseen: Float64Array, { at, count }: Posts): number {
  let added = 0
  for (let post = 0; post < count; post++) {
    added += market.gainOf(at, unseen)
    market.show(at, unseen)
  }
  return added
}

function mostShared(market: Market, own: Posts, others: readonly Posts[]): string | undefined {
  const alone = showAll(market, market.nobody(), own)
  let [most, mostReaders] = [undefined as string | undefined, 1e-9]
  for (const other of others) {
    const unseen = market.nobody()
    showAll(market, unseen, other)
    const shared = alone - showAll(market, unseen, own)
    if (shared > mostReaders) [most, mostReaders] = [market.ids[other.at], shared]
  }
  return most
}

function reasonOf(
  market: Market,
  budget: Budget,
  { posts, unspentCents }: Plan & { readonly unspentCents: number },
): UnspentReason {
  const below = market.ids
    .map((_, at) => at)
    .filter((at) => ((posts[at] ?? 0) + 1) * (market.costs[at] ?? 0) <= budget.mostPerAuthorCents)
  if (below.length === 0) return 'all at the limit'
  return below.some((at) => (market.costs[at] ?? 0) <= unspentCents) ? 'nobody new' : 'too little for a post'
}

/** What could be reached for a smaller or larger sum. */
export interface CurvePoint {
  readonly spentCents: number
  readonly reach: number
}

/** Readers against money, a point for each post in the order in which greed buys them; begins at nothing. */
export function spendCurve(candidates: readonly Candidate[], budget: Budget): readonly CurvePoint[] {
  const market = indexed(candidates)
  const points: CurvePoint[] = [{ spentCents: 0, reach: 0 }]
  filled(market, budget, undefined, (point) => points.push(point))
  return points
}
