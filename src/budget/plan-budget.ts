import { allocate, type Budget } from './allocate.ts'
import { BudgetError } from './budget-error.ts'
import { budgetReport, type BudgetReport } from './budget-report.ts'
import type { CostLine } from './cost-lines.ts'
import type { Candidate } from './market.ts'
import { modelledCost, type CostModel } from './money.ts'
import { toCandidates, type AmplifierFigures, type AuthorFigures } from './to-candidates.ts'

/** An author of whom posts may be bought. */
export interface NamedAuthor extends AuthorFigures {
  readonly screen_name: string | null
}

/** What is to be spent, and where. */
export interface BudgetRequest {
  /** The slot's end, ISO 8601 UTC. */
  readonly slot: string
  readonly windowHours: number
  readonly term: string
  readonly totalCents: number
  readonly mostPerAuthorCents: number
  /** The share of an audience that sees one post, above 0 and at most 1. */
  readonly seenShare: number
  readonly costModel: CostModel
  /** Whether nobody said what a post costs. */
  readonly isCostAssumed: boolean
}

/** What the asker calls the fields of a request, for sentences. */
export interface BudgetWords {
  readonly total: string
  readonly mostPerAuthor: string
  readonly costs: string
  readonly seen: string
  /** How to say what posts cost. */
  readonly sayCosts: string
}

/** What a budget is planned of. */
export interface BudgetInput {
  readonly request: BudgetRequest
  readonly words: BudgetWords
  readonly authors: readonly NamedAuthor[]
  readonly edges: readonly AmplifierFigures[]
  /** Where they are given, only these authors are for sale. */
  readonly lines: readonly CostLine[] | undefined
}

/** Who gets what, and the choice that it was made from. */
export interface BudgetPlan {
  readonly report: BudgetReport
  readonly candidates: readonly Candidate[]
  readonly budget: Budget
}

/** A post that adds less than one expected reader is money for nobody. */
const LEAST_REACH = 1

/**
 * Divides a sum between authors so that many readers are reached, and says why.
 * @throws BudgetError where it buys no post, or a cost cannot be told apart
 */
export function planBudget({ request, words, authors, edges, lines }: BudgetInput): BudgetPlan {
  const { totalCents, mostPerAuthorCents, seenShare } = request
  const { costs, unknown } = lines
    ? costsOfLines(authors, lines, words)
    : modelledCosts(authors, request.costModel)
  const costOf = ({ author_id }: { readonly author_id: string }) => costs.get(author_id)
  const { candidates, typicalFollowers } = toCandidates({ authors, edges, costOf, seenShare })
  const cheapest = Math.min(...candidates.map(({ costCents }) => costCents))
  if (cheapest > Math.min(totalCents, mostPerAuthorCents)) {
    throw new BudgetError(tooLittle(request, words, cheapest))
  }
  const budget = { totalCents, mostPerAuthorCents, leastReach: LEAST_REACH }
  const allocation = allocate(candidates, budget)
  const report = budgetReport({ request, words, authors, allocation, typicalFollowers, unknown })
  return { report, candidates, budget }
}

interface Costs {
  /** Of one post in cents, by author id. */
  readonly costs: ReadonlyMap<string, number>
  /** Authors without a price, or prices without an author of the slot. */
  readonly unknown: readonly string[]
}

function modelledCosts(authors: readonly NamedAuthor[], costModel: CostModel): Costs {
  const costs = new Map<string, number>()
  for (const { author_id, followers } of authors) {
    const cost = modelledCost(costModel, followers)
    if (cost !== undefined) costs.set(author_id, cost)
  }
  const priceless = authors.filter(({ author_id }) => !costs.has(author_id))
  return { costs, unknown: priceless.map(({ author_id, screen_name }) => screen_name ?? author_id) }
}

function costsOfLines(
  authors: readonly NamedAuthor[],
  lines: readonly CostLine[],
  { costs: name }: BudgetWords,
): Costs {
  const byId = new Map(authors.map((author) => [author.author_id, author]))
  const byName = Map.groupBy(authors, ({ screen_name }) => screen_name?.toLowerCase())
  const costs = new Map<string, number>()
  const lineOf = new Map<string, number>()
  const unknown: string[] = []
  const problems: string[] = []
  for (const { author, costCents, line } of lines) {
    const id = byId.get(author)
    const found = id ? [id] : (byName.get(author.toLowerCase()) ?? [])
    const [{ author_id } = { author_id: undefined }] = found
    if (found.length > 1) problems.push(`${name}, line ${line}: several authors go by ${author}; give an id`)
    else if (author_id === undefined) unknown.push(author)
    else if (lineOf.has(author_id))
      problems.push(`${name}, line ${line}: ${author} has a cost in line ${lineOf.get(author_id)} already`)
    else {
      costs.set(author_id, costCents)
      lineOf.set(author_id, line)
    }
  }
  if (problems.length > 0) throw new BudgetError(problems)
  return { costs, unknown }
}

function tooLittle(
  { totalCents, mostPerAuthorCents, term }: BudgetRequest,
  words: BudgetWords,
  cheapest: number,
): string {
  if (!Number.isFinite(cheapest))
    return `none of the authors with a cost is in the slot under the term ${term}`
  const limit = mostPerAuthorCents < totalCents ? words.mostPerAuthor : words.total
  return `${limit} ${money(Math.min(totalCents, mostPerAuthorCents))} buys no post; the cheapest costs ${money(cheapest)}`
}

const money = (cents: number): string => (cents / 100).toFixed(2)
